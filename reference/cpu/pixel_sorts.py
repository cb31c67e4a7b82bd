"""The sorts of pixels that windows with a stride meet, each with taps of its own.

With a stride of s there are s sorts of rows (the rest of the row divided by s) and as many sorts of
columns. The taps that meet one sort of both lie equally far from each other, and what they make of
grad_output is its correlation with them. Windows are of one sort, which all taps meet.
"""

from functools import lru_cache
from math import gcd
from typing import NamedTuple

import numpy as np

from reference.arguments import IntegerArray
from reference.cpu.columns import Steps
from reference.windows import Pair


class Taps(NamedTuple):
    """The taps last, last - step, ... that meet the pixels of one sort, and how, on one axis."""

    last: int
    step: int
    number: int
    start: int
    dilation: int


class Sort(NamedTuple):
    """Pixels of one sort, the taps that meet them, from the last on, and the steps.

    Taps are counted in a kernel, in an array that is read only. The steps are those of the
    correlation with these taps, None if there are none.
    """

    pixels: tuple[slice, slice]
    taps: IntegerArray
    steps: Steps | None


class Table(NamedTuple):
    """All sorts in arrays that are read only, and how far from its place a window reaches.

    sorts (a, b, 4) have the rows and columns of each sort, its first tap and how many it has; taps
    tell which those are in a kernel. A window meets what lies from start before it to end after it.
    """

    sorts: IntegerArray
    taps: IntegerArray
    steps: list[Steps]
    start: Pair
    end: Pair

    def find_places(self, pitch: int) -> IntegerArray:
        """Return where each tap meets the first window of its sort, in rows that begin at start."""
        places = [_find_places(steps, self.start, pitch) for steps in self.steps]
        return np.hstack([np.empty(0, np.int64), *places])


def tabulate_pixels(size: Pair, steps: Steps) -> Table:
    """Return the table of the sorts of pixels."""
    return _tabulate(find_sorts(size, steps), size, steps.stride)


def tabulate_windows(count: Pair, steps: Steps) -> Table:
    """Return the table of the windows, as one sort."""
    taps = np.arange(steps.kernel_size[0] * steps.kernel_size[1])
    return _tabulate([[Sort((slice(None), slice(None)), taps, steps)]], count, (1, 1))


def _tabulate(sorts: list[list[Sort]], size: Pair, step: Pair) -> Table:
    table, taps = np.empty((len(sorts), len(sorts[0]), 4), np.int64), [np.empty(0, np.int64)]
    for a, b in np.ndindex(table.shape[:2]):
        counts = (-(-(size[axis] - rest) // step[axis]) for axis, rest in enumerate((a, b)))
        table[a, b] = *counts, sum(map(len, taps)), sorts[a][b].taps.size
        taps.append(sorts[a][b].taps)
    met = [sort.steps for row in sorts for sort in row if sort.steps is not None]
    start = [max((steps.start[axis] for steps in met), default=0) for axis in (0, 1)]
    end = [max((_find_end(steps, axis) for steps in met), default=0) for axis in (0, 1)]
    return Table(table, np.hstack(taps), met, (start[0], start[1]), (end[0], end[1]))


def _find_end(steps: Steps, axis: int) -> int:
    return (steps.kernel_size[axis] - 1) * steps.dilation[axis] - steps.start[axis]


def _find_places(steps: Steps, start: Pair, pitch: int) -> IntegerArray:
    down, across = (
        start[axis] - steps.start[axis] + steps.dilation[axis] * np.arange(number)
        for axis, number in enumerate(steps.kernel_size)
    )
    return (down[:, None] * pitch + across).reshape(-1)


@lru_cache(maxsize=256)
def find_sorts(size: Pair, steps: Steps) -> list[list[Sort]]:
    """Return the sorts of the pixels of one image of the size, by their sorts of rows."""
    down, across = steps.stride
    places = range(min(down, size[0])), range(min(across, size[1]))
    return [[_make_sort((a, b), steps) for b in places[1]] for a in places[0]]


def _make_sort(place: Pair, steps: Steps) -> Sort:
    pixels = slice(place[0], None, steps.stride[0]), slice(place[1], None, steps.stride[1])
    rows, columns = _find_taps(place[0], 0, steps), _find_taps(place[1], 1, steps)
    if rows is None or columns is None:
        return Sort(pixels, np.empty(0, np.int64), None)
    down, across = (axis.last - axis.step * np.arange(axis.number) for axis in (rows, columns))
    taps = (down[:, None] * steps.kernel_size[1] + across).reshape(-1)
    start, dilation = (rows.start, columns.start), (rows.dilation, columns.dilation)
    number = rows.number, columns.number
    return Sort(pixels, taps, Steps(number, (1, 1), start, dilation))


def _find_taps(rest: int, axis: int, steps: Steps) -> Taps | None:
    """Return the taps that meet the pixels rest, rest + stride, ..., None if there are none.

    Tap t meets them in the windows (rest + start - t*dilation) / stride, and in those after.
    """
    images = steps.images if axis == 1 else 1
    stride, dilation = steps.stride[axis], steps.dilation[axis] // images
    place = rest + steps.start[axis] // images
    taps = [t for t in range(steps.kernel_size[axis]) if (place - t * dilation) % stride == 0]
    if not taps:
        return None
    step = stride // gcd(stride, dilation)
    start = (taps[-1] * dilation - place) // stride
    spread = step * dilation // stride
    return Taps(taps[-1], step, len(taps), start * images, spread * images)
