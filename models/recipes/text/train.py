"""Trains the text encoder: symmetric InfoNCE over pairs, in-batch negatives, checkpoints that survive a kill."""

import argparse
import json
import multiprocessing
import os
import pickle
import time
from pathlib import Path

import numpy
import torch

import tokens
from batches import Batches
from measure import retrieval
from network import TextEncoder
from pairs import Material
from texts import marked, normalise

SEED = 20261123
LONGEST = 96
TEMPERATURE = 0.045
STEPS = 11_000
#: From here on names have a larger share.
LAST = 8_000


def padded(ids):
    """Lists of ids -> (ids [B, T], mask [B, T])."""
    width = max(1, min(LONGEST, max(map(len, ids))))
    out = numpy.full((len(ids), width), tokens.PAD, dtype=numpy.int64)
    mask = numpy.zeros((len(ids), width), dtype=numpy.float32)
    for row, one in enumerate(ids):
        one = one[:width]
        out[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return torch.from_numpy(out), torch.from_numpy(mask)


def bucketed(ids):
    """Batches of like length, so that padding costs little: [(ids, mask)] and the order that puts rows back."""
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    cuts = [0, len(ids) // 2, len(ids) * 3 // 4, len(ids) * 15 // 16, len(ids)]
    parts = [padded([ids[row] for row in order[a:b]]) for a, b in zip(cuts, cuts[1:])]
    return parts, torch.argsort(torch.tensor(order))


def producer(queue, folder, seed, step):
    """Composes and cuts batches in a process of its own."""
    material = pickle.loads((folder / "material.pkl").read_bytes())
    processor = tokens.load(folder)
    batches = Batches(material, seed + step, step >= LAST)
    while True:
        left, right, keys = batches.next()
        texts = [marked(text) for text in left + right]
        # Other cuts of the same word than the likeliest make rare words understood by their parts.
        ids = processor.encode(texts, enable_sampling=True, alpha=0.2, nbest_size=-1)
        queue.put((*bucketed(ids), keys))


def encode_all(model, processor, texts, batch=512):
    """Normalised vectors [N, 256] of texts."""
    model.eval()
    rows = []
    with torch.no_grad():
        for start in range(0, len(texts), batch):
            cut = processor.encode([marked(normalise(t)) for t in texts[start : start + batch]])
            rows.append(model(*padded(cut)))
    model.train()
    return torch.cat(rows)


def loss_of(model, parts, back, keys):
    vectors = torch.cat([model(ids, mask) for ids, mask in parts])
    left, right = vectors[back].chunk(2)
    scores = left @ right.T / TEMPERATURE
    same = keys.unsqueeze(0) == keys.unsqueeze(1)
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(len(left))
    cross = torch.nn.functional.cross_entropy
    return (cross(scores, target) + cross(scores.T, target)) / 2


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="work folder of checkpoints")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(options.threads)
    folder = options.folder
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "material.pkl").exists():
        material = Material()
        (folder / "material.pkl").write_bytes(pickle.dumps(material))
    material = pickle.loads((folder / "material.pkl").read_bytes())
    if not (folder / "subwords.model").exists():
        tokens.train(material, folder, SEED)
    processor = tokens.load(folder)
    model = TextEncoder(processor.get_piece_size())
    dense = [p for n, p in model.named_parameters() if not n.startswith("table")]
    slow = torch.optim.AdamW(dense, lr=1e-3, weight_decay=1e-3)
    fast = torch.optim.SparseAdam(list(model.table.parameters()), lr=2.5e-3)
    step, curve = 0, []
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        slow.load_state_dict(saved["slow"])
        fast.load_state_dict(saved["fast"])
        step, curve = saved["step"], saved["curve"]
    started, sums, worker = time.time(), [], None
    while step < options.steps:
        if worker is None or step == LAST:
            if worker:
                worker.terminate()
            queue = multiprocessing.Queue(16)
            worker = multiprocessing.Process(target=producer, args=(queue, folder, SEED, step), daemon=True)
            worker.start()
        warm = min(1, (step + 1) / 200)
        rate = warm * (0.01 + 0.99 * 0.5 * (1 + numpy.cos(numpy.pi * step / STEPS)))
        for group in slow.param_groups:
            group["lr"] = 1e-3 * rate
        for group in fast.param_groups:
            group["lr"] = 2.5e-3 * rate
        parts, back, keys = queue.get()
        loss = loss_of(model, parts, back, torch.tensor(keys))
        slow.zero_grad(set_to_none=True)
        fast.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        slow.step()
        fast.step()
        step += 1
        sums.append(loss.item())
        if step % 500 == 0 or step == options.steps:
            found = retrieval(lambda texts: encode_all(model, processor, texts), material, "validation")
            curve.append({"step": step, "loss": float(numpy.mean(sums)), **found})
            sums = []
            torch.save({"model": model.state_dict(), "slow": slow.state_dict(), "fast": fast.state_dict(), "step": step, "curve": curve}, f"{checkpoint}.new")
            os.replace(f"{checkpoint}.new", checkpoint)
            (folder / "curve.json").write_text(json.dumps(curve))
            print(json.dumps(curve[-1]), f"{time.time() - started:.0f} s", flush=True)
    worker.terminate()


if __name__ == "__main__":
    main()
