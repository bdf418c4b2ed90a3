"""Names of things in programs' translations: the items of Cataclysm: Dark Days Ahead, the furniture of Sweet Home 3D."""

import gettext
import json
import re
import zipfile
from collections import defaultdict
from pathlib import Path

from sources import clean
from texts import LANGUAGES, normalise

GAME = Path("/usr/share/games/cataclysm-dda/json")
GAME_TEXTS = Path("/usr/share/locale")
GAME_LOCALES = dict(zh="zh_CN", es="es_ES", fr="fr", de="de", ja="ja", pt="pt_BR", ru="ru", it="it_IT", nl="nl", pl="pl", cs="cs", tr="tr")
#: What can be bought somewhere; no monsters, guns, books or implants.
GAME_TYPES = {"GENERIC", "TOOL", "ARMOR", "TOOL_ARMOR", "PET_ARMOR", "COMESTIBLE", "CONTAINER", "WHEEL", "ENGINE", "furniture", "vehicle_part", "terrain"}
FURNITURE = Path("/usr/share/sweethome3d/furniture")
FURNITURE_FILES = {l: f"_{'zh_CN' if l == 'zh' else l}" if l != "en" else "" for l in LANGUAGES}


def game_entries():
    """[(name, plural or None, description or None)] in English."""
    found = {}
    for file in sorted(GAME.rglob("*.json")):
        entries = json.loads(file.read_text(encoding="utf8"))
        for entry in entries if isinstance(entries, list) else [entries]:
            if entry.get("type") not in GAME_TYPES:
                continue
            name = entry.get("name")
            if isinstance(name, dict):
                name, plural = name.get("str", name.get("str_sp")), name.get("str_pl", name.get("str_sp"))
            else:
                plural = None
            description = entry.get("description")
            if name and name not in found:
                found[name] = (name, plural, description if isinstance(description, str) else None)
    return [found[name] for name in sorted(found)]


def game_items():
    """([(name, {language: [singular, plural]})], [(language, name, first sentence of its description)])."""
    entries, concepts, described = game_entries(), [], []
    catalogues = {}
    for language, locale in GAME_LOCALES.items():
        with open(GAME_TEXTS / locale / "LC_MESSAGES" / "cataclysm-dda.mo", "rb") as file:
            catalogues[language] = gettext.GNUTranslations(file)._catalog
    for name, plural, description in entries:
        by = {"en": [w for w in map(clean, (name, plural or f"{name}s")) if w]}
        for language, catalogue in catalogues.items():
            forms = [catalogue.get(name), catalogue.get((name, 0)), catalogue.get((name, 1))]
            words = [w for w in map(clean, (f for f in forms if f)) if w]
            if words and words[0] != by["en"][:1]:
                by[language] = list(dict.fromkeys(words))
            told = catalogue.get(description) if description else None
            if told and words:
                described.append((language, words[0], sentence(told)))
        if description and by["en"]:
            described.append(("en", by["en"][0], sentence(description)))
        if len(by) > 1 and by["en"]:
            concepts.append((by["en"][0], by))
    return concepts, [d for d in described if d[2]]


def sentence(text):
    """The first sentence, where it is neither too short nor too long."""
    text = normalise(re.split(r"(?<=[.!?])\s|。", re.sub(r"<[^>]*>", " ", text))[0])
    return text if 12 <= len(text) <= 160 else None


def furniture():
    """[(name, {language: [name]})]"""
    concepts = []
    for file in sorted(FURNITURE.glob("*.sh3f")):
        with zipfile.ZipFile(file) as archive:
            tables = {l: names_of(archive.read(f"PluginFurnitureCatalog{suffix}.properties")) for l, suffix in FURNITURE_FILES.items()}
        for number, english in sorted(tables["en"].items()):
            by = {l: [table[number]] for l, table in tables.items() if number in table and (l == "en" or table[number] != english)}
            concepts.append((english, by))
    return concepts


def names_of(properties):
    """{number: name} of a Java properties file."""
    found = {}
    for number, text in re.findall(r"^name#(\d+)\s*=\s*(.*)$", properties.decode("latin-1"), re.M):
        word = clean(re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), text))
        if word:
            found[int(number)] = word
    return found
