"""The word list of the decoder: how often words, and pairs of them, come up in what shoppers may say. Writes words.json."""

import json
import math
import subprocess
import sys
from collections import Counter
from pathlib import Path

from network import LANGUAGES
from numbers_said import said
from phrases import CURRENCY, OTHER_CURRENCY, composed, free, letters

#: Phrases a language: only written, so that there may be many.
PHRASES = 15_000
#: Times that what people wrote freely counts.
FREE = 3
#: Pairs that are kept: how often they came up at least, and how many times as often as chance would have it.
LEAST, LIFT, MOST = 6, 2.0, 6_000


def segmented(texts):
    """Chinese texts cut into words."""
    answer = subprocess.run(["node", str(Path(__file__).parent / "segment.mjs")], input=json.dumps(texts), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def counted(phrases):
    """{words: {word: count}, pairs: [[first, second, log of the probability of the second after the first]]}"""
    single, double = Counter(), Counter()
    for words in phrases:
        single.update(words)
        double.update(zip(["", *words], [*words, ""]))
    begun = Counter()
    for (first, _), count in double.items():
        begun[first] += count
    total = sum(single.values())
    lift = lambda pair, count: count * total / (begun[pair[0]] * (single[pair[1]] or len(phrases)))
    kept = [(p, c) for p, c in double.items() if c >= LEAST and lift(p, c) > LIFT]
    kept.sort(key=lambda entry: (-entry[1], entry[0]))
    return {
        "words": dict(sorted(single.items(), key=lambda entry: (-entry[1], entry[0]))),
        "pairs": [[*p, round(math.log(c / begun[p[0]]), 2)] for p, c in kept[:MOST]],
    }


def numbers(language):
    """{'fifty': 50}: number words as they are written here, so that prices read as prices."""
    found = {}
    for number in [*range(1, 200), *range(200, 1001, 10)]:
        for genitive in (False, True):
            found.setdefault(letters(said(language, number, genitive)), number)
    return found


def main():
    target = Path(sys.argv[1])
    rows = [*composed({language: PHRASES for language in LANGUAGES}), *free() * FREE]
    result = {}
    for language in LANGUAGES:
        texts = [text for l, text, _ in rows if l == language]
        phrases = segmented(texts) if language == "zh" else [letters(text).split() for text in texts]
        currencies = {w for phrase in [CURRENCY[language], *OTHER_CURRENCY[language]] for w in phrase.split()}
        result[language] = {**counted([p for p in phrases if p]), "numbers": numbers(language), "currencies": sorted(currencies)}
        print(language, len(result[language]["words"]), len(result[language]["pairs"]))
    (target / "words.json").write_text(json.dumps(result, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
