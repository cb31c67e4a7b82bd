"""A pool whose windows are as wide as the image: the pixels of a window lie in one run.

    top = the largest number of the run            as many numbers at a time as a vector has lanes
    place = the first that is equal to top

Most often this is one window as large as the image.
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
        return _Run(context, builder, signature.args, arguments).emit()

    return types.intp(x, N, N, sign), generate


class _Run:
    """What find_best was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        x, start, self.count, sign = arguments
        self.b, self.vectors = builder, Vectors(context, builder, kinds[0].dtype)
        self.lanes, self.signs = self.vectors.lanes, self.vectors.spread(sign)
        self.numbers = address(context, builder, kinds[0], x, start)
        self.whole = builder.udiv(self.count, integer(self.lanes))  # vectors without the last one
        self.end = builder.mul(self.whole, integer(self.lanes))
        self.mask = self.vectors.inside(integer(0), builder.sub(self.count, self.end))

    def emit(self) -> Any:
        """Return the place, or -1 where the total is NaN, as it is with a NaN, or inf and -inf."""
        b = self.b
        best, total = self.sum_up()
        top = self.vectors.spread(self.reduce(best))
        place, bits = _reserve(b, LONG), self.bits_of(b.fcmp_unordered("uno", total, total))
        b.store(integer(0), place)
        self.search(place, top)
        has_nan = b.icmp_unsigned("!=", bits, bits.type(0))
        return b.select(has_nan, integer(-1), b.load(place))

    def sum_up(self) -> tuple[Any, Any]:
        """Return the largest numbers and the sums, one in each lane."""
        b, kind = self.b, self.vectors.type
        lowest = ir.Constant(kind, [float("-inf")] * self.lanes)
        rest = self.load_rest()
        best, total = _reserve(b, kind), _reserve(b, kind)
        b.store(b.select(self.mask, rest, lowest), best)
        b.store(rest, total)
        with cgutils.for_range(b, self.whole) as loop:
            value = self.load(loop.index)
            b.store(self.larger(value, b.load(best)), best)
            b.store(b.fadd(b.load(total), value), total)
        return b.load(best), b.load(total)

    def reduce(self, best: Any) -> Any:
        half = self.lanes // 2
        while half:
            order = [(lane + half) % self.lanes for lane in range(self.lanes)]
            best = self.larger(best, self.vectors.shuffle(best, best, order))
            half //= 2
        return self.b.extract_element(best, ir.IntType(32)(0))

    def search(self, place: Any, top: Any) -> None:
        """Backwards, so that the first place is kept."""
        b = self.b
        is_top = b.and_(b.fcmp_ordered("==", self.load_rest(), top), self.mask)
        self.keep(place, is_top, self.end)
        with cgutils.for_range(b, self.whole) as loop:
            t = b.sub(b.sub(self.whole, loop.index), integer(1))
            is_top = b.fcmp_ordered("==", self.load(t), top)
            self.keep(place, is_top, b.mul(t, integer(self.lanes)))

    def keep(self, place: Any, is_top: Any, start: Any) -> None:
        b, bits = self.b, self.bits_of(is_top)
        lane = b.zext(b.cttz(bits, ir.IntType(1)(1)), LONG) if bits.type != LONG else bits
        found = b.icmp_unsigned("!=", bits, bits.type(0))
        b.store(b.select(found, b.add(start, lane), b.load(place)), place)

    def load(self, t: Any) -> Any:
        offset = self.b.mul(t, integer(self.lanes))
        return self.b.fmul(self.vectors.load(self.numbers, offset), self.signs)

    def load_rest(self) -> Any:
        rest = self.vectors.load_some(self.numbers, self.end, self.mask)
        return self.b.fmul(rest, self.signs)

    def larger(self, one: Any, other: Any) -> Any:
        return self.b.select(self.b.fcmp_ordered(">", one, other), one, other)

    def bits_of(self, mask: Any) -> Any:
        return self.b.bitcast(mask, ir.IntType(self.lanes))
