"""What the pictures show, in eight languages: texts are composed here, and embed.mjs turns them into vectors."""

import json
import random
import subprocess
from pathlib import Path

import numpy

from network import CLOTHING, PATTERNS
from photos import ROOT, products
from samples import COLORS

LANGUAGES = ["en", "zh", "es", "fr", "de", "ja", "pt", "ru"]
#: Languages that put the thing before what it is like.
NOUN_FIRST = {"es", "fr", "pt"}
UNSPACED = {"zh", "ja"}
#: Words of a colour or a pattern that are used; the later ones of the lexicons are shades.
WORDS = 3


class Captions:
    """Lists of ways to say a thing, a colour, a pattern: `phrase` joins them."""

    def __init__(self):
        read = lambda path: json.loads(path.read_text(encoding="utf8"))
        self.lexicons = {l: read(ROOT / "locales" / l / "lexicon.json") for l in LANGUAGES}
        self.words = read(Path(__file__).parent / "words.json")
        self.products = products()

    def attribute(self, section, id_, language):
        if section == "patterns" and id_ in self.words["patterns"]:
            return self.words["patterns"][id_][language]
        return self.lexicons[language][section][id_]["words"][:WORDS]

    def thing(self, source, id_, language):
        """Names of a clothing label, a kind of grocery, or a kind of the demo."""
        if source != "kind":
            return self.words[source][id_][language]
        kind = self.lexicons[language]["kinds"][id_]
        return list(dict.fromkeys([kind["name"], kind["plural"], *kind["synonyms"][:1]]))

    def phrase(self, language, source, id_, color, pattern, rng):
        """One caption: "red striped dress", in the order of the language."""
        parts = [rng.choice(self.attribute(s, v, language)) for s, v in (("colors", color), ("patterns", pattern)) if v]
        rng.shuffle(parts)
        name = rng.choice(self.thing(source, id_, language))
        ordered = [name, *parts] if language in NOUN_FIRST else [*parts, name]
        return ("" if language in UNSPACED else " ").join(ordered)


def key(language, source, id_, color=None, pattern=None):
    return "/".join([language, source, id_, color or "", pattern or ""])


def everything(kinds, patterned):
    """{key: [texts]} of every combination that a picture can have."""
    captions, rng, texts = Captions(), random.Random(20261123), {}
    for language in LANGUAGES:
        things = [("clothing", label) for label in CLOTHING] + [("kind", kind) for kind in kinds]
        for source, id_ in things:
            texts[key(language, source, id_)] = captions.thing(source, id_, language)
            patterns = PATTERNS if source == "clothing" else PATTERNS[:5] if id_ in patterned else []
            for color in [None, *COLORS]:
                for pattern in [None, *patterns]:
                    if color or pattern:
                        ways = {captions.phrase(language, source, id_, color, pattern, rng) for _ in range(3)}
                        texts[key(language, source, id_, color, pattern)] = sorted(ways)
        for number, product in enumerate(captions.products):
            texts[key(language, "coarse", str(number))] = captions.words["grocery"][product["coarse"]][language]
    for number, product in enumerate(captions.products):
        name, coarse = product["name"], product["coarse"]
        full = name if coarse.lower() in name.lower() else f"{name} {coarse.lower()}"
        texts[key("en", "product", str(number))] = [name, full, f"{name}. {product['description'][:400]}"]
    return texts


def embedded(folder, texts):
    """{key: float [ways, 256]} of {key: [texts]}, through the starter text encoder."""
    flat = sorted({t for ways in texts.values() for t in ways})
    (folder / "texts.json").write_text(json.dumps(flat, ensure_ascii=False), encoding="utf8")
    subprocess.run(["node", str(Path(__file__).parent / "embed.mjs"), str(folder / "texts.json"), str(folder / "texts.f32")], check=True)
    table = numpy.fromfile(folder / "texts.f32", numpy.float32).reshape(len(flat), -1)
    at = {text: row for row, text in enumerate(flat)}
    return {k: table[[at[t] for t in ways]] for k, ways in texts.items()}
