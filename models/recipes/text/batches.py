"""Draws batches of pairs: what belongs together stands in one row, everything else in the batch is a negative."""

import random

from pairs import Composer, Material, trained_pair
from sources import LEXICON_LANGUAGES
from texts import LANGUAGES, digest, normalise, typo

#: Pairs of each source in a batch.
SHARES = dict(
    names=330, paths=60, words=230, items=110, phrases=30, synonyms=24, synsets=50, definitions=40, emoji=20, lexicon=60, composed=104, uses=50, sentences=40, nonsense=8
)
#: From which step on which shares hold. Names have more for a while, so that what was learned first is not lost to what came
#: last; then dictionaries do, which what was never seen must be understood by.
PHASES = (
    (0, SHARES),
    (4_600, {**SHARES, "names": 640, "synsets": 30, "definitions": 15, "lexicon": 50}),
    (5_500, {**SHARES, "names": 420, "words": 420}),
)
#: Letters of nonsense; the later ones are of scripts that no language here is written in.
ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyz",
    "qwrtzpsdfghjklxcvbnm",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "йцукенгшщзхфывапролджэячсмить",
    "אבגדהוזחטיכלמנסעפצקרשת",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "กขคงจชซดตถทนบปพมยรลวสหอ",
    "कखगघचजटडतदनपबमयरलवसह",
    "가나다라마바사아자차카타파하고노도로모보소오",
    "αβγδεζηθικλμνξοπρστυφχψω",
]
#: How often a word stands in another form (plural, case, gender) than its dictionary's.
FORMS = 0.35


def row_key(concept):
    """A number for what a row is about; rows of one are no negatives of each other."""
    return digest(concept) & 0x7FFFFFFFFFFFFFFF


class Batches:
    """An endless, seeded stream of batches: (left texts, right texts, keys). Rows of one key are no negatives of each other."""

    def __init__(self, material: Material, seed, shares):
        self.m, self.rng = material, random.Random(seed)
        self.shares = shares
        self.composer = Composer(material, self.rng)
        self.ids = sorted(material.names)
        self.path_ids = sorted(material.paths)
        self.parents = sorted(p for p, ids in material.children.items() if len(ids) >= 8)
        tables = list(material.words.items())
        self.tables = [(a, b, pairs) for (a, b, _), pairs in tables]
        # Every pair of languages is heard; large dictionaries don't drown the small ones.
        self.table_weights = [weight * len(pairs) ** 0.5 * (2 if "en" in (a, b) else 1) for (a, b, weight), pairs in tables]
        self.concept_ids = sorted(material.concepts)
        self.synonym_weights = [len(pairs) ** 0.5 for _, pairs in material.synonyms]

    def next(self):
        rows = [row for name, count in self.shares.items() for row in getattr(self, name)(count) if row and row[0] and row[1]]
        left, right, keys = zip(*((self.spell(a), self.spell(b, 0.06), row_key(k)) for a, b, k in rows))
        return list(left), list(right), list(keys)

    def spell(self, text, typos=0.15):
        text = normalise(text)
        if len(text) > 3 and self.rng.random() < typos:
            text = typo(text, self.rng)
        if self.rng.random() < 0.03:
            words = text.split()
            self.rng.shuffle(words)
            text = " ".join(words)
        return text

    def two(self, by, english=0.55):
        """Two languages of a concept, English one of them more often than not."""
        languages = [l for l in LANGUAGES if l in by]
        a = self.rng.choice(languages)
        b = "en" if "en" in by and a != "en" and self.rng.random() < english else self.rng.choice(languages)
        return (a, b) if self.rng.random() < 0.5 else (b, a)

    def names(self, count):
        # Half of the names come from one branch or two: neighbours are the hardest negatives.
        near = [id_ for _ in range(3) for id_ in self.m.children[self.rng.choice(self.parents)]]
        self.rng.shuffle(near)
        ids = near[: count // 2]
        ids += [self.rng.choice(self.ids) for _ in range(count - len(ids))]
        for id_ in ids:
            by = self.m.names[id_]
            a, b = self.two(by, 0.7)
            yield by[a], by[b], by.get("en", id_)

    def paths(self, count):
        for _ in range(count):
            id_ = self.rng.choice(self.path_ids)
            by = self.m.paths[id_]
            a, b = self.two(by)
            short = self.m.names[id_].get(b) if self.rng.random() < 0.6 else None
            yield " > ".join(by[a]), short or " > ".join(by[b]), self.m.names[id_]["en"]

    def words(self, count):
        for a, b, table in self.rng.choices(self.tables, self.table_weights, k=count):
            pair = self.rng.choice(table)
            x, y = self.form(a, pair[0]), self.form(b, pair[1])
            yield (x, y, pair[0]) if self.rng.random() < 0.5 else (y, x, pair[1])

    def form(self, language, word):
        """The word, or another form of it."""
        others = self.m.forms[language].get(word)
        return self.rng.choice(others) if others and self.rng.random() < FORMS else word

    def synonyms(self, count):
        for language, pairs in self.rng.choices(self.m.synonyms, self.synonym_weights, k=count):
            x, y = self.rng.choice(pairs)
            yield self.form(language, x), self.form(language, y), x

    def phrases(self, count):
        for _ in range(count):
            id_, by = self.rng.choice(self.m.phrases)
            a, b = self.two(by)
            yield self.rng.choice(by[a]) if self.rng.random() < 0.3 else by[a][0], by[b][0], id_

    def items(self, count):
        for _ in range(count):
            id_, by = self.rng.choice(self.m.items)
            a, b = self.two(by)
            # Singular to singular and plural to plural, where a language has both.
            number = int(self.rng.random() < 0.5)
            yield by[a][min(number, len(by[a]) - 1)], by[b][min(number, len(by[b]) - 1)], id_

    def synsets(self, count):
        for lemmas, gloss, _ in self.rng.choices(self.m.synsets, [w for _, _, w in self.m.synsets], k=count):
            if len(lemmas) > 1 and self.rng.random() < 0.4:
                a, b = self.rng.sample(lemmas, 2)
                yield a, b, lemmas[0]
            else:
                yield gloss, self.rng.choice(lemmas), lemmas[0]

    def definitions(self, count):
        for _ in range(count):
            _, word, definition = self.rng.choice(self.m.definitions)
            yield definition, word, word

    def emoji(self, count):
        for _ in range(count):
            sign, by = self.rng.choice(self.m.emoji)
            a, b = self.two(by)
            form = self.rng.random()
            x = sign if form < 0.3 else by[a][0] if form < 0.7 else " ".join(self.rng.sample(by[a], min(3, len(by[a]))))
            yield x, by[b][0], f"emoji:{sign}"

    def lexicon(self, count):
        for _ in range(count):
            id_ = self.rng.choice(self.concept_ids)
            by = self.m.concepts[id_]
            a, b = self.two(by, 0.4)
            yield self.rng.choice(by[a]), self.rng.choice(by[b]), id_

    def composed(self, count):
        for _ in range(count // 4):
            yield from self.composer.group()

    def uses(self, count):
        for _ in range(count):
            yield self.composer.use()

    def nonsense(self, count):
        """Keys hit at random mean nothing, and must not be like any product: all of it is one row's friend."""
        some = lambda: " ".join("".join(self.rng.choices(self.rng.choice(ALPHABETS), k=self.rng.randint(3, 9))) for _ in range(self.rng.randint(1, 3)))
        for _ in range(count):
            yield some(), some(), "nonsense"

    def sentences(self, count):
        languages = sorted(self.m.sentences)
        for _ in range(count):
            a, b = self.rng.choice(languages), self.rng.choice(languages)
            x, y = self.m.sentences[a], self.m.sentences[b]
            if self.rng.random() < 0.6:
                intent = self.rng.choice(sorted(x["intents"]))
                left = self.rng.choice(x["intents"][intent]["trained"])
                yield left, self.rng.choice(y["intents"][intent]["trained"]), f"intent:{intent}"
            else:
                at = self.rng.choice([i for i, p in enumerate(x["pairs"]) if trained_pair(p["id"])])
                other = y["pairs"][at]["title"] if self.rng.random() < 0.7 else y["pairs"][at]["query"]
                yield x["pairs"][at]["query"], other, f"pair:{x['pairs'][at]['id']}"
