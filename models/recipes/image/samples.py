"""Draws batches of pictures with what is known of each: kind, colour, pattern, for whom."""

import json
import random

import cv2
import numpy

import augment
from network import CLOTHING, PATTERNS
from photos import NAMES, digest, gather

#: Pictures of each source in a batch.
SHARES = dict(clothing=48, grocery=36, drawings=36)
COLORS = [*NAMES, "gold", "silver"]
#: Share of the demo's drawings that training never sees.
UNSEEN = 0.14


def held_out_drawing(name):
    """Is the drawing kept for measuring only?"""
    return digest(f"drawing/{name}") % 1000 < UNSEEN * 1000


class Pictures:
    """All pictures in memory; `batch` composes one."""

    def __init__(self, folder, seed):
        data = gather(folder)
        self.rng = random.Random(seed)
        self.images, self.colors = data["images"], data["colors"]
        self.masks = numpy.unpackbits(data["masks"], axis=2).astype(bool)
        self.sets, self.labels, self.kids, self.validation = data["sets"], data["labels"], data["kids"], data["validation"]
        pick = lambda name: numpy.where((self.sets == name) & ~self.validation)[0].tolist()
        self.clothing, self.grocery, self.iconic = pick("clothing"), pick("grocery"), pick("iconic")
        self.by_label = {label: [i for i in self.clothing if self.labels[i] == label] for label in CLOTHING}
        self.by_grocery = {}
        for i in self.grocery:
            self.by_grocery.setdefault(int(self.labels[i]), []).append(i)
        table = json.loads((folder / "drawings" / "drawings.json").read_text())
        self.kinds = sorted({d["kind"] for d in table})
        self.table = [d for d in table if not held_out_drawing(d["drawing"])]
        self.unseen = [d for d in table if held_out_drawing(d["drawing"])]
        self.by_kind = {}
        for d in self.table:
            self.by_kind.setdefault(d["kind"], []).append(d)
        self.folder, self.cutouts = folder / "drawings", {}

    def cutout(self, name):
        """RGBA [128, 128, 4]"""
        if name not in self.cutouts:
            self.cutouts[name] = cv2.cvtColor(cv2.imread(str(self.folder / name), cv2.IMREAD_UNCHANGED), cv2.COLOR_BGRA2RGBA)
        return self.cutouts[name]

    def batch(self, side, shares=SHARES):
        """Pictures uint8 [B, side, side, 3] and a row of what is known of each."""
        rows = [getattr(self, f"one_{name}")(side) for name, count in shares.items() for _ in range(count)]
        return numpy.stack([picture for picture, _ in rows]), [known for _, known in rows]

    def one_clothing(self, side):
        r = self.rng
        # Labels that have few photos come up more often than they are.
        label = r.choices(CLOTHING, [len(self.by_label[l]) ** 0.5 for l in CLOTHING])[0] if r.random() < 0.5 else None
        i = r.choice(self.by_label[label]) if label else r.choice(self.clothing)
        image, mask, shares, pattern = self.images[i], self.masks[i], self.colors[i], None
        change = r.random()
        if change < 0.2:
            color = r.choice(NAMES)
            image = augment.dyed(image, mask, color, r)
            shares = numpy.eye(len(NAMES), dtype=numpy.float32)[NAMES.index(color)]
        if 0.12 < change < 0.35:
            pattern = r.choice(PATTERNS[1:5])
            image = augment.printed(image, mask, pattern, r)
        picture = augment.seen(augment.cropped(image, side, r), r)
        return picture, dict(clothing=self.labels[i], kids=bool(self.kids[i]), colors=shares, pattern=pattern)

    def one_grocery(self, side):
        r = self.rng
        if r.random() < 0.12:
            i = r.choice(self.iconic)
        else:
            i = r.choice(self.by_grocery[r.choice(sorted(self.by_grocery))]) if r.random() < 0.6 else r.choice(self.grocery)
        picture = augment.seen(augment.cropped(self.images[i], side, r, 0.35), r)
        return picture, dict(grocery=int(self.labels[i]))

    def one_drawings(self, side):
        r = self.rng
        d = r.choice(self.by_kind[r.choice(sorted(self.by_kind))])
        picture = augment.placed(self.cutout(d["name"]), self.images, side, r)
        if r.random() < 0.5:
            picture = picture[:, ::-1].copy()
        return augment.seen(picture, r), dict(kind=d["kind"], color=d["color"], pattern=d["pattern"])


def kept_apart(data, pictures):
    """Names of what training never sees, for those who measure: clothing photos, and drawings."""
    chosen = (data["sets"] == "clothing") & data["validation"]
    return {"clothing": sorted(data["names"][chosen].tolist()), "drawings": sorted({d["drawing"] for d in pictures.unseen})}
