"""Writes the model's card (README.md) around what was measured."""

import json
import sys
from pathlib import Path

from speak import COUNTS, FLITE_ONLY, FLITE_SHARE, variants
from train import BATCH, RATE, SEED, STEPS, TEMPERATURE

HERE = Path(__file__).parent
NAMES = dict(en="English", zh="Chinese", es="Spanish", fr="French", de="German", ru="Russian", pt="Portuguese")
VOICES = dict(en="festival: ked, cmu_us_slt_hts", ru="festival: msu_ru_nsh")

CARD = """# vitrine-voice-1: the starter voice encoder

Hears a voice note of one to some seconds in seven languages: samples at 16 kHz → log-mel frames → two convolutions → two layers of LSTM, both ways
→ characters (CTC), a vector of 256 numbers in the space of [vitrine-text-1](../text/README.md), and the language. 4.3 million parameters;
{megabytes:.1f} MB with fp16 weights and its word list. The log-mel frames are part of the graph.

    sh models/recipes/voice/make.sh

makes it anew. Seeds are fixed.

{summary}

## Data

Phrases are composed from the lexicons of `locales/` (kinds, colours, materials, patterns, audiences, sizes, prices in words), Google's category names, the
demo's brands and sentences, and what the text encoder's recipe says of uses: {phrases} spoken phrases, and twice as many for the word list.
Nothing of the queries that measure is among them.

| engine | languages | in training |
| --- | --- | --- |
| espeak-ng 1.51, {heard} variants, speed 105–230, pitch 15–95 | all; the only one but people for Spanish, French, Portuguese and Russian, the only one for German | yes |
| … {unheard} other variants, speed 188–204, pitch 62–76 | Chinese, Spanish, French, German | held out |
| flite: awb, rms, slt, kal16 ({flite:.0f} % of the phrases that espeak-ng speaks, too, and {own:,} more) | English | yes |
| people: telephone prompts of Asterisk (one speaker a language; CC BY-SA 3.0, Russian CC BY 3.0), names of Tux Paint's stamps (GPL 2): {people} recordings | English, Spanish, French, Russian | yes, several times as often |
| people: Chinese syllables of Debian's gcin-voice (two speakers; GPL 3 or LGPL 3, CC BY 3.0), laid in a row: {syllables} phrases | Chinese | yes |
| people: KTuberling's speakers | English, French | held out |
| festival: ked (another speaker), cmu_us_slt_arctic_hts (flite's slt, another engine) | English | held out |
| festival: msu_ru_nsh_clunits | Russian | held out |

Each time a recording is drawn it is worn out anew: speed and pitch, vocal tract (warped filters), room, noise, other voices, microphone and telephone
curves, clipping, mu-law, level, missing bands and moments.

Chinese is written in Pinyin without tones; words are found by the word list. Japanese is not heard: espeak-ng can't read its characters.

## Schedule

CTC + 0.25 InfoNCE (temperature {temperature}) + 0.5 cosine distance to the vector of the words + 0.2 cross entropy of the language. AdamW, {steps} steps of {batch}
recordings of like length, short ones first, {rate} at most with a warm-up and a cosine. Seed {seed}. {run}

![Losses over the steps](curves.png)

## Measured

240 recordings of held-out voices (`test/fixtures/voice/queries`) of held-out queries, which use words that neither lexicons nor training have, through the
whole way of a voice note, over the demo catalogue: `npm run -s bench -- voice queries`.

| | voices | words wrong | language told | nDCG@10 spoken / typed | share |
| --- | --- | --- | --- | --- | --- |
{rows}

Averaged over the languages other than English: {others:.0f} % of the typed queries' nDCG@10 (aim 65 %; English 80 %). Words wrong: changed, added and left out as a share of
those said; characters in Chinese.

On the 240 validation recordings, queries composed from the lexicons and all spoken by espeak-ng's unheard variants, which the weights of the search for words and the thresholds of confidence
were chosen on: words wrong {validation}; nDCG@10 as a share of the typed queries' en {validation_en:.0f} %, the others on average {validation_others:.0f} %.

{people_count} single words by people whom training never heard (KTuberling; nobody's whole sentences were there to measure): words wrong {people_wrong}.

| confidence from | recordings | words wrong |
| --- | --- | --- |
{confidence}

## Weaknesses

{weaknesses}
- Words that are in no list are spelled by ear.
- The vector is weaker than that of the transcript's words; it counts beside them.
"""


def main():
    target = Path(sys.argv[1])
    metrics = json.loads((HERE / "metrics.json").read_text())
    heard, unheard = variants()
    rows = "\n".join(
        f"| {NAMES[l]} | {VOICES.get(l, 'espeak-ng, unheard variants')} | {100 * w['wrong']:.0f} % | {100 * w['languageTold']:.0f} % | "
        f"{metrics['ndcg'][l]['spoken']:.3f} / {metrics['ndcg'][l]['typed']:.3f} | {100 * metrics['ndcg'][l]['share']:.0f} % |"
        for l, w in metrics["words"].items()
    )
    confidence = "\n".join(f"| {c['from']} | {c['recordings']} | {100 * c['wrong']:.0f} % |" for c in metrics["confidence"])
    read = lambda name: json.loads((HERE / name).read_text())
    validation, people = read("validation.json"), read("people.json")
    wrong = lambda figures: ", ".join(f"{l} {100 * w['wrong']:.0f} %" for l, w in figures["words"].items())
    work = Path(sys.argv[2])
    count = lambda name: len(json.loads((work / f"{name}.json").read_text(encoding="utf8")))
    said = lambda name: (HERE / name).read_text(encoding="utf8").strip()
    text = CARD.format(
        megabytes=sum(f.stat().st_size for f in target.rglob("*") if f.is_file()) / 1e6, heard=len(heard), unheard=len(unheard), flite=100 * FLITE_SHARE, own=FLITE_ONLY,
        phrases=f"about {sum(sum(c.values()) for c in COUNTS.values()) // 1000 + 7},000", temperature=TEMPERATURE, steps=STEPS, batch=BATCH, rate=RATE, seed=SEED,
        rows=rows, others=100 * metrics["othersAverage"], confidence=confidence, run=said("run.md"), summary=said("summary.md"), weaknesses=said("weaknesses.md"),
        validation=wrong(validation), validation_en=100 * validation["ndcg"]["en"]["share"], validation_others=100 * validation["othersAverage"],
        people_wrong=wrong(people), people_count=sum(w["recordings"] for w in people["words"].values()), people=f"{count('people'):,}", syllables=f"{count('syllables'):,}",
    )  # fmt: skip
    (HERE / "README.md").write_text(text, encoding="utf8")


if __name__ == "__main__":
    main()
