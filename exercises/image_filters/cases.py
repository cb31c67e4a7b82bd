"""Small pictures, drawn here; the oracle answers them."""

import numpy as np


def _grid(height, width):
    return np.mgrid[:height, :width]


def _house(rng):
    """A dusk sky, a sun, a house with a roof and a lit window, a lawn, and the camera's grain."""
    row, column = _grid(9, 11)
    picture = 200.0 - 10 * row  # the sky darkens downwards
    picture[(row - 2) ** 2 + (column - 8) ** 2 <= 2] = 245
    picture[row >= 7] = 60
    picture[(row >= 4) & (row < 8) & (abs(column - 3) <= 2)] = 130
    picture[(row < 4) & (row >= 1) & (abs(column - 3) <= row - 1)] = 90
    picture[5, 3:5] = 230
    return picture + rng.integers(-5, 6, size=picture.shape)


def _tower(rng):
    """A bright tower on a dark hill, taller than it is wide."""
    row, column = _grid(8, 5)
    picture = 40.0 + 9 * row
    picture[(row >= 2) & (column >= 1) & (column <= 2)] = 220
    picture[row - 5 >= abs(column - 2)] = 15
    return picture + rng.integers(-5, 6, size=picture.shape)


def _planet(rng):
    """A shaded disc that keeps two black pixels from each side."""
    row, column = _grid(9, 9)
    inside = (row - 4) ** 2 + (column - 4) ** 2 <= 5
    light = 120 + 12 * (4 - row) + 9 * (column - 4) + rng.integers(0, 6, size=row.shape)
    return np.where(inside, light, 0).astype(float)


def _slope(rng):
    """Bright at the top left, dark at the bottom right, in even steps along rows and columns."""
    row, column = _grid(4, 6)
    down, right = rng.choice(np.arange(3, 14), size=2, replace=False)
    return 240.0 - down * row - right * column


def cases(rng: np.random.Generator):
    """Yield (name, group, inputs)."""
    yield "house-at-dusk", "pictures", {"image": _house(rng)}
    yield "tower", "pictures", {"image": _tower(rng)}
    # Nothing but black near the border: any border is as good as another.
    yield "planet-in-the-dark", "pictures", {"image": _planet(rng)}
    # An even slope has no edges inside, however steep it is.
    yield "even-slope", "pictures", {"image": _slope(rng), "border": "repeat"}
    yield "house-with-repeated-border", "borders", {"image": _house(rng), "border": "repeat"}
    # With a repeated border a wall has no edge at all; with zeros its border is one.
    wall = np.full((4, 5), float(rng.integers(50, 200)))
    yield "white-wall-with-repeated-border", "borders", {"image": wall, "border": "repeat"}
    yield "white-wall", "borders", {"image": wall.copy()}
    one = rng.integers(50, 200, size=(1, 1)).astype(float)
    yield "one-pixel-with-repeated-border", "borders", {"image": one, "border": "repeat"}
    yield "one-pixel", "borders", {"image": one.copy()}
    row = rng.choice(np.arange(20, 240.0), size=(1, 6), replace=False)
    yield "one-row", "borders", {"image": row, "border": "repeat"}
    yield "uint8", "types", {"image": _tower(rng).astype(np.uint8)}
    yield (
        "uint8-with-repeated-border",
        "types",
        {"image": _tower(rng).astype(np.uint8), "border": "repeat"},
    )
    # Many programs keep an image as numbers from 0 to 1.
    yield "numbers-from-0-to-1", "types", {"image": _tower(rng) / 255}
    yield "float32", "types", {"image": (_tower(rng) / 255).astype(np.float32), "border": "repeat"}
    yield "not-contiguous-in-memory", "types", {"image": np.asfortranarray(_house(rng))[::2, ::-1]}
