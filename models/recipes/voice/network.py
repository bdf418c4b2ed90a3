"""The network: waveform -> log-mel frames -> convolution -> two-way LSTM -> characters (CTC), a vector of the text space, a language."""

import json
import math
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

RATE = 16_000
WINDOW = 400
HOP = 160
BINS = 512
MELS = 80
WIDTH = 256
HIDDEN = 256
LAYERS = 2
#: Characters that each state of the recurrent layers tells, one after the other: its 40 ms are too long for fast speech.
A_STATE = 2
#: Samples of one output frame: the hop, and two convolutions that halve.
FRAME = HOP * 4 // A_STATE
LANGUAGES = ["en", "zh", "es", "fr", "de", "ru", "pt"]
#: Characters that are written; the blank of CTC is number 0. Chinese is written in Pinyin without tones, a space after each syllable.
LETTERS = " '&abcdefghijklmnopqrstuvwxyzßàáâãäçèéêëíîïñóôõöùúûüœабвгдежзийклмнопрстуфхцчшщъыьэюяё"
SYMBOLS = ["", *LETTERS]


def mel_filters(warp=1.0):
    """Triangles [MELS, BINS / 2 + 1] between 20 Hz and 7,600 Hz, evenly spaced in mels; `warp` stretches the frequencies (a longer or shorter vocal tract)."""
    mel = lambda hertz: 2595 * math.log10(1 + hertz / 700)
    points = 700 * (10 ** (numpy.linspace(mel(20), mel(7600), MELS + 2) / 2595) - 1)
    # Warped below 4,800 Hz, then linear to the same end (VTLP, Jaitly and Hinton 2013).
    knee = 4800 * min(warp, 1) / warp
    if warp != 1:
        points = numpy.where(points <= knee, points * warp, 8000 - (8000 - knee * warp) / (8000 - knee) * (8000 - points))
    frequencies = numpy.arange(BINS // 2 + 1) * RATE / BINS
    low, middle, high = points[:-2, None], points[1:-1, None], points[2:, None]
    rising, falling = (frequencies - low) / (middle - low), (high - frequencies) / (high - middle)
    return torch.tensor(numpy.maximum(0, numpy.minimum(rising, falling)), dtype=torch.float32)


def fourier():
    """Windowed cosines and sines as kernels [BINS + 2, 1, WINDOW]: the spectrum as a convolution, so that the served graph takes samples."""
    window = numpy.hanning(WINDOW + 1)[:-1]
    angle = 2 * numpy.pi * numpy.outer(numpy.arange(BINS // 2 + 1), numpy.arange(WINDOW)) / BINS
    return torch.tensor(numpy.concatenate([numpy.cos(angle) * window, numpy.sin(angle) * window]), dtype=torch.float32).unsqueeze(1)


class Features(nn.Module):
    """Samples [B, N] at 16 kHz -> log-mel frames [B, MELS, N / HOP], each band minus its mean over the recording."""

    def __init__(self):
        super().__init__()
        self.register_buffer("kernels", fourier(), persistent=False)
        self.register_buffer("filters", mel_filters(), persistent=False)

    def power(self, samples):
        spectrum = functional.conv1d(samples.unsqueeze(1), self.kernels, stride=HOP, padding=WINDOW // 2)
        half = BINS // 2 + 1
        return spectrum[:, :half] ** 2 + spectrum[:, half:] ** 2

    def forward(self, samples, filters=None):
        return torch.log(torch.matmul(self.filters if filters is None else filters, self.power(samples)) + 1e-4)


class VoiceEncoder(nn.Module):
    """See the file's docstring. Inputs are log-mel frames [B, MELS, T], padded at the end; `frames` [B]: how many are real."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv1d(MELS, WIDTH, 5, stride=2, padding=2)
        self.second = nn.Conv1d(WIDTH, WIDTH, 5, stride=2, padding=2)
        self.norms = nn.ModuleList([nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)])
        # One for each way of each layer: packed sequences, which torch has for this, take six times as long on a CPU.
        sizes = [WIDTH, *[2 * HIDDEN] * (LAYERS - 1)]
        self.there = nn.ModuleList([nn.LSTM(size, HIDDEN, batch_first=True) for size in sizes])
        self.back = nn.ModuleList([nn.LSTM(size, HIDDEN, batch_first=True) for size in sizes])
        self.between = nn.ModuleList([nn.LayerNorm(2 * HIDDEN) for _ in range(LAYERS)])
        self.dropout = nn.Dropout(0.15)
        self.characters = nn.Linear(2 * HIDDEN, A_STATE * len(SYMBOLS))
        self.attention = nn.Linear(2 * HIDDEN, 4)
        self.meaning = nn.Sequential(nn.Linear(8 * HIDDEN, 512), nn.ReLU(), nn.Linear(512, WIDTH))
        self.language = nn.Linear(2 * HIDDEN, len(LANGUAGES))

    def levelled(self, mel, mask):
        """Minus the mean of each band over the real frames, over one scale."""
        mean = (mel * mask).sum(2, keepdim=True) / mask.sum(2, keepdim=True)
        return (mel - mean) / 3 * mask

    def convolved(self, x):
        x = functional.relu(self.norms[0](self.first(x).transpose(1, 2)))
        return functional.relu(self.norms[1](self.second(x.transpose(1, 2)).transpose(1, 2)))

    def recurrent(self, x, reverse):
        """Both ways, layer by layer; `reverse` turns the real frames of each recording around."""
        for there, back, norm in zip(self.there, self.back, self.between):
            x = norm(torch.cat([there(x)[0], reverse(back(reverse(x))[0])], 2))
            x = self.dropout(x)
        return x

    def states(self, mel, frames):
        mask = (torch.arange(mel.shape[2])[None, :] < frames[:, None]).unsqueeze(1).float()
        x = self.convolved(self.levelled(mel, mask).to(self.first.weight.dtype))
        lengths = torch.div(torch.div(frames + 1, 2, rounding_mode="floor") + 1, 2, rounding_mode="floor")
        at = torch.arange(x.shape[1])[None, :]
        order = torch.where(at < lengths[:, None], lengths[:, None] - 1 - at, at).unsqueeze(2)
        return self.recurrent(x, lambda y: torch.gather(y, 1, order.expand(-1, -1, y.shape[2]))), lengths

    def heads(self, states, mask):
        """Log-probabilities [B, A_STATE · T, symbols], vectors [B, WIDTH] of length 1, log-probabilities of languages [B, L]; `mask` [B, T, 1] of real frames."""
        weights = torch.softmax(self.attention(states) - 1e4 * (1 - mask), dim=1)
        pooled = torch.matmul(weights.transpose(1, 2), states).flatten(1)
        mean = (states * mask).sum(1) / mask.sum(1)
        vectors = functional.normalize(self.meaning(pooled).float(), dim=1)
        characters = self.characters(states).float().reshape(states.shape[0], -1, len(SYMBOLS))
        return functional.log_softmax(characters, 2), vectors, functional.log_softmax(self.language(mean).float(), 1)

    def forward(self, mel, frames):
        states, lengths = self.states(mel, frames)
        mask = (torch.arange(states.shape[1])[None, :] < lengths[:, None]).unsqueeze(2).to(states.dtype)
        return (*self.heads(states, mask), lengths * A_STATE)


class Served(nn.Module):
    """Samples [1, N] -> the three answers, for one recording: nothing is padded there."""

    def __init__(self, encoder):
        super().__init__()
        self.features, self.encoder = Features(), encoder

    def forward(self, samples):
        mel = self.features(samples)
        x = self.encoder.convolved((mel - mel.mean(2, keepdim=True)) / 3)
        states = self.encoder.recurrent(x, lambda y: torch.flip(y, [1]))
        logs, vectors, languages = self.encoder.heads(states, torch.ones_like(states[:, :, :1]))
        return logs, vectors, languages.exp()


def write_symbols(file: Path):
    """What a reader of the outputs needs to know."""
    file.write_text(json.dumps({"symbols": SYMBOLS, "languages": LANGUAGES, "rate": RATE, "samplesPerFrame": FRAME}, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
