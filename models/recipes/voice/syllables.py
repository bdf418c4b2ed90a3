"""Chinese phrases put together of two people's recorded syllables: <folder>/syllables.npy, syllables-ends.npy, syllables.json.

Debian's gcin-voice has about 1,180 of Mandarin's syllables by two speakers (GPL 3 or LGPL 3; CC BY 3.0), named in Zhuyin. Cut to the voice in them,
shortened and laid over each other they are rough speech, but people's.
"""

import json
import multiprocessing
import random
import re
import subprocess
import sys
from pathlib import Path

import numpy

from network import RATE
from people import sound_of
from phrases import composed, pinyin
from speak import COUNTS

PHRASES = 3000
SPEAKERS = ["3", "5"]
INITIALS = dict(zh="ㄓ", ch="ㄔ", sh="ㄕ", b="ㄅ", p="ㄆ", m="ㄇ", f="ㄈ", d="ㄉ", t="ㄊ", n="ㄋ", l="ㄌ", g="ㄍ", k="ㄎ", h="ㄏ", j="ㄐ", q="ㄑ", x="ㄒ", r="ㄖ", z="ㄗ", c="ㄘ", s="ㄙ")  # fmt: skip
FINALS = dict(
    a="ㄚ", o="ㄛ", e="ㄜ", ai="ㄞ", ei="ㄟ", ao="ㄠ", ou="ㄡ", an="ㄢ", en="ㄣ", ang="ㄤ", eng="ㄥ", er="ㄦ", i="ㄧ", ia="ㄧㄚ", ie="ㄧㄝ", iao="ㄧㄠ", iu="ㄧㄡ", ian="ㄧㄢ",
    u="ㄨ", ua="ㄨㄚ", uo="ㄨㄛ", uai="ㄨㄞ", ui="ㄨㄟ", uan="ㄨㄢ", un="ㄨㄣ", uang="ㄨㄤ", ong="ㄨㄥ", ueng="ㄨㄥ", v="ㄩ", ve="ㄩㄝ", van="ㄩㄢ", vn="ㄩㄣ", iong="ㄩㄥ",
)  # fmt: skip
FINALS |= {"in": "ㄧㄣ", "iang": "ㄧㄤ", "ing": "ㄧㄥ"}
#: Syllables without an initial are written with y and w.
ALONE = dict(yi="i", yin="in", ying="ing", you="iu", yong="iong", yu="v", yue="ve", yuan="van", yun="vn", wu="u", wei="ui", wen="un", weng="ueng")


def zhuyin(syllable):
    """Pinyin without its tone -> Zhuyin; None where it is no Mandarin syllable."""
    final = ALONE.get(syllable) or re.sub("^w", "u", re.sub("^y", "i", syllable))
    initial = ""
    if syllable[0] not in "yw":
        initial = next((i for i in INITIALS if syllable.startswith(i)), "")
        final = syllable[len(initial) :]
        if initial in ("j", "q", "x"):
            final = re.sub("^u", "v", final)
        if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
            return INITIALS[initial]
    return INITIALS.get(initial, "") + FINALS[final] if final in FINALS else None


def recorded(root):
    """{(speaker, Zhuyin with tone): float [N]}"""
    files = sorted(root.glob("gcin-voice/usr/share/gcin-voice/ogg/*/*.ogg"))
    sounds = multiprocessing.Pool(2).map(sound_of, files)
    return {(file.stem, file.parent.name): sound for file, sound in zip(files, sounds) if len(sound) > 0.08 * RATE}


def joined(parts, overlap):
    """One sound of several, each laid over the end of the one before."""
    whole = parts[0]
    for part in parts[1:]:
        n = min(overlap, len(part) // 3, len(whole) // 3)
        ramp = numpy.linspace(0, 1, n, dtype=numpy.float32)
        whole = numpy.concatenate([whole[: len(whole) - n], whole[len(whole) - n :] * (1 - ramp) + part[:n] * ramp, part[n:]])
    return whole


def main():
    folder = Path(sys.argv[1])
    root = folder / "debian"
    if not (root / "gcin-voice").exists():
        root.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-qq", "gcin-voice"], cwd=root, check=True, capture_output=True)
        subprocess.run(["dpkg-deb", "-x", str(next(root.glob("gcin-voice_*.deb"))), str(root / "gcin-voice")], check=True)
    syllables, rng = recorded(root), random.Random("syllables")
    # Other phrases than espeak's: the draw goes on where its ended.
    phrases = composed({"zh": COUNTS["others"]["zh"] + PHRASES})[-PHRASES:]
    sounds, rows = [], []
    for (language, text, target), tones in zip(phrases, pinyin([text for _, text, _ in phrases], "tones")):
        speaker, parts = rng.choice(SPEAKERS), []
        fast, overlap = rng.uniform(0.9, 1.35), int(RATE * rng.uniform(0.02, 0.06))
        for name in tones.split():
            base, tone = zhuyin(name.rstrip("012345")), name[-1]
            spelt = [f"{base}{t}" for t in ("1" if tone == "0" else "" if tone == "1" else tone, "", "4", "2", "3", "1")]
            part = next((syllables[speaker, s] for s in spelt if (speaker, s) in syllables), None)
            if base is None or part is None:
                break
            # The long end of a syllable said alone is left away.
            part = part[: int(len(part) * rng.uniform(0.72, 0.95))]
            part = numpy.interp(numpy.arange(0, len(part) - 1, fast), numpy.arange(len(part)), part).astype(numpy.float32)
            parts.append(part * rng.uniform(0.6, 1))
        else:
            sound = joined(parts, overlap)
            if len(sound) < 8 * RATE:
                sounds.append((sound / numpy.abs(sound).max() * 30000).astype(numpy.int16))
                rows.append(dict(language=language, text=text, target=target, voice=f"person/gcin-{speaker}"))
    ends = numpy.cumsum([len(s) for s in sounds])
    numpy.save(folder / "syllables.npy", numpy.concatenate(sounds))
    numpy.save(folder / "syllables-ends.npy", ends)
    (folder / "syllables.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf8")
    print(len(rows), "of", len(phrases), f"{ends[-1] / RATE / 60:.0f} minutes")


if __name__ == "__main__":
    main()
