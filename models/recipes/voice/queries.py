"""Speaks labelled queries with voices that training never heard: Ogg files and their list, for measuring.

English by festival (its engine is not in training; ked's speaker neither), Russian by festival's msu_ru_nsh, the others by espeak-ng's
variants, pitches and speeds that training left out.

    queries.py <labelled.jsonl> <folder> [queries a language] [--espeak]
"""

import json
import random
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy

from network import RATE
from numbers_said import said
from phrases import CURRENCY, letters
from speak import DIALECTS, UNHEARD_PITCH, UNHEARD_SPEED, Speaker, read_wave, trimmed, variants

LANGUAGES = ["en", "zh", "es", "fr", "de", "ru"]
FESTIVAL = {"en": ["ked_diphone", "ked_diphone", "cmu_us_slt_arctic_hts"], "ru": ["msu_ru_nsh_clunits"]}
SIZES = {"xs": "x s", "xl": "x l", "xxl": "x x l"}


def spoken(text, language):
    """The query with its numbers in words."""
    text = text.replace("€", f" {CURRENCY[language]} ") if language != "zh" else text.replace("€", "欧元")
    number = lambda match: f" {said(language, int(match[0]), genitive=bool(re.search('(до|дешевле|дороже|от) $', text[: match.start()])))} "
    text = re.sub(r"\d+", number, text)
    return re.sub(r"\s+", "" if language == "zh" else " ", text).strip()


def festival(text, voice, language):
    with tempfile.TemporaryDirectory() as folder:
        words, sound = Path(folder, "words"), Path(folder, "sound.wav")
        words.write_bytes(text.encode("utf8"))
        subprocess.run(["text2wave", "-eval", f"(voice_{voice})", "-o", str(sound), str(words)], check=True, capture_output=True)
        return read_wave(sound)


def write(sound, file):
    """Opus as telephones send it."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as raw:
        with wave.open(raw.name, "wb") as w:
            w.setparams((1, 2, RATE, 0, "NONE", ""))
            quiet = numpy.zeros(RATE // 4)
            samples = numpy.concatenate([quiet, sound / (numpy.abs(sound).max() + 1e-6) * 0.6, quiet])
            w.writeframes((samples * 32767).astype(numpy.int16).tobytes())
        subprocess.run(["opusenc", "--quiet", "--bitrate", "20", "--discard-comments", "--discard-pictures", "--serial", "1", raw.name, str(file)], check=True)


def main():
    source, target, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 40
    target.mkdir(parents=True, exist_ok=True)
    queries = [json.loads(line) for line in source.read_text(encoding="utf8").splitlines()]
    _, unheard = variants()
    speaker, listed = Speaker(), []
    for language in LANGUAGES:
        rng = random.Random(f"{source.stem}/{language}")
        own = [q for q in queries if q["lang"] == language]
        for number, query in enumerate(sorted(rng.sample(own, min(count, len(own))), key=lambda q: q["text"])):
            words = spoken(query["text"], language)
            if language in FESTIVAL and "--espeak" not in sys.argv:
                voice = rng.choice(FESTIVAL[language])
                sound = festival(words, voice, language)
            else:
                voice = f"{rng.choice(DIALECTS[language])}+{rng.choice(unheard)}"
                sound = speaker.say(words, voice, rng.randint(*UNHEARD_SPEED), rng.randint(*UNHEARD_PITCH), rng.randint(30, 70))
            file = f"{language}-{number:02}.ogg"
            write(trimmed(sound), target / file)
            listed.append({"voice": file, "typed": query["text"], "written": letters(words), "speaker": voice, "lang": language, "relevant": query["relevant"]})
    lines = [json.dumps(row, ensure_ascii=False) for row in listed]
    target.joinpath("queries.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
    print(len(lines), "queries", sum(f.stat().st_size for f in target.glob("*.ogg")) // 1000, "kB")


if __name__ == "__main__":
    main()
