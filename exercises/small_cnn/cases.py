"""One set of handwriting drawn by code: strokes of a pen, no two images alike.

A digit is a few polylines on a grid of 4 by 6, y downwards. Each image moves the points of its
strokes a little, makes them narrower or wider and slants them, shifts the whole by up to two
pixels, draws it with a pen of its own thickness and pressure, and adds noise.
"""

import numpy as np

SIZE = 12
WIDTH, HEIGHT = 4, 6
TRAINING, HELD_OUT, EPOCHS = 600, 300, 30
SHIFT = 2  # pixels, at most

# Digit -> polylines of (x, y), written as digits: "00 40" is a line along the top of the grid.
STROKES = {
    0: ["10 30 41 45 36 16 05 01 10"],
    1: ["02 20 26", "06 46"],
    2: ["01 10 30 41 42 06 46"],
    3: ["00 40 23 43 45 36 16 05"],
    4: ["36 30 04 44"],
    5: ["40 00 03 33 44 45 36 06"],
    6: ["40 20 03 05 16 36 45 44 33 03"],
    7: ["00 40 16", "13 33"],
    8: ["13 01 10 30 41 33 13 05 16 36 45 33"],
    9: ["43 13 02 01 10 30 41 43 26 06"],
}


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs, what the oracle alone is told)."""
    images, labels = _drawn(rng, TRAINING)
    held_out, held_out_labels = _drawn(rng, HELD_OUT)
    inputs = {
        "images": images,
        "labels": labels,
        "held_out": held_out,
        "epochs": EPOCHS,
        "seed": int(rng.integers(2**31)),
    }
    yield "digits-drawn-with-a-pen", "learning", inputs, {"held_out_labels": held_out_labels}


def _drawn(rng, count):
    """Return images (count, 1, SIZE, SIZE) and labels (count,), as many of each digit, mixed."""
    labels = rng.permutation(np.arange(count) % 10)
    return np.stack([_image(rng, label) for label in labels])[:, np.newaxis], labels


def _image(rng, label):
    """Return one image: dark 0, the stroke of the pen 1, in steps of 1/255."""
    starts, ends = _placed(rng, STROKES[int(label)])
    thickness, pressure = rng.uniform(0.4, 0.9), rng.uniform(0.6, 1.0)
    ink = pressure * np.clip(thickness + 0.5 - _distance(starts, ends), 0.0, 1.0)
    noisy = ink + rng.normal(0.0, 0.06, ink.shape)
    return np.round(255 * np.clip(noisy, 0.0, 1.0)) / 255


def _placed(rng, polylines):
    """Return the two ends of every line in pixels, (x, y), around the middle of the image."""
    size = np.array([rng.uniform(4.5, 6.0), rng.uniform(7.0, 8.0)])
    slant, shift = rng.uniform(-0.25, 0.25), rng.integers(-SHIFT, SHIFT + 1, 2)
    starts, ends = [], []
    for polyline in polylines:
        points = np.array([(int(x), int(y)) for x, y in polyline.split()], np.float64)
        points += rng.normal(0.0, 0.12, points.shape)
        points = (points / (WIDTH, HEIGHT) - 0.5) * size
        points[:, 0] -= slant * points[:, 1]  # the top leans to the right where slant is positive
        points += (SIZE - 1) / 2 + shift
        starts.extend(points[:-1])
        ends.extend(points[1:])
    return np.array(starts), np.array(ends)


def _distance(starts, ends):
    """Return how far each pixel (row, column) is from the nearest line, in pixels."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    pixels = np.stack([columns, rows], axis=-1)[:, :, np.newaxis]  # (SIZE, SIZE, 1, 2)
    along = ends - starts
    length = np.maximum((along**2).sum(axis=-1), 1e-12)
    part = np.clip(((pixels - starts) * along).sum(axis=-1) / length, 0.0, 1.0)
    nearest = starts + part[..., np.newaxis] * along
    return np.sqrt(((pixels - nearest) ** 2).sum(axis=-1)).min(axis=-1)
