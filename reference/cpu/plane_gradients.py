"""The gradient of images under kernels that see one channel each, where windows are apart.

Each sort of pixels (see pixel_sorts.py) is a correlation of its own. All sorts of a plane are made
of one copy of grad_output with zeros around it, while that is near (see planes.py), and the columns
of a row are put in turns when all its sorts are done. A large plane is done in bands of rows.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from reference.arguments import FloatArray, IntegerArray, Shape
from reference.cpu.columns import Steps
from reference.cpu.fetching import fetch_run
from reference.cpu.jit import inlined, jit
from reference.cpu.pixel_sorts import Table, tabulate_pixels
from reference.cpu.plane_rows import fill_rows
from reference.cpu.planes import BAND_BYTES, SPEED
from reference.cpu.riffles import riffle
from reference.cpu.rows import copy_rows
from reference.cpu.tile import choose_rows
from reference.cpu.vectors import lanes, make_room
from reference.threads import share
from reference.windows import Pair


class Band(NamedTuple):
    """How many rows of each sort a band has, of how many rows of grad_output, so far apart.

    The first of these lies `start` before the first pixel of grad_output, down and across.
    """

    lines: int
    rows: int
    pitch: int
    start: Pair


def are_apart(weight: Shape, steps: Steps, groups: int) -> bool:
    """Return whether each channel has one kernel of shape (O, C/groups, kH, kW), with a stride."""
    is_own = weight[0] == groups > 1 and weight[1] == 1
    return is_own and steps.stride != (1, 1) and steps.images == 1


def fill_planes(
    grad_x: FloatArray, grad_output: FloatArray, weight: FloatArray, steps: Steps
) -> None:
    """Fill grad_x (N, C, H, W) from grad_output (N, C, H', W') and weight (C, 1, kH, kW).

    The products are added up in the dtype of the weights; the other arrays may be narrower.
    """
    sizes = grad_x.shape[2:], grad_output.shape[2:]
    rows, table, places, band = _make_plan(sizes[0], steps, weight.itemsize)
    planes = np.arange(grad_x.shape[0] * grad_x.shape[1])
    factors = weight.reshape(len(weight), -1).take(table.taps, axis=1)
    time = grad_output.size * weight[0].size / SPEED[weight.itemsize]
    flat = grad_x.reshape(-1), grad_output.reshape(-1), factors
    share(_fill, time, (planes,), rows, *flat, *sizes, table.sorts, places, band)


@lru_cache(maxsize=256)
def _make_plan(
    size: Pair, steps: Steps, itemsize: int
) -> tuple[tuple[int, ...], Table, IntegerArray, Band]:
    """Return a tuple as long as the rows done at once, the sorts, the places of taps, and bands."""
    table = tabulate_pixels(size, steps)
    lines, columns = table.sorts[0, 0, :2].tolist()
    pitch = columns + table.start[1] + table.end[1]
    rows = choose_rows(lines)
    most = max(BAND_BYTES // (pitch * itemsize * len(rows)), 1) * len(rows)
    lines = min(most, lines)
    band = Band(lines, lines + table.start[0] + table.end[0], pitch, table.start)
    return rows, table, table.find_places(pitch), band


@jit
def _fill(
    planes: IntegerArray,
    rows: tuple[int, ...],
    grad_x: FloatArray,
    grad_output: FloatArray,
    weight: FloatArray,
    size: Pair,
    grad_size: Pair,
    sorts: IntegerArray,
    places: IntegerArray,
    band: Band,
) -> None:
    """Fill these planes of grad_x from weight (C, taps); the other arrays are flat."""
    (channels, taps), (height, width) = weight.shape, size
    down, across, part = sorts.shape[0], sorts.shape[1], band.lines * width // sorts.shape[1]
    room, factors = band.lines * sorts[0, 0, 1], weight.reshape(weight.size)
    plane = make_room(band.rows * band.pitch + lanes(weight), weight)
    parts = make_room(across * room, grad_x)
    # Of the dtype of the sums; the plane is still empty.
    zero = plane[0]
    for number in planes:
        start = number * grad_size[0] * grad_size[1]
        for top in range(0, sorts[0, 0, 0], band.lines):
            row, column = top - band.start[0], -band.start[1]
            copy_rows(
                *(plane, 0, grad_output, start, grad_size, row, 1, band.rows, column, band.pitch)
            )
            # The next band, or that of the next plane, follows: each sort fetches a part of it.
            ahead = start + (top + band.lines) * grad_size[1]
            fetch_run(grad_output, ahead, band.lines * grad_size[1])
            ahead = (number * height + (top + band.lines) * down) * width
            for a in range(down):
                lines = min(band.lines, sorts[a, 0, 0] - top)
                for b in range(across):
                    fetch_run(grad_x, ahead + (a * across + b) * part, part)
                    _, columns, first, count = sorts[a, b]
                    own, at = places[first : first + count], number % channels * taps + first
                    for i in range(0, lines, len(rows)):
                        fill_rows(
                            *(rows, parts, b * room, columns, i, lines - 1),
                            *(plane, band.pitch, own, factors, at, zero),
                        )
                to = (number * height + top * down + a) * width
                _put_in_turns(grad_x, to, down * width, width, parts, room, lines)


@inlined
def _put_in_turns(
    out: FloatArray,
    place: int,
    pitch: int,
    width: int,
    parts: FloatArray,
    room: int,
    lines: int,
) -> None:
    """Fill so many rows of out, each so far from the next, from the parts of their columns."""
    across = parts.size // room
    if across == 2:
        even, odd = (width + 1) // 2, width // 2
        for i in range(lines):
            to = place + i * pitch
            riffle(out, to, width, parts, i * even, parts, room + i * odd)
        return
    for b in range(across):
        columns = (width - b + across - 1) // across
        for i in range(lines):
            to, source = place + i * pitch + b, b * room + i * columns
            for t in range(columns):
                out[np.uintp(to + t * across)] = parts[np.uintp(source + t)]
