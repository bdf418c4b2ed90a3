#!/bin/sh
# From the data folder to models/starter/image: sh models/recipes/image/make.sh   (about two hours on two cores)
# After "npm run build" and the text encoder's recipe: the captions go through models/starter/text. DATA_DIR names the data folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work="${RECIPE_CACHE:-$root/.cache/recipes}/image"
export PYTHONHASHSEED=0

apt-get install -y -qq --no-install-recommends python3-torch python3-onnx python3-opencv python3-matplotlib libopenblas0-pthread
mkdir -p "$work"
node "$here/render.mjs" "$work/drawings"
cd "$here"
/usr/bin/python3 train_body.py "$work"
/usr/bin/python3 train.py "$work"
/usr/bin/python3 export.py "$work" "$root/models/starter/image"
/usr/bin/python3 report.py "$work" "$here"
/usr/bin/python3 card.py "$root/models/starter/image"
/usr/bin/python3 "$root/models/recipes/manifest.py" image
