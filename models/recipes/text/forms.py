"""Forms of words (plurals, cases, genders) by the suffix rules of Debian's hunspell dictionaries."""

import re
from collections import defaultdict
from pathlib import Path

from texts import normalise

HUNSPELL = Path("/usr/share/hunspell")
FILES = dict(en="en_US", es="es_ES", fr="fr", de="de_DE", pt="pt_BR", ru="ru_RU", it="it_IT", nl="nl", pl="pl_PL", cs="cs_CZ", sv="sv_SE")
#: Enough for the cases of a noun; verbs have hundreds.
MOST = 12


def rules(lines):
    """{flag: [(letters taken off, letters put on, condition)]} of an .aff file, and how many letters a flag has."""
    by_flag = defaultdict(list)
    width = 2 if any(line.startswith("FLAG long") for line in lines) else 1
    for line in lines:
        parts = line.split()
        if len(parts) < 5 or parts[0] != "SFX" or parts[3].isdigit() and parts[2] in "YN":
            continue
        off, on = (("" if part == "0" else part) for part in (parts[2], parts[3].split("/")[0]))
        by_flag[parts[1]].append((off, on, re.compile(f"(?:{parts[4]})$")))
    return by_flag, width


def spanish_plural(word):
    """The regular plural: the dictionary lists many nouns without it."""
    if word.endswith("z"):
        return word[:-1] + "ces"
    return word + ("s" if word[-1] in "aeiouáéó" else "es")


def forms(language, wanted):
    """{word: [its other forms]} of the wanted words of a language that the dictionary has."""
    if language not in FILES:
        return {}
    affixes = (HUNSPELL / f"{FILES[language]}.aff").read_bytes()
    encoding = re.search(rb"^SET (\S+)", affixes, re.M)
    encoding = encoding[1].decode() if encoding else "utf8"
    by_flag, width = rules(affixes.decode(encoding, "replace").splitlines())
    result = {}
    for line in (HUNSPELL / f"{FILES[language]}.dic").read_bytes().decode(encoding, "replace").splitlines():
        entry = line.split("\t")[0].split(" ")[0]
        stem, _, flags = entry.partition("/")
        word = normalise(stem)
        if word not in wanted or not flags:
            continue
        found = set()
        for flag in (flags[i : i + width] for i in range(0, len(flags), width)):
            for off, on, condition in by_flag.get(flag, ()):
                if stem.endswith(off) and condition.search(stem):
                    found.add(normalise(stem[: len(stem) - len(off)] + on))
        if language == "es" and not word.endswith(("s", "ar", "er", "ir")):
            found.add(spanish_plural(word))
        found.discard(word)
        # The shortest ones are the plain cases; clitics and diminutives are long.
        kept = sorted((form for form in found if form.isalpha()), key=lambda form: (len(form), form))[:MOST]
        if kept:
            result.setdefault(word, kept)
    return result
