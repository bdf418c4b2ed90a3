"""More aligned words and phrases: Apertium, the tagging presets of OpenStreetMap, Tux Paint's stamps, thesauri."""

import re
import subprocess
from collections import defaultdict
from pathlib import Path

from sources import CACHE, bare, clean, read_json, wordnet
from texts import LANGUAGES, normalise

APERTIUM = Path("/usr/share/apertium/apertium-eng-spa/eng-spa.autobil.bin")
STAMPS = Path("/usr/share/tuxpaint/stamps")
MYTHES = Path("/usr/share/mythes")
THESAURI = dict(es="th_es_ES_v2", ru="th_ru_RU_v2", de="th_de_DE_v2", fr="thes_fr", it="th_it_IT_v2", pt="th_pt_BR", pl="th_pl_PL_v2", cs="th_cs_CZ_v2", sv="th_sv_SE_v2")
PRESET_FILES = {l: "zh-CN" if l == "zh" else l for l in LANGUAGES}
STAMP_FILES = {l: "zh_CN" if l == "zh" else l for l in LANGUAGES}


def apertium(adjectives):
    """English words with their Spanish meanings: WordNet's nouns and adjectives through Apertium's dictionary."""
    nouns = {lemma for lemmas, _, _ in wordnet() for lemma in lemmas}
    asked = [f"^{w}<n>$" for w in sorted(nouns)] + [f"^{w}<adj>$" for w in sorted(adjectives)]
    asked = [a for a in asked if not re.search(r"[/@\\\[\]{}]", a)]
    answer = subprocess.run(["lt-proc", "-b", str(APERTIUM)], input="\n".join(asked) + "\n", capture_output=True, text=True, check=True)
    for line in answer.stdout.splitlines():
        head, *meanings = line.strip("^$").split("/")
        for meaning in meanings:
            word = clean(meaning.split("<")[0].replace("_", " "))
            if word and not meaning.startswith("@"):
                yield "en", head.split("<")[0], "es", word


def presets():
    """{preset: {language: [name, other word, ...]}}: shops, furniture of streets and houses, sports."""
    concepts = defaultdict(dict)
    folder = CACHE / "id-tagging-schema" / "package" / "dist" / "translations"
    for language, code in PRESET_FILES.items():
        for id_, entry in read_json(folder / f"{code}.json")[code]["presets"]["presets"].items():
            words = [entry.get("name"), *(entry.get("terms") or [])]
            words = [w for w in map(clean, (w for w in words if isinstance(w, str))) if w]
            if words:
                concepts[id_][language] = words[:8]
    return {id_: by for id_, by in sorted(concepts.items()) if len(by) > 3 and "en" in by}


def stamps():
    """{picture: {language: what it shows}}: a thousand things, mostly with an article."""
    concepts = {}
    for file in sorted(STAMPS.rglob("*.txt")):
        lines = file.read_text(encoding="utf8", errors="replace").splitlines()
        by = {"en": clean(lines[0])} if lines else {}
        for line in lines[1:]:
            code, _, text = line.partition(".utf8=")
            for language, wanted in STAMP_FILES.items():
                if code == wanted:
                    by[language] = clean(text.replace("。", "").replace("！", ""))
        by = {l: w for l, w in by.items() if w}
        if len(by) > 3 and "en" in by:
            concepts.setdefault(by["en"], by)
    return concepts


def thesaurus(language, wanted):
    """Pairs of like words of a language of which the first is one of the wanted."""
    data = (MYTHES / f"{THESAURI[language]}.dat").read_bytes()
    encoding, _, rest = data.partition(b"\n")
    lines = iter(rest.decode(encoding.decode("utf-8-sig").strip(), "replace").splitlines())
    for line in lines:
        head, _, count = line.rpartition("|")
        head = normalise(head)
        for _ in range(int(count) if count.strip().isdigit() else 0):
            meaning = next(lines, "")
            if head not in wanted:
                continue
            for part in meaning.split("|")[1:]:
                if re.search("nton|begriff|generic|related", part):
                    continue
                word = clean(bare(part))
                if word and word != head:
                    yield head, word
