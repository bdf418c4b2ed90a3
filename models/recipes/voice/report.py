"""Draws the curves of training: report.py <folder> <target>."""

import sys
from pathlib import Path

import matplotlib
import torch

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

NAMES = {"ctc": "CTC, a letter", "nce": "InfoNCE", "language": "language", "cosine": "cosine to the words' vector"}


def main():
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    curve = torch.load(folder / "checkpoint.pt")["curve"]
    figure, axes = pyplot.subplots(1, len(NAMES), figsize=(14, 3.2))
    for axis, (name, title) in zip(axes, NAMES.items()):
        axis.plot([c["step"] for c in curve], [c[name] for c in curve])
        axis.set_title(title)
        axis.set_xlabel("step")
        axis.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(target / "curves.png", dpi=80, metadata={"Software": None})


if __name__ == "__main__":
    main()
