"""Pools from the definition: the places that each window covers, one list for each window."""

from dataclasses import asdict, dataclass
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

seeds = st.integers(0, 2**32 - 1)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))


@dataclass(frozen=True)
class Pool:
    """An image size and pairs (vertical, horizontal) that fit on it."""

    size: tuple[int, int]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    ceil_mode: bool

    @property
    def options(self):
        named = asdict(self)
        return {name: named[name] for name in ("stride", "padding", "dilation", "ceil_mode")}

    @property
    def options_of_averages(self):
        return {name: value for name, value in self.options.items() if name != "dilation"}

    @property
    def windows(self):
        """Return (row of windows, column of windows) -> the places that the window covers."""
        rows, columns = (taps(self, axis) for axis in (0, 1))
        return {
            (i, j): [(r, c) for r in rows[i] for c in columns[j]]
            for i in range(len(rows))
            for j in range(len(columns))
        }

    def inside(self, places):
        """Return those of the places that are pixels."""
        return [(r, c) for r, c in places if 0 <= r < self.size[0] and 0 <= c < self.size[1]]

    def inside_padding(self, places):
        """Return those of the places that are pixels or padding."""
        (height, width), (above, left) = self.size, self.padding
        return [
            (r, c) for r, c in places if -above <= r < height + above and -left <= c < width + left
        ]

    @property
    def every_window_sees_the_image(self):
        return all(self.inside(places) for places in self.windows.values())


def taps(pool, axis):
    """Windows begin as long as they fit, or with ceil_mode as long as there is a gap."""
    size, kernel, stride, padding, dilation = (
        getattr(pool, name)[axis] for name in ("size", "kernel", "stride", "padding", "dilation")
    )
    extent, end = dilation * (kernel - 1) + 1, size + padding
    found = [start for start in range(-padding, end, stride) if start + extent <= end]
    after = found[-1] + stride
    if pool.ceil_mode and after < size and after - stride + extent < end:
        found.append(after)
    return [[start + tap * dilation for tap in range(kernel)] for start in found]


@st.composite
def pools(draw, dilations=pairs, blind=False):
    """Draw pools; if blind, some windows may see only padding, which takes dilation."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(dilations)
    padding = tuple(
        draw(st.integers(0, k // 2)) if d == 1 or blind else 0
        for k, d in zip(kernel, dilation, strict=True)
    )
    size = tuple(
        max(1, d * (k - 1) + 1 - 2 * p) + draw(st.integers(0, 5))
        for k, d, p in zip(kernel, dilation, padding, strict=True)
    )
    return Pool(size, kernel, stride, padding, dilation, draw(st.booleans()))


pools_of_averages = pools(dilations=st.just((1, 1)))


def eighths(seed, *shape):
    """Return multiples of 1/8, many of them equal, of which all sums are exact."""
    return np.random.default_rng(seed).integers(-12, 12, shape) / 8


def exact_sums(shape, terms):
    """Return the exact sum of the terms (index, Fraction) of each index, rounded once."""
    sums = np.full(shape, Fraction(0), object)
    for index, term in terms:
        sums[index] += term
    return sums.astype(np.float64)
