"""A row of windows of averages, as many columns or windows at a time as a vector has lanes.

LLVM makes vectors of a plain loop too, but goes on one number at a time at the end of each row, and
takes one at a time where the stride is not known.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir

from reference.cpu.vectors import SHORT, Vectors, address, cgutils, integer, intrinsic, types

N = types.intp
PAIR = types.UniTuple(N, 2)
# The sums of a run, which are as many on every processor.
EIGHT = 8
# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once


@intrinsic
def add_rows(
    typing: Any, columns: Any, place: Any, x: Any, start: Any, pitch: Any, rows: Any, count: Any
) -> Any:
    """Fill columns with the sums of the columns of some rows of an image, in float64.

    for t in range(count):
        columns[place + t] = sum(x[start + r*pitch + t] for r in range(rows))

    Two vectors at a time are written, with zeros at the end: columns needs room for two more.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        columns, place, x, start, pitch, rows, count = arguments
        lanes = 2 * Vectors(context, builder, types.float64).lanes
        vectors = Vectors(context, builder, types.float64, lanes)
        pixels = Vectors(context, builder, signature.args[2].dtype, lanes)
        target = address(context, builder, signature.args[0], columns, place)
        source = address(context, builder, signature.args[2], x, start)
        total, step = _reserve(builder, vectors.type), integer(lanes)

        def add(t: Any, load: Callable[[Any], Any]) -> None:
            builder.store(vectors.zeros, total)
            with cgutils.for_range(builder, rows) as row:
                value = vectors.convert(load(builder.add(t, builder.mul(row.index, pitch))))
                builder.store(builder.fadd(builder.load(total), value), total)
            vectors.store(builder.load(total), target, t)

        whole = builder.mul(builder.udiv(count, step), step)
        with cgutils.for_range_slice(builder, integer(0), whole, step, inc=True) as (t, _):
            add(t, lambda offset: pixels.load(source, offset))
        with builder.if_then(builder.icmp_signed("<", whole, count)):
            mask = pixels.inside(integer(0), builder.sub(count, whole))
            add(whole, lambda offset: pixels.load_some(source, offset, mask))
        return context.get_dummy_value()

    return types.void(columns, N, x, N, N, N, N), generate


@intrinsic
def add_run(typing: Any, x: Any, start: Any, count: Any) -> Any:
    """add_run(x, start, count): the sum of the pixels of a run, in float64.

    Every eighth pixel goes into the same sum, however wide a vector is, and at the end the eight
    sums are folded.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        x, start, count = arguments
        vectors = Vectors(context, builder, types.float64, EIGHT)
        pixels = Vectors(context, builder, signature.args[0].dtype, EIGHT)
        source = address(context, builder, signature.args[0], x, start)
        whole = builder.mul(builder.udiv(count, integer(EIGHT)), integer(EIGHT))
        mask = pixels.inside(integer(0), builder.sub(count, whole))
        total = _reserve(builder, vectors.type)
        builder.store(vectors.convert(pixels.load_some(source, whole, mask)), total)
        with cgutils.for_range_slice(builder, integer(0), whole, integer(EIGHT), inc=True) as (
            t,
            _,
        ):
            value = vectors.convert(pixels.load(source, t))
            builder.store(builder.fadd(builder.load(total), value), total)
        return vectors.fold(builder.load(total), builder.fadd)

    return types.float64(x, N, N), generate


@intrinsic
def average_windows(
    typing: Any,
    out: Any,
    o: Any,
    count: Any,
    columns: Any,
    place: Any,
    steps: Any,
    height: Any,
    widths: Any,
) -> Any:
    """Fill out with the sums of windows of columns, each divided by the number of its pixels.

    for j in range(count):
        total = sum(columns[place + j*stride + v] for v in range(taps))
        out[o + j] = total / (height * widths[j])

    steps are (stride, taps). Whole vectors are read.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _Windows(context, builder, signature.args, arguments).emit()
        return context.get_dummy_value()

    return types.void(out, N, N, columns, N, PAIR, types.float64, widths), generate


class _Windows:
    """What average_windows was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        out, o, self.count, columns, place, steps, height, widths = arguments
        self.b, self.vectors = builder, Vectors(context, builder, types.float64)
        self.lanes = self.vectors.lanes
        self.means = Vectors(context, builder, kinds[0].dtype, self.lanes)
        self.out = address(context, builder, kinds[0], out, o)
        self.columns = address(context, builder, kinds[3], columns, place)
        self.widths = address(context, builder, kinds[7], widths, integer(0))
        self.stride, self.taps = cgutils.unpack_tuple(builder, steps)
        self.height = self.vectors.spread(height)
        self.total = _reserve(builder, self.vectors.type)

    def emit(self) -> None:
        """Side by side or every second one, the columns of many windows are loaded at once."""
        is_one, is_two = (self.b.icmp_signed("==", self.stride, integer(k)) for k in (1, 2))
        with self.b.if_else(is_one) as (then, other):
            with then:
                self.go_along(self.load)
            with other, self.b.if_else(is_two) as (then_two, neither):
                with then_two:
                    self.go_along(self.load_every_second)
                with neither:
                    self.go_along(self.load_one_by_one)

    def go_along(self, load: Callable[[Any], Any]) -> None:
        """Store the means of a row of windows, from every stride-th sum of columns."""
        b, vectors = self.b, self.vectors
        with cgutils.for_range_slice(b, integer(0), self.count, integer(self.lanes), inc=True) as (
            t,
            _,
        ):
            start = b.mul(t, self.stride)
            b.store(vectors.zeros, self.total)
            with cgutils.for_range(b, self.taps) as tap:
                value = load(b.add(start, tap.index))
                b.store(b.fadd(b.load(self.total), value), self.total)
            sizes = b.fmul(self.height, vectors.load(self.widths, t))
            self.store(self.means.convert(b.fdiv(b.load(self.total), sizes)), t)

    def store(self, means: Any, t: Any) -> None:
        b, rest = self.b, self.b.sub(self.count, t)
        with b.if_else(b.icmp_signed(">=", rest, integer(self.lanes))) as (then, other):
            with then:
                self.means.store(means, self.out, t)
            with other:
                self.means.store_some(means, self.out, t, self.means.inside(integer(0), rest))

    def load(self, offset: Any) -> Any:
        return self.vectors.load(self.columns, offset)

    def load_every_second(self, offset: Any) -> Any:
        both = self.load(offset), self.load(self.b.add(offset, integer(self.lanes)))
        return self.vectors.deal(both, 0)

    def load_one_by_one(self, offset: Any) -> Any:
        b, vector = self.b, ir.Constant(self.vectors.type, ir.Undefined)
        for lane in range(self.lanes):
            place = b.add(offset, b.mul(self.stride, integer(lane)))
            number = b.load(b.gep(self.columns, [place]))
            vector = b.insert_element(vector, number, SHORT(lane))
        return vector
