"""Batches of what a telephone would have recorded: rooms, noise, other levels, narrow lines, other throats."""

import json
import random
from pathlib import Path

import numpy
import torch

from network import BINS, HOP, MELS, RATE, SYMBOLS, WINDOW, mel_filters

#: What speak.py, people.py and syllables.py made.
SETS = ["english", "flite", "others", "free", "people", "syllables"]
NUMBER = {symbol: i for i, symbol in enumerate(SYMBOLS)}
#: Stretches of the vocal tract, as filters made once.
WARPS = [mel_filters(warp).numpy() for warp in numpy.linspace(0.82, 1.2, 20)]
PLAIN = mel_filters().numpy()
HANN = numpy.hanning(WINDOW + 1)[:-1].astype(numpy.float32)


def rows(folder):
    """What was spoken: language, text, target, voice."""
    return [row for name in SETS for row in json.loads((folder / f"{name}.json").read_text(encoding="utf8"))]


def room(rng):
    """An impulse response: the direct sound, and noise that fades away."""
    noise = numpy.random.RandomState(rng.getrandbits(31))
    length = int(RATE * rng.uniform(0.05, 0.4))
    tail = noise.normal(0, 1, length) * numpy.exp(-6.9 * numpy.arange(length) / length)
    response = numpy.zeros(length + 40, numpy.float32)
    response[40 : 40 + length] = tail / numpy.sqrt((tail**2).sum()) * rng.uniform(0.1, 0.9)
    response[0] = 1
    return response


def coloured(rng, length):
    """Noise whose strength falls or rises with frequency."""
    noise = numpy.random.RandomState(rng.getrandbits(31))
    spectrum = numpy.fft.rfft(noise.normal(0, 1, length))
    spectrum *= numpy.maximum(numpy.arange(len(spectrum)), 20) ** rng.uniform(-1, 0.2)
    sound = numpy.fft.irfft(spectrum, length)
    return (sound / (sound.std() + 1e-9)).astype(numpy.float32)


def equalised(sound, rng):
    """Through microphone and line: a smooth curve over the frequencies, sometimes a telephone's band."""
    size = len(sound)
    spectrum = numpy.fft.rfft(sound)
    frequencies = numpy.linspace(0, RATE / 2, len(spectrum))
    knots = numpy.array([rng.gauss(0, 5) for _ in range(8)])
    curve = numpy.interp(frequencies, [0, 150, 400, 900, 1800, 3200, 5000, 8000], knots)
    if rng.random() < 0.25:
        curve = curve - 60 * (frequencies > rng.uniform(3300, 4200)) - 40 * (frequencies < rng.uniform(100, 320))
    elif rng.random() < 0.3:
        curve = curve - 40 * (frequencies > rng.uniform(5000, 7500))
    return numpy.fft.irfft(spectrum * 10 ** (curve / 20), size).astype(numpy.float32)


def power(sound):
    """Power spectra [BINS / 2 + 1, N / HOP + 1], framed as `Features` does."""
    padded = numpy.pad(sound, WINDOW // 2)
    frames = numpy.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * HANN
    return (numpy.abs(numpy.fft.rfft(frames, BINS, axis=1)) ** 2).T.astype(numpy.float32)


class Speech:
    """The recordings in memory, and how they are drawn and worn out."""

    def __init__(self, folder: Path, seed):
        parts = [(numpy.load(folder / f"{name}.npy", mmap_mode="r"), numpy.load(folder / f"{name}-ends.npy")) for name in SETS]
        self.places = [(sounds, start, end) for sounds, ends in parts for start, end in zip([0, *ends[:-1]], ends)]
        self.rows = rows(folder)
        self.meanings = numpy.load(folder / "meanings.npy", mmap_mode="r")
        self.rng = random.Random(seed)
        # Of like length, so that little is padded; people's recordings several times.
        order = numpy.argsort([end - start for _, start, end in self.places], kind="stable")
        self.order = numpy.repeat(order, [self.rows[i].get("times", 1) for i in order])

    def sound(self, i):
        sounds, start, end = self.places[i]
        return sounds[start:end].astype(numpy.float32) / 32768

    def worn(self, i):
        """float [N]: one recording through a room, noise and a line."""
        r, sound = self.rng, self.sound(i)
        if r.random() < 0.5:
            # Faster or slower, and with it higher or lower.
            speed = r.uniform(0.88, 1.14)
            sound = numpy.interp(numpy.arange(0, len(sound) - 1, speed), numpy.arange(len(sound)), sound).astype(numpy.float32)
        quiet = lambda: numpy.zeros(int(RATE * r.uniform(0, 0.3)), numpy.float32)
        sound = numpy.concatenate([quiet(), sound, quiet()])
        if r.random() < 0.3:
            response = room(r)
            size = len(sound)
            n = 1 << (size + len(response) - 1).bit_length()
            sound = numpy.fft.irfft(numpy.fft.rfft(sound, n) * numpy.fft.rfft(response, n), n)[:size].astype(numpy.float32)
        if r.random() < 0.55:
            sound = equalised(sound, r)
        level = numpy.sqrt((sound**2).mean()) + 1e-6
        if r.random() < 0.4:
            sound = sound + coloured(r, len(sound)) * level * 10 ** (-r.uniform(8, 40) / 20)
        if r.random() < 0.05:
            other = self.sound(r.randrange(len(self.rows)))
            other = numpy.resize(other, len(sound))
            sound = sound + other * level / (other.std() + 1e-6) * 10 ** (-r.uniform(12, 30) / 20)
        if r.random() < 0.05:
            peak = numpy.abs(sound).max() * r.uniform(0.3, 0.9)
            sound = numpy.clip(sound, -peak, peak)
        if r.random() < 0.08:
            # Eight bits a sample, as the mu-law of telephones.
            scaled = sound / (numpy.abs(sound).max() + 1e-6)
            code = numpy.round(numpy.sign(scaled) * numpy.log1p(255 * numpy.abs(scaled)) / numpy.log(256) * 127) / 127
            sound = (numpy.sign(code) * (256 ** numpy.abs(code) - 1) / 255).astype(numpy.float32)
        return sound / (numpy.sqrt((sound**2).mean()) + 1e-6) * 0.07 * 10 ** (r.gauss(0, 3) / 20)

    def mel(self, i):
        """[MELS, T]: log-mel frames of a worn recording, through another throat, with bands and moments missing."""
        r = self.rng
        filters = WARPS[r.randrange(len(WARPS))] if r.random() < 0.75 else PLAIN
        mel = numpy.log(filters @ power(self.worn(i)) + 1e-4)
        for _ in range(2):
            if r.random() < 0.2:
                width, at = r.randrange(1, 14), r.randrange(MELS)
                mel[at : at + width] = mel.mean()
            if r.random() < 0.15:
                width, at = r.randrange(1, 14), r.randrange(mel.shape[1])
                mel[:, at : at + width] = mel.mean()
        return mel

    def batch(self, size, share=1.0):
        """Some recordings of like length, of the shortest `share` of all: what a step of training takes."""
        near = self.rng.randrange(max(1, int(share * len(self.order)) - 8 * size))
        chosen = self.rng.sample(list(self.order[near : near + 8 * size]), size)
        return self.packed([self.mel(int(i)) for i in chosen], [int(i) for i in chosen])

    def packed(self, mels, at):
        frames = torch.tensor([m.shape[1] for m in mels])
        padded = torch.zeros(len(mels), MELS, int(frames.max()))
        for row, mel in enumerate(mels):
            padded[row, :, : mel.shape[1]] = torch.from_numpy(mel)
        targets = [[NUMBER[c] for c in self.rows[i]["target"]] for i in at]
        return dict(
            mel=padded, frames=frames, targets=torch.tensor(sum(targets, [])), target_lengths=torch.tensor([len(t) for t in targets]),
            meanings=torch.from_numpy(numpy.stack([self.meanings[i] for i in at])), languages=[self.rows[i]["language"] for i in at],
        )  # fmt: skip
