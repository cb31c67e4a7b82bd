"""Averages of many planes, each in a lane of its own, where a row has few windows.

Each window is summed column by column and then across, as where windows lie side by side: the sums
are the same, bit for bit.
"""

from typing import Any

import numpy as np

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import jit
from reference.cpu.plane_lanes import PIXELS, look_ahead, read_planes, see, write_planes
from reference.cpu.vectors import (
    Vectors,
    address,
    cgutils,
    integer,
    intrinsic,
    lanes,
    make_room,
    types,
)
from reference.windows import Pair

N = types.intp
# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once


@jit
def average_planes(
    out: FloatArray,
    x: FloatArray,
    heights: IntegerArray,
    widths: IntegerArray,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
) -> None:
    """Fill out (planes, H', W') from x (planes, H, W)."""
    columns, width, lane = out.shape[2], x.shape[2], lanes(x)
    # So many rows of windows at a time, but one at least.
    together = min(out.shape[1], max(PIXELS // width - kernel_size[0], 0) // stride[0] + 1)
    height = min((together - 1) * stride[0] + kernel_size[0], x.shape[1])
    tile = make_room((height * width + lane) * lane, x)
    means = make_room((together * columns + lane) * lane, x)
    lefts, seen = np.empty(columns, np.int64), np.empty(columns, np.int64)
    for j in range(columns):
        lefts[j], seen[j] = see(j * stride[1] - padding[1], width, kernel_size[1], 1)
    pixels, results = x.reshape(x.size), out.reshape(out.size)
    size, windows, ahead = x.shape[1] * width, out.shape[1] * columns, look_ahead(x)
    for p in range(0, out.shape[0], lane):
        last = min(lane, out.shape[0] - p) - 1
        for i in range(0, out.shape[1], together):
            rows, start = min(together, out.shape[1] - i), i * stride[0] - padding[0]
            top, end = (
                max(start, 0),
                min((rows - 1) * stride[0] + start + kernel_size[0], x.shape[1]),
            )
            count = (end - top) * width
            read_planes(tile, pixels, p * size + top * width, size, last, count, ahead)
            for k in range(rows):
                row, taps = see(start + k * stride[0], x.shape[1], kernel_size[0], 1)
                at, begin = k * columns * lane, (row - top) * width * lane
                average_row(
                    means, at, tile, begin, width, taps, lefts, seen, heights[i + k], widths
                )
            o = p * windows + i * columns
            write_planes(results, o, windows, last, rows * columns, means)


@intrinsic
def average_row(
    typing: Any,
    means: Any,
    at: Any,
    tile: Any,
    start: Any,
    width: Any,
    rows: Any,
    lefts: Any,
    seen: Any,
    height: Any,
    widths: Any,
) -> Any:
    """average_row(...): put the mean of each window of a row into means, from `at` on.

    Window j of all planes sees `rows` rows of seen[j] pixels, of which the first stands lefts[j]
    pixels after the one at tile[start]; its sum is divided by height * widths[j].
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Row(context, builder, signature.args, arguments).emit()
        return context.get_dummy_value()

    return types.void(means, N, tile, N, N, N, lefts, seen, N, widths), generate


class _Row:
    """What average_row was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        means, at, tile, start, self.width, self.rows, lefts, seen, self.height, widths = arguments
        self.b, self.numbers = builder, Vectors(context, builder, kinds[0].dtype)
        self.lanes = self.numbers.lanes
        self.doubles = Vectors(context, builder, types.float64, self.lanes)
        self.means = address(context, builder, kinds[0], means, at)
        self.tile = address(context, builder, kinds[2], tile, start)
        self.of_windows = [
            address(context, builder, kind, array, integer(0))
            for kind, array in zip((*kinds[6:8], kinds[9]), (lefts, seen, widths), strict=True)
        ]
        self.count = cgutils.unpack_tuple(
            builder, context.make_array(kinds[6])(context, builder, lefts).shape
        )[0]
        self.total = _reserve(builder, self.doubles.type)
        self.column = _reserve(builder, self.doubles.type)

    def emit(self) -> None:
        """Go along the row, one window after the other."""
        b = self.b
        with cgutils.for_range(b, self.count) as loop:
            left, seen, width = (b.load(b.gep(row, [loop.index])) for row in self.of_windows)
            self.add_up(left, seen)
            pixels = b.sitofp(b.mul(self.height, width), self.doubles.type.element)
            mean = b.fdiv(b.load(self.total), self.doubles.spread(pixels))
            at = b.mul(loop.index, integer(self.lanes))
            self.numbers.store(self.numbers.convert(mean), self.means, at)

    def add_up(self, left: Any, seen: Any) -> None:
        """Set total to the sum of the pixels of a window, column by column."""
        b = self.b
        b.store(self.doubles.zeros, self.total)
        with cgutils.for_range(b, seen) as tap:
            start = b.add(left, tap.index)
            b.store(self.doubles.zeros, self.column)
            with cgutils.for_range(b, self.rows) as row:
                pixel = b.add(start, b.mul(row.index, self.width))
                value = self.numbers.load(self.tile, b.mul(pixel, integer(self.lanes)))
                self.add(self.column, self.doubles.convert(value))
            self.add(self.total, b.load(self.column))

    def add(self, total: Any, value: Any) -> None:
        self.b.store(self.b.fadd(self.b.load(total), value), total)
