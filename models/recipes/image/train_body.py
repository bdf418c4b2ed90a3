"""First stage: the pretrained body learns kind, colour and pattern together, before it meets the texts."""

import argparse
from pathlib import Path

import cv2
import numpy
import torch
from torch.nn import functional

import loop
from loop import Leg, tensor
from network import CLOTHING, PATTERNS, ImageEncoder
from photos import gather, products
from samples import COLORS, SHARES, Pictures

SEED = 20261123
#: Rates of what was pretrained, and of the heads that are new.
LEGS = [Leg(64, 700, (0.03, 0.1)), Leg(96, 160, (0.012, 0.02))]


def heads_loss(model, features, known, kinds):
    """Cross entropy of every head over the rows that know its answer; summed."""
    rows = lambda key: [i for i, k in enumerate(known) if k.get(key) is not None]
    total = 0.0
    for head, key, number in (
        ("clothing", "clothing", CLOTHING.index),
        ("grocery", "grocery", int),
        ("kinds", "kind", kinds.index),
        ("patterns", "pattern", PATTERNS.index),
        ("colors", "color", COLORS.index),
    ):
        at = rows(key)
        if at:
            target = torch.tensor([number(known[i][key]) for i in at])
            weight = 0.5 if head in ("patterns", "colors") else 1.0
            total = total + weight * functional.cross_entropy(model.heads[head](features[at]), target, label_smoothing=0.1) * len(at) / len(known)
    at = rows("colors")
    if at:
        shares = torch.from_numpy(numpy.stack([known[i]["colors"] for i in at]))
        shares = torch.cat([shares, torch.zeros(len(at), len(COLORS) - shares.shape[1])], 1) ** 1.5 + 1e-3
        logits = functional.log_softmax(model.heads["colors"](features[at]), 1)
        total = total - 0.5 * (shares / shares.sum(1, keepdim=True) * logits).sum(1).mean() * len(at) / len(known)
    return total


def features_of(model, images, side, batch=64):
    """Features [N, 256] of whole pictures."""
    model.eval()
    rows = []
    with torch.no_grad():
        for start in range(0, len(images), batch):
            part = tensor(numpy.stack([cv2.resize(i, (side, side), interpolation=cv2.INTER_AREA) for i in images[start : start + batch]]))
            rows.append(model(part))
    model.train()
    return torch.cat(rows)


def check(model, data, side):
    """Per cent right on the validation photos: clothing (17 labels), groceries (81)."""
    result = {}
    for head, name, number in (("clothing", "clothing", CLOTHING.index), ("grocery", "grocery-val", int)):
        at = numpy.where((data["sets"] == name) & data["validation"])[0]
        with torch.no_grad():
            best = model.heads[head](features_of(model, data["images"][at], side)).argmax(1).numpy()
        result[head] = round(100 * float(numpy.mean(best == [number(data["labels"][i]) for i in at])), 1)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(1)
    folder = options.folder
    data = {key: value for key, value in gather(folder).items()}
    model = ImageEncoder().load_pretrained([p["folder"] for p in products()])
    kinds = Pictures(folder, 0).kinds
    fresh = [p for n, p in model.named_parameters() if n.startswith(("heads.kinds", "heads.colors", "heads.patterns"))]
    rest = [p for n, p in model.named_parameters() if n.startswith(("body", "heads.clothing", "heads.grocery"))]
    optimiser = torch.optim.SGD([{"params": rest}, {"params": fresh}], lr=0.01, momentum=0.9, nesterov=True, weight_decay=5e-4)
    loop.run(
        model, optimiser, LEGS, folder, folder / "body.pt", seed=SEED, shares=SHARES,
        loss=lambda pixels, known, _: heads_loss(model, model(pixels), known, kinds),
        check=lambda side: check(model, data, side),
    )  # fmt: skip


if __name__ == "__main__":
    main()
