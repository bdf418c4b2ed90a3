"""First stage: the pretrained body learns kind, colour and pattern together, before it meets the texts."""

import argparse
import json
import multiprocessing
import os
import time
from pathlib import Path

import cv2
import numpy
import torch
from torch.nn import functional

from network import CLOTHING, MEAN, PATTERNS, STD, ImageEncoder
from photos import gather, products
from samples import COLORS, Pictures

SEED = 20261123
#: (side in pixels, steps, highest rate of what was pretrained and of what is new) of each leg; the rate falls to nothing in each.
LEGS = [(64, 1_600, 0.03, 0.1), (96, 420, 0.012, 0.02)]


def tensor(pictures):
    """uint8 [B, S, S, 3] -> normalised float [B, 3, S, S]."""
    pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255
    return (pixels - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)


def producer(queue, folder, seed, side):
    cv2.setNumThreads(1)
    pictures = Pictures(folder, seed)
    while True:
        queue.put(pictures.batch(side))


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
    parser.add_argument("--threads", type=int, default=1)
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
    step, curve, checkpoint = 0, [], folder / "body.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        step, curve = saved["step"], saved["curve"]
    else:
        print(json.dumps({"step": 0, **check(model, data, LEGS[0][0])}), flush=True)
    started, begin, worker = time.time(), 0, None
    for side, steps, *rates in LEGS:
        if step < begin + steps:
            queue = multiprocessing.Queue(6)
            worker = multiprocessing.Process(target=producer, args=(queue, folder, SEED + step, side), daemon=True)
            worker.start()
        sums = []
        while step < begin + steps:
            done = step - begin
            for group, most in zip(optimiser.param_groups, rates):
                group["lr"] = most * min(1, (done + 1) / 60) * (0.02 + 0.49 * (1 + numpy.cos(numpy.pi * done / steps)))
            pictures, known = queue.get()
            loss = heads_loss(model, model(tensor(pictures)), known, kinds)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            step += 1
            sums.append(loss.item())
            if step % 100 == 0 or step == begin + steps:
                curve.append({"step": step, "side": side, "loss": round(float(numpy.mean(sums)), 4), **check(model, data, side)})
                sums = []
                torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "curve": curve}, f"{checkpoint}.new")
                os.replace(f"{checkpoint}.new", checkpoint)
                print(json.dumps(curve[-1]), f"{time.time() - started:.0f} s", flush=True)
        if worker:
            worker.terminate()
            worker = None
        begin += steps


if __name__ == "__main__":
    main()
