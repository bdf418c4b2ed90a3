"""Second stage: pictures meet texts. Cross entropy over the names of all kinds, and InfoNCE with composed captions."""

import argparse
import random
from pathlib import Path

import cv2
import numpy
import torch
from torch.nn import functional

import loop
from captions import LANGUAGES, embedded, everything, key
from loop import Leg
from network import CLOTHING, ImageEncoder
from photos import NAMES, gather
from samples import Pictures
from train_body import features_of, heads_loss

SEED = 20261124
TEMPERATURE = 0.05
LEGS = [Leg(96, 260, (0.02,)), Leg(128, 800, (0.01,))]
#: A batch at these sizes: fewer pictures than at 64 pixels.
SHARES = dict(clothing=28, grocery=24, drawings=20)
#: The ten names of the target, in the order of TEN_LABELS.
TEN_LABELS = ["Dress", "Hat", "Longsleeve", "Outwear", "Pants", "Shirt", "Shoes", "Shorts", "Skirt", "T-Shirt"]
TEN = {
    "en": ["Dress", "Hat", "Long-sleeve top", "Jacket", "Trousers", "Shirt", "Shoes", "Shorts", "Skirt", "T-shirt"],
    "zh": ["连衣裙", "帽子", "长袖上衣", "外套", "长裤", "衬衫", "鞋子", "短裤", "半身裙", "T恤"],
}


def caption_of(known, kinds_patterned, rng):
    """The key of a caption that says what is known of a picture, and of it a part only, as people do."""
    language = rng.choice(LANGUAGES)
    if "grocery" in known:
        return key("en", "product", str(known["grocery"])) if rng.random() < 0.6 else key(language, "coarse", str(known["grocery"]))
    pattern = known["pattern"] if rng.random() < 0.6 else None
    if "kind" in known:
        color = known["color"] if rng.random() < 0.75 else None
        return key(language, "kind", known["kind"], color, pattern if known["kind"] in kinds_patterned else None)
    color = NAMES[int(known["colors"].argmax())] if known["colors"].max() > 0.45 and rng.random() < 0.75 else None
    return key(language, "clothing", known["clothing"], color, pattern)


class Texts:
    """Vectors of the captions, and the tables of names that pictures are told apart by."""

    def __init__(self, folder, pictures):
        self.kinds = pictures.kinds
        self.patterned = {d["kind"] for d in [*pictures.table, *pictures.unseen] if d["pattern"] != "plain"}
        self.table = {k: torch.from_numpy(v) for k, v in embedded(folder, everything(self.kinds, self.patterned)).items()}

    def one(self, k, rng):
        ways = self.table[k]
        return ways[rng.randrange(len(ways))]

    def names(self, source, ids, rng):
        """[n, 256]: one way to say each, in one language."""
        language = "en" if source == "product" else rng.choice(LANGUAGES)
        return torch.stack([self.one(key(language, source, i), rng) for i in ids])


def loss_of(model, pixels, known, texts, rng):
    features = model(pixels)
    vectors_ = model.project(features)
    total = 0.25 * heads_loss(model, features, known, texts.kinds)
    for source, field, ids, number in (
        ("clothing", "clothing", CLOTHING, CLOTHING.index),
        ("product", "grocery", [str(i) for i in range(81)], int),
        ("kind", "kind", texts.kinds, texts.kinds.index),
    ):
        at = [i for i, k in enumerate(known) if field in k]
        scores = vectors_[at] @ texts.names(source, ids, rng).T / TEMPERATURE
        target = torch.tensor([number(known[i][field]) for i in at])
        total = total + functional.cross_entropy(scores, target, label_smoothing=0.05) * len(at) / len(known)
    keys = [caption_of(k, texts.patterned, rng) for k in known]
    said = torch.stack([texts.one(k, rng) for k in keys])
    scores = vectors_ @ said.T / TEMPERATURE
    same = torch.tensor([[a == b and i != j for j, b in enumerate(keys)] for i, a in enumerate(keys)])
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(len(keys))
    return total + 0.35 * (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target))


def begin(model, pictures, texts, side):
    """The matrix into the text space starts as the ridge regression of captions on features."""
    rng = random.Random(SEED)
    left, right = [], []
    for _ in range(24):
        batch, known = pictures.batch(side, SHARES)
        left.append(features_of(model, list(batch), side))
        right.append(torch.stack([texts.one(caption_of(k, texts.patterned, rng), rng) for k in known]))
    x, y = torch.cat(left), torch.cat(right)
    x1 = torch.cat([x, torch.ones(len(x), 1)], 1)
    solution = torch.linalg.solve(x1.T @ x1 + 1.0 * torch.eye(x1.shape[1]), x1.T @ y)
    with torch.no_grad():
        model.out.weight.copy_(solution[:-1].T)
        model.out.bias.copy_(solution[-1])


def embed(model, images, side):
    with torch.no_grad():
        return model.project(features_of(model, images, side))


def check(model, data, side, texts, ten):
    """Validation: clothing among the ten names (en, zh), groceries among pictures and texts of the 81 (first, first five)."""
    result = {}
    at = numpy.where((data["sets"] == "clothing") & data["validation"] & numpy.isin(data["labels"], TEN_LABELS))[0]
    seen = embed(model, data["images"][at], side)
    target = torch.tensor([TEN_LABELS.index(data["labels"][i]) for i in at])
    for language, names in ten.items():
        result[language] = round(100 * (seen @ names.T).argmax(1).eq(target).float().mean().item(), 1)
    at = numpy.where(data["sets"] == "grocery-val")[0]
    iconic = embed(model, data["images"][data["sets"] == "iconic"], side)
    described = torch.stack([texts.table[key("en", "product", str(i))][-1] for i in range(81)])
    seen = embed(model, data["images"][at], side)
    target = torch.tensor([int(data["labels"][i]) for i in at]).unsqueeze(1)
    for name, scores in (("text", seen @ described.T), ("picture", seen @ iconic.T), ("both", seen @ described.T + seen @ iconic.T)):
        best = scores.topk(5).indices.eq(target)
        result[f"grocery by {name}"] = [round(100 * best[:, :n].any(1).float().mean().item(), 1) for n in (1, 5)]
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
    data = {name: value for name, value in gather(folder).items()}
    pictures = Pictures(folder, SEED)
    texts = Texts(folder, pictures)
    ten = {language: torch.from_numpy(rows) for language, rows in embedded(folder, TEN).items()}
    model = ImageEncoder()
    optimiser = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9, nesterov=True, weight_decay=5e-4)
    checkpoint = folder / "checkpoint.pt"
    if not checkpoint.exists():
        model.load_state_dict(torch.load(folder / "body.pt")["model"])
        begin(model, pictures, texts, LEGS[0].side)
    loop.run(
        model, optimiser, LEGS, folder, checkpoint, seed=SEED, shares=SHARES,
        loss=lambda pixels, known, rng: loss_of(model, pixels, known, texts, rng),
        check=lambda side: check(model, data, side, texts, ten),
    )  # fmt: skip


if __name__ == "__main__":
    main()
