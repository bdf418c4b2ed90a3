"""Recordings of people, from Debian's packages: <folder>/people.npy, people-ends.npy, people.json, and one of unheard speakers for measuring.

What each says is written beside it: telephone prompts of Asterisk (English, Spanish, French, Russian; CC BY-SA 3.0 and CC BY 3.0) and what Tux Paint
calls its stamps (GPL 2). KTuberling's English and French speakers (GPL 2) name a thing by their file names; they are kept apart.

    people.py <folder> [apart]
"""

import gzip
import json
import multiprocessing
import re
import subprocess
import sys
from pathlib import Path

import numpy

from network import LANGUAGES, RATE
from phrases import ROOT, fit, rows_of
from queries import write
from speak import trimmed

PACKAGES = ["tuxpaint-stamps-default", "ktuberling-data", *(f"asterisk-core-sounds-{l}{end}" for l in ("en", "es", "fr", "ru") for end in ("", "-g722"))]
STAMPS = {"_desc.ogg": "en", "_desc_es.ogg": "es", "_desc_fr.ogg": "fr", "_desc_ru.ogg": "ru", "_desc_pt_BR.wav": "pt"}
#: How often each is drawn for once that a synthetic one is: there are few of them, in English fewest.
TIMES = dict(en=6, es=3, fr=3, ru=3, pt=3)


def unpacked(folder):
    """Debian's packages, without installing them."""
    target = folder / "debian"
    for package in PACKAGES:
        if not (target / package).exists():
            target.mkdir(parents=True, exist_ok=True)
            subprocess.run(["apt-get", "download", "-qq", package], cwd=target, check=True, capture_output=True)
            subprocess.run(["dpkg-deb", "-x", str(next(target.glob(f"{package}_*.deb"))), str(target / package)], check=True)
    return target


def accents():
    """For each language: a word without its accents -> the word, where the word list has no such word without."""
    lists = json.loads((ROOT / "models" / "starter" / "voice" / "words.json").read_text(encoding="utf8"))
    known = {}
    for language in ("es", "fr"):
        words = set(lists[language]["words"])
        known[language] = {bare(w): w for w in words if bare(w) not in words}
    return known


def bare(word):
    return word.translate(str.maketrans("áéíóúüñàâäçèêëîïôöùû", "aeiouunaaaceeeiioouu"))


def prompts(root, language, spelt):
    """[(file, what it says)] of Asterisk's prompts; those with tones and remarks in brackets are left out."""
    text = gzip.decompress(next(root.glob(f"asterisk-core-sounds-{language}/usr/share/doc/*/core-sounds-{language}.txt.gz")).read_bytes()).decode("utf8", "replace")
    base = next(root.glob(f"asterisk-core-sounds-{language}-g722/usr/share/asterisk/sounds/*"))
    for name, said in re.findall(r"^([\w/-]+): *(.+)$", text, re.M):
        file = base / f"{name}.g722"
        if file.exists() and not re.search(r"[\[\]()<>%*#/]|\.\.\.", said):
            yield file, re.sub(r"\w+", lambda m: spelt.get(language, {}).get(m[0].lower(), m[0]), said)


def stamps(root):
    """[(language, file, what it says)] of Tux Paint's stamps."""
    for file in sorted(root.glob("tuxpaint-stamps-default/usr/share/tuxpaint/stamps/**/*_desc*")):
        ending = re.search(r"_desc.*", file.name)[0]
        names = file.with_name(file.name.replace(ending, ".txt"))
        if ending not in STAMPS or not names.exists():
            continue
        language = STAMPS[ending]
        lines = names.read_text(encoding="utf8", errors="replace").splitlines()
        own = [line.split("=", 1)[1] for line in lines if re.match(rf"{'pt_BR' if language == 'pt' else language}\.utf8=", line)]
        said = lines[0] if language == "en" and lines else own[0] if own else ""
        if said and not re.search(r"[\[\]()/]", said):
            yield language, file, said


def apart(root):
    """[(language, file, word)] of KTuberling's English and French speakers."""
    for language in ("en", "fr"):
        for file in sorted(root.glob(f"ktuberling-data/usr/share/ktuberling/sounds/{language}/*")):
            yield language, file, re.sub(r"^[a-z]+_|[-_]", lambda m: " " if m.start() else "", file.stem).strip()


def sound_of(file):
    """float [N] at RATE, without the silence around it"""
    raw = subprocess.run(["ffmpeg", "-v", "error", *(["-f", "g722"] if file.suffix == ".g722" else []), "-i", str(file), "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-"], capture_output=True)
    sound = numpy.frombuffer(raw.stdout, numpy.int16).astype(numpy.float32) / 32768
    peak = numpy.abs(sound).max() if len(sound) else 0
    return trimmed(sound / peak * 0.92) if peak else sound


def kept(said):
    """[(language, text, target, file, sound)] of those that can be learnt from."""
    rows = [(file, *row) for language, file, text in said if fit(text) for row in rows_of(language, [text])]
    for (file, language, text, target), sound in zip(rows, multiprocessing.Pool(2).map(sound_of, [row[0] for row in rows])):
        if 0.25 * RATE < len(sound) < 9 * RATE:
            yield language, text, target, file, sound


def measured(folder):
    """KTuberling's words as Ogg files and their list, for `bench -- voice queries`: what of the products answers them is of no interest."""
    folder.mkdir(parents=True, exist_ok=True)
    spelt, listed = accents(), []
    said = [(language, file, " ".join(spelt.get(language, {}).get(w, w) for w in word.split())) for language, file, word in apart(unpacked(folder.parent))]
    for number, (language, text, target, _, sound) in enumerate(kept(said)):
        write(sound, folder / f"{number}.ogg")
        listed.append({"voice": f"{number}.ogg", "typed": text, "written": target, "lang": language, "relevant": {"t-shirt-1-green-l": 1}})
    folder.joinpath("queries.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in listed) + "\n", encoding="utf8")
    print(len(listed), "words of people who are kept apart")


def main():
    folder = Path(sys.argv[1])
    if "apart" in sys.argv[2:]:
        return measured(folder / "apart")
    root, spelt = unpacked(folder), accents()
    said = [*stamps(root), *((language, file, text) for language in ("en", "es", "fr", "ru") for file, text in prompts(root, language, spelt))]
    sounds, rows = [], []
    for language, text, target, file, sound in kept(said):
        sounds.append((sound * 32767).astype(numpy.int16))
        rows.append(dict(language=language, text=text, target=target, voice=f"person/{'asterisk' if file.suffix == '.g722' else 'tuxpaint'}", times=TIMES[language]))
    ends = numpy.cumsum([len(s) for s in sounds])
    numpy.save(folder / "people.npy", numpy.concatenate(sounds))
    numpy.save(folder / "people-ends.npy", ends)
    (folder / "people.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf8")
    print({l: sum(r["language"] == l for r in rows) for l in LANGUAGES}, f"{ends[-1] / RATE / 60:.0f} minutes")


if __name__ == "__main__":
    main()
