"""Trains the network: CTC over characters, InfoNCE against the text encoder's vectors, cross entropy over languages."""

import argparse
import json
import multiprocessing
import os
import random
import subprocess
import time
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

from hear import Speech, rows
from export import read_weights
from network import LANGUAGES, WIDTH, VoiceEncoder

SEED = 20261127
STEPS = 7000
BATCH = 32
#: At most; less where training begins with weights that already hear.
RATE, WARM_RATE = 2.4e-3, 1.5e-3
WARM = 200
#: Steps in which recordings are short at first, and then longer and longer: the letters are found sooner.
SHORT = 600
TEMPERATURE = 0.07
PRODUCERS = 1


def embed(folder):
    """The vector of what each recording says, by the starter text encoder: meanings.npy [N, WIDTH]."""
    spoken = rows(folder)
    texts = sorted({row["text"] for row in spoken})
    (folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf8")
    script = Path(__file__).resolve().parent.parent / "image" / "embed.mjs"
    subprocess.run(["node", str(script), str(folder / "texts.json"), str(folder / "texts.f32")], check=True)
    table = numpy.fromfile(folder / "texts.f32", numpy.float32).reshape(len(texts), WIDTH)
    at = {text: row for row, text in enumerate(texts)}
    numpy.save(folder / "meanings.npy", table[[at[row["text"]] for row in spoken]])


def produce(queue, folder, seed, step):
    torch.set_num_threads(1)
    speech = Speech(folder, seed)
    while True:
        queue.put(speech.batch(BATCH, min(1, 0.2 + 0.8 * step / SHORT)))
        step += PRODUCERS


def loss_of(model, batch):
    """The sum, and each part of it."""
    logs, vectors, languages, lengths = model(batch["mel"], batch["frames"])
    written = functional.ctc_loss(logs.transpose(0, 1), batch["targets"], lengths, batch["target_lengths"], zero_infinity=True, reduction="mean")
    scores = vectors @ batch["meanings"].T / TEMPERATURE
    # The same words, said twice, are no wrong answer.
    same = (batch["meanings"] @ batch["meanings"].T > 0.98) & ~torch.eye(len(vectors), dtype=torch.bool)
    meant = functional.cross_entropy(scores.masked_fill(same, -1e4), torch.arange(len(vectors)))
    near = 1 - (vectors * batch["meanings"]).sum(1).mean()
    spoken = functional.nll_loss(languages, torch.tensor([LANGUAGES.index(l) for l in batch["languages"]]))
    total = written + 0.25 * meant + 0.5 * near + 0.2 * spoken
    return total, dict(ctc=written.item(), nce=meant.item(), cosine=1 - near.item(), language=spoken.item())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--warm", type=Path, help="begin with the weights of an exported model (.onnx)")
    options = parser.parse_args()
    folder, checkpoint = options.folder, options.folder / "checkpoint.pt"
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    if not (folder / "meanings.npy").exists():
        embed(folder)
    # Steps are computed in bfloat16, half the time on processors that have it, with weights kept in full.
    model, half = VoiceEncoder(), VoiceEncoder().bfloat16()
    rate = WARM_RATE if options.warm else RATE
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=1e-2, betas=(0.9, 0.98))
    step, curve = 0, []
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        step, curve = saved["step"], saved["curve"]
    elif options.warm:
        model.load_state_dict(read_weights(options.warm, model.state_dict()))
    begun = step + (SHORT if options.warm else 0)
    half.load_state_dict(model.state_dict())
    queue = multiprocessing.Queue(8)
    for number in range(PRODUCERS):
        multiprocessing.Process(target=produce, args=(queue, folder, SEED + 1000 * number + step, begun), daemon=True).start()
    sums, started = [], time.time()
    while step < options.steps:
        share = min(1, (step + 1) / WARM) * (0.02 + 0.49 * (1 + numpy.cos(numpy.pi * step / options.steps)))
        for group in optimiser.param_groups:
            group["lr"] = rate * share
        total, parts = loss_of(half, queue.get())
        half.zero_grad(set_to_none=True)
        total.backward()
        for weight, computed in zip(model.parameters(), half.parameters()):
            weight.grad = computed.grad.float()
        nn.utils.clip_grad_norm_(model.parameters(), 3.0)
        optimiser.step()
        half.load_state_dict(model.state_dict())
        step += 1
        sums.append(parts)
        if step % 50 == 0:
            curve.append({"step": step, **{name: round(float(numpy.mean([s[name] for s in sums])), 4) for name in parts}})
            sums = []
            print(json.dumps(curve[-1]), f"{time.time() - started:.0f} s", flush=True)
            if step % 100 == 0 or step == options.steps:
                torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "curve": curve}, f"{checkpoint}.new")
                os.replace(f"{checkpoint}.new", checkpoint)


if __name__ == "__main__":
    main()
