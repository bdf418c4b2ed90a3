#!/bin/sh
# From Debian's speech engines to models/starter/voice: sh models/recipes/voice/make.sh   (about three hours on two threads; half of the training's time where the processor multiplies bfloat16)
# After "npm ci && npm run build" and the text encoder's recipe: what is said goes through models/starter/text. DATA_DIR names the data folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work="${RECIPE_CACHE:-$root/.cache/recipes}/voice"
queries="$root/test/fixtures/queries"
export PYTHONHASHSEED=0 OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1

apt-get install -y -qq --no-install-recommends python3-torch python3-onnx python3-scipy python3-matplotlib python3-icu libopenblas0-pthread \
  libespeak-ng1 espeak-ng flite ffmpeg festival festvox-kdlpc16k festvox-us-slt-hts festvox-ru opus-tools
mkdir -p "$work"
cd "$here"
/usr/bin/python3 speak.py "$work" english
/usr/bin/python3 speak.py "$work" flite
/usr/bin/python3 speak.py "$work" others
/usr/bin/python3 speak.py "$work" free
/usr/bin/python3 people.py "$work"
/usr/bin/python3 syllables.py "$work"
# Not with jemalloc, as the text encoder's: recordings are of all lengths, and memory that it never gives back fills 20 GB in 2,500 steps.
# --warm models/starter/voice/onnx/model_fp16.onnx goes on from weights that are there, as the committed ones did: see run.md.
/usr/bin/python3 train.py "$work"
/usr/bin/python3 export.py "$work" "$root/models/starter/voice"
/usr/bin/python3 words.py "$root/models/starter/voice"
/usr/bin/python3 "$root/models/recipes/manifest.py" voice
# What it is chosen by, and what it is measured on: other voices, other words.
/usr/bin/python3 queries.py "$queries/validation.jsonl" "$work/validation" 40 --espeak
/usr/bin/python3 people.py "$work" apart
/usr/bin/python3 queries.py "$queries/held-out.jsonl" "$root/test/fixtures/voice/queries" 40
(cd "$root" && npm run -s bench -- voice queries --json "$here/metrics.json")
(cd "$root" && npm run -s bench -- voice queries "$work/validation/queries.jsonl" --json "$here/validation.json")
(cd "$root" && npm run -s bench -- voice queries "$work/apart/queries.jsonl" --json "$here/people.json")
/usr/bin/python3 report.py "$work" "$here"
/usr/bin/python3 card.py "$root/models/starter/voice" "$work"
/usr/bin/python3 "$root/models/recipes/manifest.py" voice
