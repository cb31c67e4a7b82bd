"""A pool of many planes, each in a lane of its own: for windows of any size, stride and dilation.

    best = -inf, total = 0                         of one window in all planes
    for each tap of the window, row by row:
        place = tap    where value > best
        best, total = max(value, best), total + value
    if total is NaN: once more, with the rule for NaN, in which the last NaN wins

A comparison with NaN is false, so that the first way passes by it; but the total tells. It tells of
inf and -inf too, and then the second way finds the same.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numpy.typing import NDArray

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
PAIR = types.UniTuple(N, 2)


@jit
def pool_planes(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W)."""
    columns, width, lane = out.shape[2], x.shape[2], lanes(x)
    span = (kernel_size[0] - 1) * dilation[0] + 1
    # So many rows of windows at a time, but one at least.
    together = min(out.shape[1], max(PIXELS // width - span, 0) // stride[0] + 1)
    height = min((together - 1) * stride[0] + span, x.shape[1])
    tile = make_room((height * width + lane) * lane, x)
    best = make_room((together * columns + lane) * lane, x)
    found = make_room((together * columns + lane) * lane if indices.size > 0 else 0, x)
    lefts, seen = np.empty(columns, np.int64), np.empty(columns, np.int64)
    for j in range(columns):
        lefts[j], seen[j] = see(j * stride[1] - padding[1], width, kernel_size[1], dilation[1])
    pixels, results, places = (
        x.reshape(x.size),
        out.reshape(out.size),
        indices.reshape(indices.size),
    )
    size, windows, ahead = x.shape[1] * width, out.shape[1] * columns, look_ahead(x)
    steps = dilation[0] * width, dilation[1]
    for p in range(0, out.shape[0], lane):
        last = min(lane, out.shape[0] - p) - 1
        for i in range(0, out.shape[1], together):
            rows, start = min(together, out.shape[1] - i), i * stride[0] - padding[0]
            top, bottom = max(start, 0), min((rows - 1) * stride[0] + start + span, x.shape[1])
            count = (bottom - top) * width
            read_planes(tile, pixels, p * size + top * width, size, last, count, ahead)
            for k in range(rows):
                row, taps = see(start + k * stride[0], x.shape[1], kernel_size[0], dilation[0])
                at, begin, first = k * columns * lane, (row - top) * width * lane, row * width
                pool_row(
                    best, found, places, at, tile, begin, taps, lefts, seen, steps, first, sign
                )
            o = p * windows + i * columns
            write_planes(results, o, windows, last, rows * columns, best)
            if indices.size > 0:
                write_planes(places, o, windows, last, rows * columns, found)


@intrinsic
def pool_row(
    typing: Any,
    best: Any,
    found: Any,
    places: Any,
    at: Any,
    tile: Any,
    start: Any,
    rows: Any,
    lefts: Any,
    seen: Any,
    steps: Any,
    place: Any,
    sign: Any,
) -> Any:
    """pool_row(...): put what is best in each window of a row into best, from `at` on.

    Window j of all planes sees `rows` rows of seen[j] pixels. Tap (u, v) of it stands
    lefts[j] + steps[0]*u + steps[1]*v pixels after the pixel at tile[start], and its place is as
    many after `place`. The place goes into found, if there are places and they are int64.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Row(context, builder, signature.args, arguments).emit()
        return context.get_dummy_value()

    return types.void(best, found, places, N, tile, N, N, lefts, seen, PAIR, N, sign), generate


class _Row:
    """What pool_row was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        best, found, _, at, tile, start, self.rows, lefts, seen, steps, first, sign = arguments
        self.b, self.vectors = builder, Vectors(context, builder, kinds[0].dtype)
        self.has_places, self.first = kinds[2].dtype == types.int64, first
        self.results = address(context, builder, kinds[0], best, at)
        self.places = address(context, builder, kinds[1], found, at)
        self.taps = address(context, builder, kinds[4], tile, start)
        self.lefts = address(context, builder, kinds[7], lefts, integer(0))
        self.seen = address(context, builder, kinds[8], seen, integer(0))
        self.count = cgutils.unpack_tuple(
            builder, context.make_array(kinds[7])(context, builder, lefts).shape
        )[0]
        self.steps = cgutils.unpack_tuple(builder, steps)
        self.signs, lanes = self.vectors.spread(sign), self.vectors.lanes
        self.whole = ir.IntType(8 * self.vectors.bytes)
        self.lowest = ir.Constant(self.vectors.type, [float("-inf")] * lanes)
        self.best = cgutils.alloca_once(builder, self.vectors.type)
        self.total = cgutils.alloca_once(builder, self.vectors.type)
        self.at = cgutils.alloca_once(builder, ir.VectorType(self.whole, lanes))

    def emit(self) -> None:
        """Go along the row, one window after the other."""
        b, vectors = self.b, self.vectors
        with cgutils.for_range(b, self.count) as loop:
            left, seen = (b.load(b.gep(row, [loop.index])) for row in (self.lefts, self.seen))
            self.go_through(left, seen, self.compare)
            total = b.load(self.total)
            is_nan = b.fcmp_unordered("uno", total, total)
            bits = b.bitcast(is_nan, ir.IntType(vectors.lanes))
            with b.if_then(b.icmp_unsigned("!=", bits, bits.type(0)), likely=False):
                self.go_through(left, seen, self.compare_with_nan)
            at = b.mul(loop.index, integer(vectors.lanes))
            vectors.store(b.fmul(b.load(self.best), self.signs), self.results, at)
            if self.has_places:
                vectors.store(b.bitcast(b.load(self.at), vectors.type), self.places, at)

    def go_through(self, left: Any, seen: Any, compare: Callable[[Any, Any], None]) -> None:
        """Compare what a window sees, tap by tap."""
        b = self.b
        b.store(self.lowest, self.best)
        b.store(self.vectors.zeros, self.total)
        b.store(self.spread(b.add(self.first, left)), self.at)
        with cgutils.for_range(b, self.rows) as row:
            start = b.add(left, b.mul(row.index, self.steps[0]))
            with cgutils.for_range(b, seen) as tap:
                pixel = b.add(start, b.mul(tap.index, self.steps[1]))
                value = self.vectors.load(self.taps, b.mul(pixel, integer(self.vectors.lanes)))
                compare(b.fmul(value, self.signs), self.spread(b.add(self.first, pixel)))

    def compare(self, value: Any, place: Any) -> None:
        b, best = self.b, self.b.load(self.best)
        is_better = b.fcmp_ordered(">", value, best)
        b.store(b.select(is_better, value, best), self.best)
        b.store(b.select(is_better, place, b.load(self.at)), self.at)
        b.store(b.fadd(b.load(self.total), value), self.total)

    def compare_with_nan(self, value: Any, place: Any) -> None:
        b, best = self.b, self.b.load(self.best)
        is_nan = b.fcmp_unordered("uno", value, value)
        is_better = b.or_(b.fcmp_ordered(">", value, best), is_nan)
        b.store(b.select(is_better, value, best), self.best)
        b.store(b.select(is_better, place, b.load(self.at)), self.at)

    def spread(self, place: Any) -> Any:
        narrow = self.b.trunc(place, self.whole) if self.vectors.bytes < 8 else place
        return self.vectors.spread(narrow)
