"""Gathers all training pairs under the split, and composes queries and titles of products."""

import random
from collections import defaultdict

import items
import phrases
import sources
from forms import forms
from texts import LANGUAGES, Split, digest, key, normalise


class Material:
    """Everything that batches are drawn from. No text of it names a held-out category."""

    def __init__(self):
        self.taxonomy = sources.taxonomy()
        self.lexicons = sources.lexicons()
        concepts = sources.lexicon_concepts(self.lexicons)
        keys = {(l, key(l, w)) for by in concepts.values() for l, words in by.items() for w in words}
        self.split = Split(self.taxonomy, keys)
        self.concepts = {i: by for i, by in concepts.items() if len(by) > 1}
        self.demo = sources.demo_texts()
        self._taxonomy_pairs()
        self._dictionaries()
        self.synsets = [
            ([l for l in lemmas if self.split.allows("en", l)], gloss, weight) for lemmas, gloss, weight in sources.wordnet()
        ]
        self.synsets = [s for s in self.synsets if s[0]]
        self.emoji = self._allowed(sources.cldr())
        self.phrases = self._allowed(phrases.presets().items())
        self.phrases += self._allowed((name, {l: [word] for l, word in by.items()}) for name, by in phrases.stamps().items())
        things, described = items.game_items()
        self.items = self._allowed(things) + self._allowed(items.furniture())
        self.definitions += [(l, name, text) for l, name, text in described if self.split.allows(l, name)]
        self._forms_and_synonyms()
        self.sentences, self.uses = sources.written("sentences"), sources.written("uses")

    def _allowed(self, concepts):
        """[(id, {language: words})] without words that are held out, and without the languages whose first word is."""
        result = []
        for id_, by in concepts:
            kept = {l: [w for w in words if self.split.allows(l, w)] for l, words in by.items()}
            kept = {l: words for l, words in kept.items() if words and words[0] == by[l][0]}
            if len(kept) > 1:
                result.append((id_, kept))
        return result

    def _forms_and_synonyms(self):
        """Other forms of every word, and like words of the words for things."""
        known, things = defaultdict(set), defaultdict(set)
        for (a, b, weight), pairs in self.words.items():
            for language, words in ((a, {x for x, _ in pairs}), (b, {y for _, y in pairs})):
                known[language] |= words
                if weight == 3:
                    things[language] |= words
        for by in self.concepts.values():
            for language, words in by.items():
                known[language].update(map(normalise, words))
        self.forms = {}
        for language in LANGUAGES:
            found = forms(language, known[language])
            kept = {word: [f for f in others if self.split.allows(language, f)] for word, others in found.items()}
            self.forms[language] = {word: others for word, others in kept.items() if others}
        self.synonyms = []
        for language in phrases.THESAURI:
            pairs = phrases.thesaurus(language, things[language])
            self.synonyms.append((language, sorted({p for p in pairs if all(self.split.allows(language, w) for w in p)})))

    def _taxonomy_pairs(self):
        split, names = self.split, {}
        hidden = set(split.held_out) | set(split.validation)
        hidden_names = {l: {self.taxonomy[i][l]["name"] for i in hidden} for l in LANGUAGES}
        self.names, self.paths, self.children = {}, {}, defaultdict(list)
        for id_, by in self.taxonomy.items():
            if id_ in hidden:
                continue
            kept = {l: e["name"] for l, e in by.items() if split.allows(l, e["name"])}
            if len(kept) > 1 and "en" in kept:
                self.names[id_] = kept
                for part in by["en"]["path"][:-1][:2]:
                    self.children[part].append(id_)
            paths = {l: e["path"] for l, e in by.items() if not hidden_names[l] & set(e["path"])}
            if id_ in self.names and len(paths) > 1 and len(by["en"]["path"]) > 1:
                self.paths[id_] = paths

    def _dictionaries(self):
        plain = {w for lemmas, _, weight in sources.wordnet() for w in lemmas}
        wanted = {w for lemmas, _, weight in sources.wordnet() if weight == 3 for w in lemmas}
        for by in self.names.values():
            wanted.update(normalise(by["en"]).replace(",", " ").split())
        adjectives = sources.adjectives()

        def weight(text):
            words = text.split()
            last = words[-1] if words else ""
            known = [c for c in (text, last, last.rstrip("s")) if c in wanted]
            if known:
                return 3
            return 1 if text in plain or last in plain or (len(words) == 1 and last in adjectives) else 0

        self.words, self.definitions = defaultdict(set), set()
        for source in (sources.freedict(), sources.mueller(), sources.edict(), sources.cedict(), phrases.apertium(adjectives)):
            for a, x, b, y in source:
                if not self.split.allows(a, x):
                    continue
                if b is None:
                    self.definitions.add((a, x, y))
                    continue
                if not self.split.allows(b, y) or x == y:
                    continue
                english = x if a == "en" else y if b == "en" else None
                if english is not None and weight(english) == 0:
                    continue
                self.words[(a, b, 3 if english is not None and weight(english) == 3 else 1)].add((x, y))
        self.words = {k: sorted(v) for k, v in sorted(self.words.items()) if len(v) > 200}
        self.definitions = sorted(self.definitions)


def trained_phrase(text):
    """Three quarters of the uses are for training, the rest for choosing the merge weights."""
    return digest(f"use/{text}") % 4 != 0


def trained_pair(id_):
    """Half of the written query-title pairs are for training, half for the report."""
    return digest(f"pair/{id_}") % 2 == 0


COLORS = ["black", "white", "grey", "red", "blue", "green", "yellow", "orange", "purple", "pink", "brown", "beige"]
MATERIALS = ["cotton", "leather", "wool", "silk", "linen", "denim", "wood", "steel", "glass", "ceramic", "plastic", "gold", "silver", "bamboo", "rubber"]
PATTERNS = ["striped", "checked", "dotted", "floral"]
AUDIENCES = {"men": "male", "women": "female", "kids": "kids"}
SIZES = ["s", "m", "l", "xl", "38", "40", "42", "44"]


class Composer:
    """Writes what shoppers ask for and what shops call it, out of kinds, colours, materials, patterns and audiences."""

    def __init__(self, material: Material, rng: random.Random):
        self.m, self.rng = material, rng
        self.kinds = sorted(i[5:] for i in material.concepts if i.startswith("kind:"))
        self.things = [i for i in sorted(material.names) if 1 <= len(material.names[i]["en"].split()) <= 3]

    def brand(self):
        """A made-up maker: names must not matter where nobody asked for them."""
        r = self.rng
        syllables = ["ka", "lo", "mi", "ren", "vas", "tor", "el", "nor", "zan", "bri", "os", "del", "fin", "hal", "qui", "sto"]
        return " ".join("".join(r.choices(syllables, k=r.randint(2, 3))).title() for _ in range(r.randint(1, 2)))

    def word(self, language, section, id_):
        r = self.rng
        concept = self.m.concepts.get(f"{section}:{id_}", {}).get(language)
        if concept and r.random() < 0.6:
            return r.choice(concept)
        name = {"colors": id_, "materials": id_, "patterns": id_}.get(section)
        if section == "audiences":
            name = next((k for k, v in AUDIENCES.items() if v == id_), id_)
        written = self.m.sentences.get(language, {}).get(section, {}).get(name)
        return r.choice(written) if written else r.choice(concept) if concept else None

    def kind(self, language, thing):
        space, id_ = thing
        if space == "kind":
            words = self.m.concepts[f"kind:{id_}"].get(language)
            if not words:
                return None
            lexicon = self.m.lexicons[language]["kinds"][id_]
            return lexicon["name"] if self.rng.random() < 0.4 else self.rng.choice(words)
        return self.m.names[id_].get(language)

    def thing(self):
        r = self.rng
        return ("kind", r.choice(self.kinds)) if r.random() < 0.65 else ("name", r.choice(self.things))

    def languages(self, thing, count=2):
        pool = sources.LEXICON_LANGUAGES if thing[0] == "kind" else [
            l for l in LANGUAGES if l in self.m.names[thing[1]] and (l in sources.LEXICON_LANGUAGES or l in self.m.sentences)
        ]
        return [self.rng.choice(pool) if self.rng.random() < 0.65 or "en" not in pool else "en" for _ in range(count)]

    def attributes(self):
        r = self.rng
        return {
            "colors": r.choice(COLORS),
            "materials": r.choice(MATERIALS) if r.random() < 0.6 else None,
            "patterns": r.choice(PATTERNS) if r.random() < 0.3 else None,
            "audiences": r.choice(list(AUDIENCES.values())) if r.random() < 0.35 else None,
        }

    def title(self, language, thing, attributes):
        """A shop's title, sometimes with maker, size and the start of a description."""
        r = self.rng
        kind = self.kind(language, thing)
        if kind is None:
            return None
        words = {s: self.word(language, s, i) if i else None for s, i in attributes.items()}
        joint = "" if language in ("zh", "ja") else " "
        order = [words["colors"], words["patterns"], words["materials"], kind, words["audiences"]]
        if language in ("es", "fr", "pt", "it") and r.random() < 0.8:
            order = [kind, words["materials"], words["patterns"], words["colors"], words["audiences"]]
        if r.random() < 0.2:
            r.shuffle(order)
        text = joint.join(part for part in order if part)
        if r.random() < 0.6:
            text = f"{self.brand()} {text}"
        if r.random() < 0.3:
            text += f", {r.choice(SIZES)}"
        if r.random() < 0.25 and language in self.m.demo:
            demo = self.m.demo[language]
            features = r.sample(sorted(demo["features"].values()), 2)
            text += f". {' '.join(features)}"
        return text

    def query(self, language, thing, attributes, asked):
        """A shopper's words: the kind or what it is for, and the attributes in `asked`."""
        r = self.rng
        kind = self.kind(language, thing)
        uses = self.m.uses.get(language, {}).get(thing[1], []) if thing[0] == "kind" else []
        uses = [u for u in uses if trained_phrase(u)]
        if uses and r.random() < 0.3:
            kind = r.choice(uses)
        if kind is None:
            return None
        words = [w for w in (self.word(language, s, attributes[s]) for s in asked if attributes.get(s)) if w]
        parts = [*words, kind]
        if language in ("es", "fr", "pt", "it") or r.random() < 0.3:
            parts.reverse()
        if r.random() < 0.15:
            r.shuffle(parts)
        text = ("" if language in ("zh", "ja") and r.random() < 0.8 else " ").join(parts)
        sentences = self.m.sentences.get(language)
        if sentences and r.random() < 0.4:
            text = r.choice(sentences["templates"]).replace("{x}", text)
        if sentences and r.random() < 0.15:
            text += " " + r.choice(sentences["prices"]).replace("{n}", str(r.choice([15, 20, 30, 50, 80, 100, 200])))
        return text

    def group(self, size=4):
        """Pairs of the same kind that differ in one attribute that the query names: each is a hard negative of the others."""
        r = self.rng
        thing = self.thing()
        varied = r.choices(["colors", "materials", "patterns", "audiences"], [5, 2, 1.5, 1.5])[0]
        values = {"colors": COLORS, "materials": MATERIALS, "patterns": PATTERNS, "audiences": list(AUDIENCES.values())}[varied]
        pairs = []
        for value in r.sample(values, min(size, len(values))):
            attributes = {**self.attributes(), varied: value}
            ask, sell = self.languages(thing)
            query = self.query(ask, thing, attributes, [varied])
            title = self.title(sell, thing, attributes)
            if query and title:
                pairs.append((query, title, f"{thing[1]}/{varied}/{value}"))
        return pairs

    def use(self):
        """What a thing is for, in one language, with its name in another."""
        r = self.rng
        language = r.choice(sorted(self.m.uses))
        id_ = r.choice(sorted(self.m.uses[language]))
        phrases = [p for p in self.m.uses[language][id_] if trained_phrase(p)]
        if not phrases:
            return None
        other = r.choice(sources.LEXICON_LANGUAGES)
        name = self.title(other, ("kind", id_), self.attributes()) if r.random() < 0.5 else self.kind(other, ("kind", id_))
        phrase = r.choice(phrases)
        sentences = self.m.sentences.get(language)
        if sentences and r.random() < 0.3:
            phrase = r.choice(sentences["templates"]).replace("{x}", phrase)
        return (phrase, name, f"kind:{id_}")
