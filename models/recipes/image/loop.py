"""The loop of both stages: legs of one picture size each, batches from a process beside, checkpoints that survive a kill."""

import json
import multiprocessing
import os
import random
import time
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy
import torch

from network import MEAN, STD
from samples import Pictures

#: Steps in which the rate rises in each leg.
WARM = 50


class Leg(NamedTuple):
    """`side` in pixels; `rates`: the highest rate of each of the optimiser's groups. It falls to a hundredth in each leg."""

    side: int
    steps: int
    rates: tuple


def tensor(pictures):
    """uint8 [B, S, S, 3] -> normalised float [B, 3, S, S]."""
    pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255
    pixels = (pixels - torch.tensor(MEAN).view(1, 3, 1, 1)) / torch.tensor(STD).view(1, 3, 1, 1)
    return pixels.contiguous(memory_format=torch.channels_last)


def producer(queue, folder, seed, side, shares):
    cv2.setNumThreads(1)
    pictures = Pictures(folder, seed)
    while True:
        queue.put(pictures.batch(side, shares))


def run(model, optimiser, legs, folder: Path, checkpoint: Path, *, seed, shares, loss, check):
    """Trains to the end of the legs, from the checkpoint where there is one.

    `loss(pixels, known, rng)`: the loss of a batch. `check(side)`: what is measured every hundred steps, {name: per cent}.
    """
    # Convolutions of this torch run half as fast again on this layout.
    model.to(memory_format=torch.channels_last)
    step, curve = 0, []
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        step, curve = saved["step"], saved["curve"]
    else:
        print(json.dumps({"step": 0, **check(legs[0].side)}), flush=True)
    rng, started, first = random.Random(seed + step), time.time(), 0
    for leg in legs:
        end = first + leg.steps
        if step < end:
            queue = multiprocessing.Queue(6)
            worker = multiprocessing.Process(target=producer, args=(queue, folder, seed + step, leg.side, shares), daemon=True)
            worker.start()
            sums = []
            while step < end:
                done = step - first
                share = min(1, (done + 1) / WARM) * (0.01 + 0.495 * (1 + numpy.cos(numpy.pi * done / leg.steps)))
                for group, most in zip(optimiser.param_groups, leg.rates):
                    group["lr"] = most * share
                pictures, known = queue.get()
                value = loss(tensor(pictures), known, rng)
                optimiser.zero_grad(set_to_none=True)
                value.backward()
                optimiser.step()
                step += 1
                sums.append(value.item())
                if step % 100 == 0 or step == end:
                    curve.append({"step": step, "side": leg.side, "loss": round(float(numpy.mean(sums)), 4), **check(leg.side)})
                    sums = []
                    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "curve": curve}
                    torch.save(state, f"{checkpoint}.new")
                    os.replace(f"{checkpoint}.new", checkpoint)
                    print(json.dumps(curve[-1]), f"{time.time() - started:.0f} s", flush=True)
            worker.terminate()
        first = end
