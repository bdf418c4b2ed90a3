"""Pictures as cameras see them: other places, sizes, turns, light, blur, JPEG, and other colours and patterns of clothes."""

import random

import cv2
import numpy

#: Dark, middle and light tone of each colour (as the demo's drawings have them).
RAMPS = {
    "black": ("#08080a", "#2b2b2f", "#6a6a70"), "white": ("#8f959d", "#e9ebee", "#ffffff"), "grey": ("#3a3d42", "#868b92", "#d0d4d9"),
    "red": ("#5c0710", "#d42032", "#ff9a94"), "orange": ("#7a3304", "#f07c1a", "#ffcf9c"), "yellow": ("#806002", "#f5cd1c", "#fff3a6"),
    "green": ("#0b3d1a", "#2a9a48", "#a6e6b0"), "blue": ("#0a1f5c", "#2460d8", "#9cc4ff"), "purple": ("#32105c", "#7c3ac8", "#d3aeff"),
    "pink": ("#7d1f4e", "#f06fa8", "#ffd0e4"), "brown": ("#2c160a", "#7b4a24", "#c99b6b"), "beige": ("#7d6748", "#dcc7a0", "#fbf3e0"),
}  # fmt: skip
RGB = {name: [numpy.array([int(tone[i : i + 2], 16) for i in (1, 3, 5)], numpy.float32) for tone in tones] for name, tones in RAMPS.items()}


def dyed(image, mask, color, rng: random.Random):
    """The masked part in another colour, by the ramp of its lightness; the middle tone wanders a little."""
    light = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(numpy.float32)
    inside = light[mask]
    if len(inside) < 50:
        return image
    low, middle, high = numpy.quantile(inside, (0.02, 0.5, 0.98))
    dark, mid, bright = RGB[color]
    mid = mid + numpy.array([rng.gauss(0, 14) for _ in range(3)], numpy.float32)
    below = numpy.clip((light - low) / max(8, middle - low), 0, 1)[..., None]
    above = numpy.clip((light - middle) / max(25, high - middle), 0, 1)[..., None] * 0.7
    tone = numpy.where((light < middle)[..., None], dark + (mid - dark) * below**0.6, mid + (bright - mid) * above)
    soft = cv2.GaussianBlur(mask.astype(numpy.float32), (5, 5), 0)[..., None]
    return numpy.clip(image * (1 - soft) + tone * soft, 0, 255).astype(numpy.uint8)


def pattern_mask(pattern, side, rng: random.Random):
    """How much ink a pixel takes, 0-1: float [side, side]; any size, turn and place."""
    period = side / rng.uniform(5, 16)
    turn = rng.choice([0, 0, 90]) + rng.gauss(0, 8) if pattern == "striped" else rng.gauss(0, 12)
    angle = numpy.deg2rad(turn)
    y, x = numpy.mgrid[:side, :side].astype(numpy.float32)
    u = (x * numpy.cos(angle) + y * numpy.sin(angle) + rng.uniform(0, period)) / period
    v = (-x * numpy.sin(angle) + y * numpy.cos(angle) + rng.uniform(0, period)) / period
    if pattern == "striped":
        return ((v % 1) < rng.uniform(0.25, 0.6)).astype(numpy.float32)
    if pattern == "checked":
        width = rng.uniform(0.25, 0.5)
        return (((u % 1) < width).astype(numpy.float32) + ((v % 1) < width)) / 2
    shift = (numpy.floor(v) % 2) * 0.5
    dx, dy = (u + shift) % 1 - 0.5, v % 1 - 0.5
    distance = numpy.hypot(dx, dy)
    if pattern == "dotted":
        return (distance < rng.uniform(0.15, 0.32)).astype(numpy.float32)
    petal = 0.25 + 0.15 * numpy.cos(rng.choice([4, 5, 6]) * numpy.arctan2(dy, dx) + rng.uniform(0, 6))
    return ((distance < petal * 1.3) & (distance > 0.07)).astype(numpy.float32)


def printed(image, mask, pattern, rng: random.Random):
    """The masked part with a pattern in an ink that stands out."""
    side = image.shape[0]
    ink_mask = pattern_mask(pattern, side, rng) * cv2.GaussianBlur(mask.astype(numpy.float32), (3, 3), 0) * rng.uniform(0.65, 0.95)
    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(numpy.float32)
    base = gray[mask].mean() if mask.any() else 128
    ink = rng.choice(["white", "beige", "yellow", "pink"] if base < 120 else ["black", "blue", "red", "green", "brown"])
    shade = (gray / max(40, base)).clip(0.4, 1.3)[..., None]
    tone = RGB[ink][1] * shade
    return numpy.clip(image * (1 - ink_mask[..., None]) + tone * ink_mask[..., None], 0, 255).astype(numpy.uint8)


def backdrop(side, photos, rng: random.Random):
    """Something for a drawing to stand on: a plain colour, a fall of light, a blurred photo, or white."""
    kind = rng.random()
    if kind < 0.3:
        return numpy.full((side, side, 3), rng.choice([255, 255, 248, 240]), numpy.uint8)
    if kind < 0.65:
        a, b = (numpy.array([rng.uniform(60, 255)] * 3) + [rng.gauss(0, 22) for _ in range(3)] for _ in range(2))
        ramp = numpy.linspace(0, 1, side)[:, None, None]
        image = a * (1 - ramp) + b * ramp + numpy.zeros((1, side, 1))
        image = image + numpy.random.RandomState(rng.getrandbits(31)).normal(0, rng.uniform(0, 8), image.shape)
        return numpy.rot90(numpy.clip(image, 0, 255).astype(numpy.uint8), rng.randrange(4)).copy()
    photo = photos[rng.randrange(len(photos))]
    at, size = rng.randrange(40), rng.randrange(60, 120)
    crop = cv2.resize(photo[at : at + size, at : at + size], (side, side))
    return cv2.GaussianBlur(crop, (0, 0), rng.uniform(1.5, 6))


def placed(cutout, photos, side, rng: random.Random):
    """A drawing (RGBA) put on a backdrop, turned, sized, with a shadow: RGB [side, side, 3]."""
    back = backdrop(side, photos, rng)
    source = cutout.shape[0]
    scale = side / source * rng.uniform(0.5, 0.98)
    matrix = cv2.getRotationMatrix2D((source / 2, source / 2), rng.gauss(0, 12), scale)
    matrix[:, 2] += side / 2 - source / 2 + numpy.array([rng.gauss(0, 0.06 * side), rng.gauss(0, 0.06 * side)])
    shade = matrix.copy()
    shade[:, 2] += rng.uniform(1, 0.06 * side)
    warp = lambda picture, m: cv2.warpAffine(picture, m, (side, side), flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    alpha = cutout[..., 3].astype(numpy.float32) / 255
    color = cutout[..., :3].astype(numpy.float32) * alpha[..., None]
    out = back.astype(numpy.float32)
    if rng.random() < 0.6:
        shadow = cv2.GaussianBlur(warp(alpha, shade), (0, 0), side / 40) * rng.uniform(0.15, 0.5)
        out *= 1 - shadow[..., None]
    out = out * (1 - warp(alpha, matrix)[..., None]) + warp(color, matrix)
    return numpy.clip(out, 0, 255).astype(numpy.uint8)


def cropped(image, side, rng: random.Random, smallest=0.45, flip=True):
    """A random part at the wanted size, sometimes mirrored and turned."""
    source = image.shape[0]
    area = rng.uniform(smallest, 1.1)
    ratio = rng.uniform(0.8, 1.25)
    width, height = source * (area * ratio) ** 0.5, source * (area / ratio) ** 0.5
    x, y = (source - width) * rng.random(), (source - height) * rng.random()
    a, b = (rng.gauss(0, 0.12) for _ in range(2)) if rng.random() < 0.5 else (0.0, 0.0)
    corners = numpy.array([[x, y], [x + width, y + a * height], [x + b * width, y + height]], numpy.float32)
    target = numpy.array([[0, 0], [side, 0], [0, side]], numpy.float32)
    if flip and rng.random() < 0.5:
        target[:, 0] = side - target[:, 0]
    matrix = cv2.getAffineTransform(corners, target)
    if width > 1.6 * side:
        image = cv2.GaussianBlur(image, (0, 0), 0.35 * width / side)
    return cv2.warpAffine(image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))


def seen(image, rng: random.Random):
    """Light, white balance, blur, noise and JPEG of a telephone."""
    out = image.astype(numpy.float32)
    if rng.random() < 0.7:
        out = 255 * (out / 255) ** rng.uniform(0.75, 1.35)
        out = (out - 128) * rng.uniform(0.8, 1.25) + 128 + rng.gauss(0, 10)
        out *= numpy.array([rng.gauss(1, 0.035) for _ in range(3)], numpy.float32)
    if rng.random() < 0.15:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 1.1))
    if rng.random() < 0.2:
        out += numpy.random.RandomState(rng.getrandbits(31)).normal(0, rng.uniform(2, 9), out.shape)
    out = numpy.clip(out, 0, 255).astype(numpy.uint8)
    if rng.random() < 0.25:
        _, data = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(35, 85)])
        out = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if rng.random() < 0.2:
        size = rng.randrange(out.shape[0] // 8, out.shape[0] // 3)
        x, y = (rng.randrange(out.shape[0] - size) for _ in range(2))
        out[y : y + size, x : x + size] = [rng.randrange(256) for _ in range(3)]
    return out

