"""Speaks the phrases: espeak-ng in all languages with its variants, flite's voices in English. Writes <folder>/<set>.npy, <set>-ends.npy, <set>.json."""

import argparse
import ctypes
import json
import multiprocessing
import random
import subprocess
import tempfile
import wave
from pathlib import Path

import numpy
from scipy.signal import resample_poly

from network import LANGUAGES, RATE
from phrases import composed, digest, free

SEED = 20261126
#: Composed phrases: English is spelt in more ways than the others, and two engines speak it.
COUNTS = {"english": dict(en=15000), "others": dict(zh=6000, es=5500, fr=6500, de=5500, ru=6500, pt=2500)}
DIALECTS = dict(
    en=["en-us", "en-us", "en-us", "en", "en", "en-gb-x-rp", "en-gb-scotland", "en-us-nyc", "en-029", "en-gb-x-gbclan", "en-gb-x-gbcwmd"],
    zh=["cmn"], es=["es", "es-419"], fr=["fr", "fr", "fr-be", "fr-ch"], de=["de"], ru=["ru"], pt=["pt-br", "pt-br", "pt"],
)  # fmt: skip
#: Of espeak's variants, those that are no human voice.
NO_PEOPLE = {"Demonic", "announcer", "Robosoft", "robosoft", "UniRobot", "anikaRobot", "AnxiousAndy", "fast", "whisper", "whisperf", "croak"}
FLITE = ["awb", "rms", "slt", "kal16"]
FLITE_SHARE = 0.4
#: Further English phrases that flite alone speaks: its voices are recorded ones.
FLITE_ONLY = 9000
#: Share of the variants that only measuring hears, and the ranges of pitch (0-99) and speed (words a minute) that training leaves out.
HELD_OUT = 0.2
UNHEARD_PITCH, UNHEARD_SPEED = (62, 76), (188, 204)


def variants():
    """(trained on, kept apart): names of espeak-ng's voice variants."""
    lines = subprocess.run(["espeak-ng", "--voices=variant"], capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    names = sorted({line.split("!v/")[1].split()[0] for line in lines if "!v/" in line})
    names = [n for n in names if n.rstrip("0123456789") not in NO_PEOPLE]
    apart = [n for n in names if digest(f"variant/{n}") % 1000 < HELD_OUT * 1000]
    return [n for n in names if n not in apart], apart


class Espeak:
    """libespeak-ng in this process: some milliseconds a phrase."""

    RATE, PITCH, RANGE = 1, 3, 4

    def __init__(self):
        self.lib = ctypes.CDLL("libespeak-ng.so.1")
        self.rate = self.lib.espeak_Initialize(2, 0, None, 0)
        self.parts = []
        kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self.callback = kind(self.take)
        self.lib.espeak_SetSynthCallback(self.callback)

    def take(self, samples, count, _events):
        if samples and count:
            self.parts.append(numpy.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def say(self, text, voice, speed, pitch, swing):
        """float [N] at RATE"""
        if self.lib.espeak_SetVoiceByName(voice.encode()):
            raise ValueError(voice)
        for parameter, value in ((self.RATE, speed), (self.PITCH, pitch), (self.RANGE, swing)):
            self.lib.espeak_SetParameter(parameter, value, 0)
        self.parts = []
        data = text.encode() + b"\0"
        self.lib.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 1, 0, 1, None, None)
        sound = numpy.concatenate(self.parts).astype(numpy.float32) / 32768 if self.parts else numpy.zeros(0, numpy.float32)
        return resample_poly(sound, 320, 441).astype(numpy.float32) if self.rate == 22050 else sound


def flite(text, voice, stretch, pitch):
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "--setf", f"int_f0_target_mean={pitch}", "-t", text, "-o", file.name], check=True)
        return read_wave(file.name)


def read_wave(file):
    """float [N] at RATE"""
    with wave.open(str(file)) as w:
        sound = numpy.frombuffer(w.readframes(w.getnframes()), numpy.int16).astype(numpy.float32) / 32768
        rate = w.getframerate()
    if rate == RATE:
        return sound
    divisor = numpy.gcd(rate, RATE)
    return resample_poly(sound, RATE // divisor, rate // divisor).astype(numpy.float32)


def outside(rng, low, high, gap):
    """A number of the range, outside the gap."""
    while True:
        value = rng.randint(low, high)
        if not gap[0] <= value <= gap[1]:
            return value


def trimmed(sound):
    """Without the silence around it, but for a little."""
    loud = numpy.where(numpy.abs(sound) > 0.01)[0]
    return sound[max(0, loud[0] - 800) : loud[-1] + 1600] if len(loud) else sound[:0]


def speaker(pipe):
    """A process that speaks: libespeak-ng sometimes dies of a variant, and takes its process along."""
    espeak = Espeak()
    while True:
        pipe.send(espeak.say(*pipe.recv()))


class Speaker:
    def __init__(self):
        self.begin()

    def begin(self):
        self.pipe, other = multiprocessing.Pipe()
        self.process = multiprocessing.Process(target=speaker, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def say(self, *asked):
        """float [N] at RATE; nothing where the engine died of it."""
        self.pipe.send(asked)
        try:
            return self.pipe.recv()
        except EOFError:
            print("espeak-ng died of", *asked, flush=True)
            self.begin()
            return numpy.zeros(0, numpy.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("set", choices=[*COUNTS, "flite", "free"])
    options = parser.parse_args()
    rng, espeak = random.Random(f"{SEED}/{options.set}"), Speaker()
    if options.set == "flite":
        # Other phrases: the draw goes on where the set "english" ended.
        phrases = composed({"en": COUNTS["english"]["en"] + FLITE_ONLY})[-FLITE_ONLY:]
    else:
        phrases = free() if options.set == "free" else composed(COUNTS[options.set])
    heard, _ = variants()
    sounds, rows = [], []
    for language, text, target in phrases:
        if options.set == "flite" or (language == "en" and rng.random() < FLITE_SHARE):
            voice = rng.choice(FLITE)
            sound = flite(text, voice, round(rng.uniform(0.72, 1.35), 2), round(rng.gauss(185 if voice == "slt" else 115, 24)))
            voice = f"flite/{voice}"
        else:
            voice = rng.choice(DIALECTS[language]) + (f"+{rng.choice(heard)}" if rng.random() < 0.92 else "")
            sound = espeak.say(text, voice, outside(rng, 105, 230, UNHEARD_SPEED), outside(rng, 15, 95, UNHEARD_PITCH), rng.randint(20, 80))
        sound = trimmed(sound)
        if not 0.25 * RATE < len(sound) < 8 * RATE:
            continue
        peak = numpy.abs(sound).max()
        sounds.append((sound / peak * 30000).astype(numpy.int16))
        rows.append(dict(language=language, text=text, target=target, voice=voice))
        if len(rows) % 2000 == 0:
            print(len(rows), flush=True)
    ends = numpy.cumsum([len(s) for s in sounds])
    numpy.save(options.folder / f"{options.set}.npy", numpy.concatenate(sounds))
    numpy.save(options.folder / f"{options.set}-ends.npy", ends)
    (options.folder / f"{options.set}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf8")
    print({l: sum(r["language"] == l for r in rows) for l in LANGUAGES}, f"{ends[-1] / RATE / 3600:.1f} hours")


if __name__ == "__main__":
    main()
