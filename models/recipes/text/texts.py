"""Normal forms of texts, and the split that keeps 500 category names unseen."""

import hashlib
import random
import re
import unicodedata

LANGUAGES = ["en", "zh", "es", "fr", "de", "ja", "pt", "ru", "it", "nl", "pl", "cs", "sv", "tr"]
SPACES = re.compile(r"\s+")


def normalise(text):
    """What the tokenizer sees: NFKC, lower case, no variation selectors, single spaces. tokenizer.json does the same."""
    text = unicodedata.normalize("NFKC", text).lower().replace("\ufe0f", "")
    return SPACES.sub(" ", text).strip()


#: Chinese and Japanese are written without spaces: a word there begins no differently from how it goes on.
UNSPACED = "\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD_START = re.compile(f"(^| )(?=[^ {UNSPACED}])")


def marked(text):
    """A normalised text with ▁ where a word of a spaced script begins, and no other space."""
    return WORD_START.sub("▁", text).replace(" ", "")


def digest(text):
    """A number that is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def key(language, text):
    """Form under which a held-out name is recognised in any source; English plurals count as their singular."""
    text = re.sub(r"[^\w ]", " ", normalise(text))
    text = SPACES.sub(" ", text).strip()
    if language == "en":
        text = " ".join(re.sub(r"(?<=\w\w)(?<!s)s$", "", word) for word in text.split())
    return text


class Split:
    """500 taxonomy ids, chosen by hash, whose names no training text of any source may equal and whose paths it may
    not contain. Names that the lexicons have are not chosen: the product needs those words."""

    def __init__(self, taxonomy, lexicon_keys, size=500):
        order = sorted(taxonomy, key=lambda id_: digest(f"vitrine-text-1/{id_}"))
        free = [i for i in order if not any((l, key(l, e["name"])) in lexicon_keys for l, e in taxonomy[i].items())]
        self.held_out = free[:size]
        self.validation = free[size : size + 200]
        hidden = set(self.held_out) | set(self.validation)
        self.forbidden = {(l, key(l, e["name"])) for i in hidden for l, e in taxonomy[i].items()}

    def allows(self, language, text):
        return (language, key(language, text)) not in self.forbidden


def strip_accents(text):
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def typo(text, rng: random.Random):
    """One or two slips of a hurried hand: a letter missing, doubled, swapped, or accents left out."""
    if rng.random() < 0.25:
        return strip_accents(text)
    letters = list(text)
    for _ in range(1 + (len(letters) > 12)):
        if len(letters) < 4:
            break
        at = rng.randrange(1, len(letters) - 1)
        what = rng.random()
        if what < 0.35:
            del letters[at]
        elif what < 0.6:
            letters.insert(at, letters[at])
        else:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)
