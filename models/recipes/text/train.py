"""Trains the text encoder: symmetric InfoNCE over pairs, in-batch negatives, checkpoints that survive a kill."""

import argparse
import json
import multiprocessing
import os
import pickle
import time
from pathlib import Path
from typing import NamedTuple

import numpy
import torch

import tokens
from batches import PHASES, Batches, row_key
from measure import retrieval
from network import TextEncoder
from pairs import Material
from rows import Gather, RowAdam
from texts import marked, normalise

SEED = 20261123
#: Tokens that are read of a text, when serving and in training.
LONGEST, LONGEST_TRAINED = 96, 40
TEMPERATURE = 0.045
STEPS = 6_700
TABLE_RATE, RATE = 2.5e-3, 1e-3
#: The vectors of all English names are made anew after so many steps, and from then on they are negatives of every name.
BANK_EVERY, BANK_WEIGHT = 100, 0.25
#: Texts of like length are encoded together, a sixteenth of a batch at a time.
PARTS = 16


class Batch(NamedTuple):
    """`rows`: the subwords that the batch names, once each; `places` [N]: where each token's row stands among them. The tokens
    lie in `shapes`, one (texts, tokens) after the other; `masks` [N]; `back` puts the texts into their order."""

    rows: numpy.ndarray
    places: numpy.ndarray
    masks: numpy.ndarray
    shapes: list
    back: numpy.ndarray
    keys: numpy.ndarray


def padded(ids, longest=LONGEST):
    """Lists of ids -> (ids [B, T], mask [B, T])."""
    width = max(1, min(longest, max(map(len, ids))))
    out = numpy.full((len(ids), width), tokens.PAD, dtype=numpy.int64)
    mask = numpy.zeros((len(ids), width), dtype=numpy.float32)
    for row, one in enumerate(ids):
        one = one[:width]
        out[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return out, mask


def bucketed(ids, keys):
    """Texts of like length lie together, so that padding costs little."""
    order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
    cuts = [len(ids) * part // PARTS for part in range(PARTS + 1)]
    parts = [padded([ids[row] for row in order[a:b]], LONGEST_TRAINED) for a, b in zip(cuts, cuts[1:])]
    rows, places = numpy.unique(numpy.concatenate([part.reshape(-1) for part, _ in parts]), return_inverse=True)
    masks = numpy.concatenate([mask.reshape(-1) for _, mask in parts])
    return Batch(rows, places, masks, [part.shape for part, _ in parts], numpy.argsort(order), numpy.array(keys))


def producer(queue, folder, seed, step):
    """Composes and cuts batches in a process of its own."""
    material = pickle.loads((folder / "material.pkl").read_bytes())
    processor = tokens.load(folder)
    tokens.seed(seed + step)
    batches = Batches(material, seed + step, [shares for start, shares in PHASES if start <= step][-1])
    while True:
        left, right, keys = batches.next()
        texts = [marked(text) for text in left + right]
        # Other cuts of the same word than the likeliest make rare words understood by their parts.
        queue.put(tuple(bucketed(processor.encode(texts, enable_sampling=True, alpha=0.2, nbest_size=-1), keys)))


def encode_all(model, processor, texts, batch=512):
    """Normalised vectors [N, 256] of texts."""
    model.eval()
    cut = processor.encode([marked(normalise(t)) for t in texts])
    order = sorted(range(len(cut)), key=lambda row: len(cut[row]))
    rows = torch.empty(len(cut), model.bias.numel())
    with torch.no_grad():
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            rows[some] = model(*map(torch.from_numpy, padded([cut[row] for row in some])))
    model.train()
    return rows


class Bank:
    """All English category names that are trained on, and their vectors of some steps ago."""

    def __init__(self, material, processor):
        self.texts = [material.names[i]["en"] for i in sorted(material.names)]
        self.place = {row_key(text): at for at, text in enumerate(self.texts)}
        self.processor, self.vectors = processor, None

    def renew(self, model):
        self.vectors = encode_all(model, self.processor, self.texts)

    def loss(self, left, right, keys):
        """Cross entropy of the names of a batch, in whichever language, over all English names."""
        at = [(row, self.place[key]) for row, key in enumerate(keys.tolist()) if key in self.place]
        rows, target = map(torch.tensor, zip(*at))
        scores = torch.cat([left[rows], right[rows]]) @ self.vectors.T / TEMPERATURE
        return torch.nn.functional.cross_entropy(scores, target.repeat(2))


def vectors_of(model, batch):
    """(the rows of the table that the batch names, as a leaf; the texts' vectors in their order)."""
    rows = model.table.weight.detach()[torch.from_numpy(batch.rows)].requires_grad_()
    tokens_ = Gather.apply(rows, torch.from_numpy(batch.places))
    masks = torch.from_numpy(batch.masks)
    sizes = [texts * width for texts, width in batch.shapes]
    parts = [
        model.body(part.view(texts, width, -1), mask.view(texts, width))
        for part, mask, (texts, width) in zip(tokens_.split(sizes), masks.split(sizes), batch.shapes)
    ]
    return rows, torch.cat(parts)[torch.from_numpy(batch.back)]


def loss_of(left, right, keys):
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
    parser.add_argument("--steps", type=int, default=STEPS, help="stop early, for a trial")
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
    slow = torch.optim.AdamW(dense, lr=RATE, weight_decay=1e-3)
    fast = RowAdam(model.table.weight.data)
    bank = Bank(material, processor)
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
        if worker is None or step in dict(PHASES):
            if worker:
                worker.terminate()
            queue = multiprocessing.Queue(16)
            worker = multiprocessing.Process(target=producer, args=(queue, folder, SEED, step), daemon=True)
            worker.start()
        if step and (bank.vectors is None or step % BANK_EVERY == 0):
            bank.renew(model)
        rate = min(1, (step + 1) / 200) * (0.01 + 0.99 * 0.5 * (1 + numpy.cos(numpy.pi * step / STEPS)))
        slow.param_groups[0]["lr"] = RATE * rate
        batch = Batch(*queue.get())
        keys = torch.from_numpy(batch.keys)
        rows, vectors = vectors_of(model, batch)
        left, right = vectors.chunk(2)
        loss = loss_of(left, right, keys)
        total = loss if bank.vectors is None else loss + BANK_WEIGHT * bank.loss(left, right, keys)
        slow.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(dense, 1.0)
        slow.step()
        fast.step(torch.from_numpy(batch.rows), rows.grad, TABLE_RATE * rate)
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
