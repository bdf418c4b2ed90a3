"""Measures the weights that are served (fp16) on what was kept apart, and writes metrics.json, curves.png, validation.json."""

import argparse
import json
import random
from pathlib import Path

import cv2
import matplotlib
import numpy
import torch

import augment
from captions import embedded, key
from export import SIDE
from network import ImageEncoder
from photos import gather
from samples import Pictures, kept_apart
from train import TEN, Texts, check, embed

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

VIEWS = 300


def served(folder):
    """The network with the weights that the ONNX file holds."""
    network = ImageEncoder()
    network.load_state_dict(torch.load(folder / "checkpoint.pt")["model"])
    with torch.no_grad():
        for weight in network.parameters():
            weight.copy_(weight.half().float())
    return network.eval()


def drawings(network, pictures, texts, table, names):
    """Views of drawings to the names of all kinds, in English: per cent right at 1 and 5."""
    rng = random.Random(4)
    chosen = [rng.choice(table) for _ in range(VIEWS)]
    views = [augment.seen(augment.placed(pictures.cutout(d["name"]), pictures.images, SIDE, rng), rng) for d in chosen]
    vectors = embed(network, views, SIDE)
    best = (vectors @ names.T).topk(5).indices
    target = torch.tensor([texts.kinds.index(d["kind"]) for d in chosen]).unsqueeze(1)
    hits = best.eq(target)
    return [round(100 * hits[:, :n].any(1).float().mean().item(), 1) for n in (1, 5)]


def curves(folder, target):
    stages = [torch.load(folder / name)["curve"] for name in ("body.pt", "checkpoint.pt")]
    figure, axes = pyplot.subplots(1, 3, figsize=(15, 4))
    axes[0].plot([c["step"] for c in stages[0]], [c["loss"] for c in stages[0]])
    axes[0].set(title="First stage: loss of the heads", xlabel="step")
    axes[1].plot([c["step"] for c in stages[1]], [c["loss"] for c in stages[1]])
    axes[1].set(title="Second stage: loss with the texts", xlabel="step")
    for name in ("en", "zh"):
        axes[2].plot([c["step"] for c in stages[1]], [c[name] for c in stages[1]], label=f"clothing, ten names, {name}")
    for at, label in ((0, "first"), (1, "first five")):
        axes[2].plot([c["step"] for c in stages[1]], [c["grocery by both"][at] for c in stages[1]], label=f"groceries, {label}")
    axes[2].set(title="Second stage: validation", xlabel="step", ylabel="%", ylim=(40, 100))
    axes[2].legend()
    axes[2].grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(target, dpi=80)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    folder = options.folder
    data = {name: value for name, value in gather(folder).items()}
    pictures = Pictures(folder, 0)
    texts = Texts(folder, pictures)
    ten = {language: torch.from_numpy(rows) for language, rows in embedded(folder, TEN).items()}
    network = served(folder)
    names = torch.stack([texts.table[key("en", "kind", kind)][0] for kind in texts.kinds])
    metrics = {
        "validation": check(network, data, SIDE, texts, ten),
        "drawings_to_english_names_1_5": {
            "seen": drawings(network, pictures, texts, pictures.table, names),
            "never_seen": drawings(network, pictures, texts, pictures.unseen, names),
        },
    }
    (options.target / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    (options.target / "validation.json").write_text(json.dumps(kept_apart(data, pictures), indent=1) + "\n")
    curves(folder, options.target / "curves.png")
    print(json.dumps(metrics, indent=1))


if __name__ == "__main__":
    main()
