"""Reads the photos: square, with the mask of what they show, its colour, and a split by near-duplicate clusters."""

import csv
import hashlib
import os
from pathlib import Path

import cv2
import numpy

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("DATA_DIR", ROOT.parent / "shared" / "data"))
SIDE = 160
#: Share of the clothing photos kept for validation, and the distance under which two photos are of one cluster.
VALIDATION = 0.12
NEAR = 24


def digest(text):
    """A number that is the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def squared(path):
    """RGB [SIDE, SIDE, 3] on white, and the same image as it is."""
    image = cv2.cvtColor(cv2.imread(str(path), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    scale = SIDE / max(image.shape[:2])
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    height, width = image.shape[:2]
    out = numpy.full((SIDE, SIDE, 3), 255, numpy.uint8)
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    out[top : top + height, left : left + width] = image[:SIDE, :SIDE]
    return out, (top, left, min(height, SIDE), min(width, SIDE))


def mask_of(image, box):
    """What is in the middle, by GrabCut at half the size from a frame of the photo's border: bool [SIDE, SIDE]."""
    half = SIDE // 2
    small = cv2.resize(image, (half, half), interpolation=cv2.INTER_AREA)
    top, left, height, width = (v // 2 for v in box)
    labels = numpy.full((half, half), cv2.GC_BGD, numpy.uint8)
    edge = max(1, int(0.04 * min(height, width)))
    labels[top + edge : top + height - edge, left + edge : left + width - edge] = cv2.GC_PR_FGD
    models = numpy.zeros((1, 65)), numpy.zeros((1, 65))
    cv2.setRNGSeed(1)
    cv2.grabCut(small, labels, None, *models, 4, cv2.GC_INIT_WITH_MASK)
    mask = (labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)
    # Where nothing or everything stands out, the middle it is.
    if not 0.05 < mask.mean() < 0.95 * height * width / half**2:
        mask = numpy.zeros_like(mask)
        mask[top + height // 5 : top + height - height // 5, left + width // 5 : left + width - width // 5] = True
    return cv2.resize(mask.astype(numpy.uint8), (SIDE, SIDE), interpolation=cv2.INTER_NEAREST).astype(bool)


#: Centres of the colour names in CIE Lab; several for names that are wide.
COLORS = {
    "black": [(12, 0, 0), (25, 0, -2)],
    "white": [(95, 0, 0), (88, 0, 2)],
    "grey": [(50, 0, 0), (65, 0, -1), (38, 0, -1), (76, 0, 0)],
    "red": [(45, 62, 40), (32, 45, 25), (38, 55, 30)],
    "orange": [(63, 42, 60), (68, 30, 55)],
    "yellow": [(85, 0, 70), (75, 8, 60), (88, -3, 45)],
    "green": [(50, -38, 28), (35, -20, 15), (70, -30, 40), (42, -12, 20), (45, -30, 0), (70, -28, 5)],
    "blue": [(38, 10, -45), (22, 5, -22), (60, -8, -30), (35, 0, -20), (50, -3, -22), (75, -8, -18)],
    "purple": [(35, 38, -38), (28, 22, -22), (60, 25, -28)],
    "pink": [(70, 38, 2), (80, 20, 4), (58, 58, 0), (75, 25, 12)],
    "brown": [(35, 16, 22), (25, 10, 12), (45, 16, 26)],
    "beige": [(78, 4, 18), (68, 6, 20), (85, 3, 12)],
}
NAMES = list(COLORS)
CENTRES = numpy.array([c for name in NAMES for c in COLORS[name]], numpy.float32)
OWNER = numpy.array([i for i, name in enumerate(NAMES) for _ in COLORS[name]])


def color_shares(image, mask):
    """Share of each of the twelve colours among the pixels of the mask: float [12]."""
    lab = cv2.cvtColor(image.astype(numpy.float32) / 255, cv2.COLOR_RGB2Lab)[mask]
    if len(lab) == 0:
        return numpy.full(len(NAMES), 1 / len(NAMES), numpy.float32)
    # Lightness counts less than hue: shade and folds change it.
    weights = numpy.array([0.6, 1, 1], numpy.float32)
    distance = (((lab[:, None] - CENTRES) * weights) ** 2).sum(2)
    return numpy.bincount(OWNER[distance.argmin(1)], minlength=len(NAMES)).astype(numpy.float32) / len(lab)


def difference_hash(image, box):
    """256 bits of which neighbour is brighter, in the photo without its white borders."""
    top, left, height, width = box
    gray = cv2.cvtColor(image[top : top + height, left : left + width], cv2.COLOR_RGB2GRAY)
    small = cv2.resize(gray, (17, 16), interpolation=cv2.INTER_AREA)
    return (small[:, 1:] > small[:, :-1]).reshape(-1)


def clusters(hashes):
    """A cluster's number for each of the hashes [N, 256]: near duplicates share one, also through others."""
    parent = list(range(len(hashes)))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    bits = hashes.astype(numpy.float32)
    for start in range(0, len(bits), 512):
        part = bits[start : start + 512]
        distance = part.sum(1)[:, None] + bits.sum(1)[None] - 2 * part @ bits.T
        for a, b in zip(*numpy.where(distance <= NEAR)):
            parent[root(start + a)] = root(int(b))
    return [root(i) for i in range(len(hashes))]


def clothing():
    """[(path, label, for kids)]"""
    with open(SHARED / "clothing" / "labels.csv", newline="") as file:
        return [(SHARED / "clothing" / r["image"], r["label"], r["kids"] == "True") for r in csv.DictReader(file)]


def grocery(which):
    """[(path, class number)] of train or val."""
    rows = [line.split(", ") for line in (SHARED / "grocery" / f"{which}.txt").read_text().splitlines()]
    return [(SHARED / "grocery" / path, int(number)) for path, number, _ in rows]


def products():
    """The 81 groceries by number: {"name", "coarse", "picture", "folder" of its photos, "description"}."""
    with open(SHARED / "grocery" / "classes.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    base = SHARED / "grocery" / "products"
    folders = {number: str(path.parent.relative_to(SHARED / "grocery" / "train")) for path, number in grocery("train")}
    found = []
    for row in sorted(rows, key=lambda r: int(r["Class ID (int)"])):
        local = lambda key: base / row[key].split("iconic-images-and-descriptions/")[1]
        found.append(
            {
                "name": row["Class Name (str)"].replace("-", " "),
                "coarse": row["Coarse Class Name (str)"].replace("-", " "),
                "picture": local("Iconic Image Path (str)"),
                "folder": folders[int(row["Class ID (int)"])],
                "description": local("Product Description Path (str)").read_text(encoding="utf8").strip(),
            }
        )
    return found


def gather(folder):
    """Everything as arrays in `folder`/photos.npz: images, masks, colours, labels, split; made once."""
    target = folder / "photos.npz"
    if not target.exists():
        rows = [("clothing", p, label, kids) for p, label, kids in clothing()]
        rows += [("grocery", p, number, False) for p, number in grocery("train")]
        rows += [("grocery-val", p, number, False) for p, number in grocery("val")]
        rows += [("iconic", p["picture"], number, False) for number, p in enumerate(products())]
        images, masks, colors, hashes = [], [], [], []
        for name, path, _, _ in rows:
            image, box = squared(path)
            # Only clothes are dyed and printed.
            mask = mask_of(image, box) if name == "clothing" else numpy.ones((SIDE, SIDE), bool)
            hashes.append(difference_hash(image, box))
            images.append(image)
            masks.append(mask)
            colors.append(color_shares(image, mask))
        group = clusters(numpy.stack(hashes))
        sets = numpy.array([r[0] for r in rows])
        # A cluster goes where the hash of its first photo's name says; one that holds training photos of groceries stays there.
        first = {g: min(rows[i][1].name for i in range(len(rows)) if group[i] == g) for g in set(group)}
        validation = numpy.array([s == "clothing" and digest(first[g]) % 1000 < VALIDATION * 1000 for s, g in zip(sets, group)])
        validation |= sets == "grocery-val"
        numpy.savez(
            target,
            images=numpy.stack(images),
            masks=numpy.packbits(numpy.stack(masks), axis=2),
            colors=numpy.stack(colors),
            sets=sets,
            names=numpy.array([r[1].name for r in rows]),
            labels=numpy.array([str(r[2]) for r in rows]),
            kids=numpy.array([r[3] for r in rows]),
            validation=validation,
            clusters=numpy.array(group),
        )
    return numpy.load(target)
