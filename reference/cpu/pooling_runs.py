"""A pool whose windows are as wide as the image: the pixels of a window lie in one run.

    best, place = the largest number and where it stands first        in each lane of a vector
    top = the largest of the lanes
    the first place of the lanes whose best is top

Where no place is asked for, none is kept. Most often this is one window as large as the image.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.jit import inlined, jit
from reference.cpu.vectors import LONG, Vectors, address, cgutils, integer, intrinsic, types
from reference.windows import Pair

N = types.intp
# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once


@jit
def pool_runs(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out and indices (planes, H', 1) from x (planes, H, W), with no dilation."""
    height, width, pixels = x.shape[1], x.shape[2], x.reshape(x.size)
    # Row by row of windows, not plane by plane: what is known of a row is then found out once.
    for i in range(out.shape[1]):
        above = i * stride[0] - padding[0]
        top, bottom = max(above, 0), min(above + kernel_size[0], height)
        count = (bottom - top) * width
        for p in range(out.shape[0]):
            start = (p * height + top) * width
            if indices.size == 0:
                best = find_largest(pixels, start, count, sign)
                # Of 0.0 and -0.0 the first is best.
                if best > 0.0 or best < 0.0:
                    out[p, i, 0] = sign * best
                    continue
            place = find_best(pixels, start, count, sign)
            if place < 0:
                place = _find_one_by_one(pixels, start, count, sign)
            out[p, i, 0] = pixels[np.uintp(start + place)]
            if indices.size > 0:
                indices[p, i, 0] = top * width + place


@inlined
def _find_one_by_one(pixels: FloatArray, start: int, count: int, sign: float) -> int:
    """Return where the best number of a run stands, or the last NaN."""
    best, place = -np.inf, 0
    for k in range(count):
        value = sign * pixels[np.uintp(start + k)]
        if value > best or np.isnan(value):
            best, place = value, k
    return place


@intrinsic
def find_best(typing: Any, x: Any, start: Any, count: Any, sign: Any) -> Any:
    """find_best(x, start, count, sign): where sign * x[start + k] is largest first.

    It is -1 where there may be NaN: the sum of the numbers is NaN.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        run = _Run(context, builder, signature.args, arguments, has_places=True)
        return builder.select(run.find_nan(), integer(-1), run.find_first())

    return types.intp(x, N, N, sign), generate


@intrinsic
def find_largest(typing: Any, x: Any, start: Any, count: Any, sign: Any) -> Any:
    """find_largest(x, start, count, sign): the largest sign * x[start + k], NaN as find_best's -1.

    Of 0.0 and -0.0 it is either.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        run = _Run(context, builder, signature.args, arguments, has_places=False)
        top = run.find_top()
        return builder.select(run.find_nan(), ir.Constant(top.type, float("nan")), top)

    return x.dtype(x, N, N, sign), generate


class _Run:
    """What find_best was given, and the instructions on it, with LLVM's builder b."""

    def __init__(
        self, context: Any, builder: Any, kinds: Any, arguments: Any, has_places: bool
    ) -> None:
        x, start, count, sign = arguments
        self.b, self.vectors = builder, Vectors(context, builder, kinds[0].dtype)
        self.lanes, self.signs = self.vectors.lanes, self.vectors.spread(sign)
        self.numbers = address(context, builder, kinds[0], x, start)
        # Places count in integers as wide as the numbers, so that both have as many lanes.
        self.places = ir.VectorType(ir.IntType(8 * self.vectors.bytes), self.lanes)
        self.end = builder.sub(count, builder.urem(count, integer(self.lanes)))
        self.mask = self.vectors.inside(integer(0), builder.sub(count, self.end))
        self.best, self.total = (_reserve(builder, self.vectors.type) for _ in range(2))
        self.at, self.here = (_reserve(builder, self.places) for _ in range(2))
        self.has_places = has_places
        self.go_along()

    def go_along(self) -> None:
        """Find what is best in each lane, and the sum, which is NaN with a NaN, or inf and -inf."""
        b, rest, step = self.b, self.load_rest(), integer(self.lanes)
        b.store(ir.Constant(self.vectors.type, [float("-inf")] * self.lanes), self.best)
        b.store(ir.Constant(self.places, [0] * self.lanes), self.at)
        b.store(ir.Constant(self.places, list(range(self.lanes))), self.here)
        b.store(rest, self.total)
        with cgutils.for_range_slice(b, integer(0), self.end, step, inc=True) as (t, _):
            value = b.fmul(self.vectors.load(self.numbers, t), self.signs)
            self.compare(value, b.fcmp_ordered(">", value, b.load(self.best)))
            b.store(b.fadd(b.load(self.total), value), self.total)
        is_better = b.fcmp_ordered(">", rest, b.load(self.best))
        self.compare(rest, b.and_(is_better, self.mask))

    def compare(self, value: Any, is_better: Any) -> None:
        """Keep the numbers that are better, and their places; those of the next vector follow."""
        b, here = self.b, self.b.load(self.here)
        b.store(b.select(is_better, value, b.load(self.best)), self.best)
        if self.has_places:
            b.store(b.select(is_better, here, b.load(self.at)), self.at)
            b.store(b.add(here, ir.Constant(self.places, [self.lanes] * self.lanes)), self.here)

    def find_nan(self) -> Any:
        """Return whether a sum is NaN."""
        total = self.b.load(self.total)
        bits = self.b.bitcast(self.b.fcmp_unordered("uno", total, total), ir.IntType(self.lanes))
        return self.b.icmp_unsigned("!=", bits, bits.type(0))

    def find_top(self) -> Any:
        """Return the largest of the lanes."""
        b = self.b

        def larger(one: Any, other: Any) -> Any:
            return b.select(b.fcmp_ordered(">", one, other), one, other)

        return self.vectors.fold(b.load(self.best), larger)

    def find_first(self) -> Any:
        """Return the first place of those of the lanes whose best is the largest."""
        b, tops = self.b, self.vectors.spread(self.find_top())

        def smaller(one: Any, other: Any) -> Any:
            return b.select(b.icmp_unsigned("<", one, other), one, other)

        none = ir.Constant(self.places, [-1] * self.lanes)  # unsigned, this is a large number
        places = b.select(b.fcmp_ordered("==", b.load(self.best), tops), b.load(self.at), none)
        place = self.vectors.fold(places, smaller)
        return b.zext(place, LONG) if place.type != LONG else place

    def load_rest(self) -> Any:
        rest = self.vectors.load_some(self.numbers, self.end, self.mask)
        return self.b.fmul(rest, self.signs)
