"""Writes the model's card (README.md) around what report.py measured."""

import json
import sys
from pathlib import Path

from train import LEGS, SEED, TEMPERATURE
from train_body import LEGS as BODY_LEGS

HERE = Path(__file__).parent

CARD = """# vitrine-image-1: the starter image encoder

Turns a picture of 128 × 128 pixels into 256 numbers of length 1 in the space of [vitrine-text-1](../text/README.md), so that a photo of a
red dress lies near "red dress", "红色连衣裙" and "rotes Kleid". A residual network of 2.8 million parameters (stem, four stages 32-64-128-256,
mean over the last map) and one matrix; fp16 weights, {megabytes:.1f} MB.

    sh models/recipes/image/make.sh

makes it anew: drawings, two stages of training, ONNX, measurement, this card, manifest entry. Seeds are fixed. The text encoder's recipe
comes first: captions go through its weights.

## Data and licence

| source | what it gives | licence |
| --- | --- | --- |
| `../shared/models/image-pretrained` | where training starts: trained on Tiny ImageNet (100,000 small photos of 200 kinds), clothing and grocery | research data: see below |
| clothing (4,724 photos, 17 labels) | kinds of clothes | free for any use |
| grocery (2,640 photos, 81 clean pictures with descriptions) | products as shoppers photograph them | MIT |
| the demo's drawings (fluent-emoji) in 14 colours and 5 patterns | kinds, colours, patterns | MIT |

**Tiny ImageNet is research data.** The network that training starts from has seen its 100,000 photos; what the recipe reaches without it was
not measured. Whoever needs weights without it must train from nothing.

**Split.** Clothing: 12 % of the clusters of near duplicates (256-bit difference hash, at most 24 bits apart) are kept for validation. The
pretrained network had seen all clothing photos, so that validation there is easier than a new photo is. Grocery: its own
validation set, which nothing was trained on. Drawings: 18 of 125 whole drawings, in every colour, are kept apart (`validation.json`).
`labels.json`: main colours and pattern of 300 validation photos, labelled by eye.

## Schedule

First stage, heads for 17 clothing labels, 81 groceries, 175 kinds of drawings, 14 colours and 6 patterns: {body}. Second stage: cross entropy
over the names of all kinds in a language drawn anew for each batch, InfoNCE with captions of eight languages (kind, colour, pattern, of each
picture a part only), temperature {temperature}, the heads at a quarter: {legs}. SGD with momentum, cosine to a hundredth in each leg. Seed {seed}.

Pictures are cropped, turned, mirrored, lit, blurred, compressed and partly covered; a fifth of the clothes are dyed in one of twelve colours and a
quarter printed with stripes, checks, dots or flowers inside their GrabCut mask, because the photos have no labels of colour and pattern. Colours of
the other photos are the shares of twelve names among the pixels of the mask. Drawings stand on plain, graded and blurred backgrounds, with shadows.

{note}

![Loss and validation over the steps](curves.png)

## Measured

With the served weights, whole pictures at 128 pixels:

| validation | % |
| --- | --- |
| clothing, ten kinds by their names, English | {en} |
| clothing, ten kinds by their names, Chinese | {zh} |
| groceries by picture and description, first / first five | {both} |
| … by description alone | {text} |
| … by picture alone | {picture} |
| drawings in new scenes to the names of 175 kinds, first / first five | {seen} |
| … drawings never seen | {never} |

Through the whole way of a photo, colours and patterns against the labels by eye, and speed: `npm run -s bench -- photos`.

## Weaknesses

- It knows 17 kinds of clothes, 81 groceries and the demo's drawings; of other things it has seen Tiny ImageNet's 200 kinds at 64 pixels.
- Things of kinds it never saw are not named: look at the row of drawings never seen. Their names were among the wrong answers of every batch,
  which the next training should leave out; their pictures are still found by likeness.
- One thing a photo: of a room it sees the whole.
- Packages are told apart by their colours, not by what is printed on them.
- Patterns were learned from drawings and painted-on patterns.
"""


def main(target):
    metrics = json.loads((HERE / "metrics.json").read_text())
    validation, views = metrics["validation"], metrics["drawings_to_english_names_1_5"]
    pair = lambda value: f"{value[0]} / {value[1]}"
    legs = lambda all_legs: ", then ".join(f"{leg.steps:,} steps at {leg.side} pixels" for leg in all_legs)
    note = (HERE / "run.md").read_text().strip() if (HERE / "run.md").exists() else ""
    text = CARD.format(
        megabytes=sum(f.stat().st_size for f in target.rglob("*") if f.is_file()) / 2**20,
        body=legs(BODY_LEGS), legs=legs(LEGS), temperature=TEMPERATURE, seed=SEED, note=note,
        en=validation["en"], zh=validation["zh"],
        both=pair(validation["grocery by both"]), text=pair(validation["grocery by text"]), picture=pair(validation["grocery by picture"]),
        seen=pair(views["seen"]), never=pair(views["never_seen"]),
    )  # fmt: skip
    (HERE / "README.md").write_text(text, encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
