"""A row of windows of a pool, as many windows at a time as a vector has lanes.

LLVM makes vectors of a plain loop only where a row is much longer than those of most images, and
not where each second number is taken. So these instructions are written out:

    best, total = -inf, 0                          of each window
    for each tap of the window, row by row:
        value = the number there                   of all windows at once
        place = tap    where value > best
        best, total = max(value, best), total + value

A comparison with NaN is false, so that this passes by it; but the total tells of it (and of inf
beside -inf). Then the plane is done once more, window by window, with the rule for NaN.
"""

from collections.abc import Callable, Iterable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types

from reference.cpu.instructions import INTEGER, intrinsic

SHORT = ir.IntType(32)
# load(offset, taps): the numbers that so many taps side by side see, a vector of windows for each.
Load = Callable[[Any, int], list[Any]]


@intrinsic
def lanes_of(typing: Any, x: Any) -> Any:
    """lanes_of(array): how many windows pool_row takes at a time, a constant in the kernel."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return INTEGER(_count_lanes(x))

    return types.intp(x), generate


@intrinsic
def pool_row(
    typing: Any,
    out: Any,
    places: Any,
    o: Any,
    count: Any,
    sign: Any,
    x: Any,
    start: Any,
    stride: Any,
    rows: Any,
    row_step: Any,
    taps: Any,
    tap_step: Any,
    firsts: Any,
    place: Any,
    place_step: Any,
) -> Any:
    """pool_row(...): fill out and places from o on with what is best in each of count windows.

    Return whether a NaN may have been passed by: then what was filled is worthless.

    Tap (u, v) of window j is x[start + u*row_step + v*tap_step + j*stride], and the best value is
    the largest of sign times it; its place is place + u*place_step + v*tap_step + j*stride. Before
    any tap, the place of a window is place + firsts[j]. Places are kept only in an int64 array.
    All is done in whole vectors: x and firsts are read, out and places are written for a multiple
    of lanes_of(x) windows.
    """
    n = types.intp
    signature = types.boolean(out, places, n, n, sign, x, n, n, n, n, n, n, firsts, n, n)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _Row(context, builder, signature.args, arguments).emit()

    return signature, generate


def _count_lanes(x: Any) -> int:
    """Vectors of 64 bytes; a processor that has only shorter ones takes several of them."""
    return int(512 // x.dtype.bitwidth)


# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once


class _Row:
    """What pool_row was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, kinds: Any, arguments: Any) -> None:
        self.context, self.b, self.kinds, self.arguments = context, builder, kinds, arguments
        self.lanes, self.bytes = _count_lanes(kinds[5]), kinds[5].dtype.bitwidth // 8
        self.number = context.get_data_type(kinds[5].dtype)
        # Places count in integers as wide as the numbers, so that both have as many lanes.
        self.whole = ir.IntType(8 * self.bytes)
        self.vector = ir.VectorType(self.number, self.lanes)
        self.wholes = ir.VectorType(self.whole, self.lanes)
        self.longs = ir.VectorType(INTEGER, self.lanes)
        self.has_places = kinds[1].dtype == types.int64
        self.has_nan = _reserve(builder, ir.IntType(1))
        builder.store(ir.Constant(ir.IntType(1), 0), self.has_nan)

    def emit(self) -> Any:
        """Side by side or every second one, the numbers of many windows are loaded at once."""
        is_one, is_two = self.is_equal(7, 1), self.is_equal(7, 2)
        with self.b.if_else(is_one) as (then, other):
            with then:
                self.emit_windows(self.load_side_by_side)
            with other, self.b.if_else(is_two) as (then_two, neither):
                with then_two:
                    self.emit_windows(self.load_every_second)
                with neither:
                    self.emit_vectors(self.load_one_by_one, None)
        return self.b.load(self.has_nan)

    def emit_windows(self, load: Load) -> None:
        """For two or three taps side by side no loop is run through, and loads are shared."""
        is_dense = self.is_equal(11, 1)
        for taps in (2, 3):
            with self.b.if_then(self.b.and_(is_dense, self.is_equal(10, taps))):
                self.emit_vectors(load, taps)
        is_small = self.b.or_(self.is_equal(10, 2), self.is_equal(10, 3))
        with self.b.if_then(self.b.not_(self.b.and_(is_dense, is_small))):
            self.emit_vectors(load, None)

    def is_equal(self, argument: int, number: int) -> Any:
        return self.b.icmp_signed("==", self.arguments[argument], INTEGER(number))

    def emit_vectors(self, load: Load, known_taps: int | None) -> None:
        """Go along the row, a vector of windows at a time."""
        b, arguments = self.b, self.arguments
        o, count, sign, _, start, stride, rows, row_step, taps, tap_step = arguments[2:12]
        place, place_step = arguments[13:]
        self.best, self.total = _reserve(b, self.vector), _reserve(b, self.vector)
        self.at, signs = _reserve(b, self.wholes), self.spread(sign, self.vector)
        lane = ir.Constant(self.wholes, list(range(self.lanes)))
        steps = b.mul(lane, self.spread(self.narrow(stride, self.whole), self.wholes))
        with cgutils.for_range_slice(b, INTEGER(0), count, INTEGER(self.lanes), inc=True) as (t, _):
            b.store(ir.Constant(self.vector, [float("-inf")] * self.lanes), self.best)
            b.store(ir.Constant(self.vector, [0.0] * self.lanes), self.total)
            first = self.narrow(b.load(self.address(12, t, self.longs), align=8), self.wholes)
            b.store(b.add(first, self.spread_place(place)), self.at)
            begin = b.mul(t, stride)
            with cgutils.for_range(b, rows) as row:
                offset = b.add(b.add(start, begin), b.mul(row.index, row_step))
                here = b.add(b.add(place, begin), b.mul(row.index, place_step))
                if known_taps:
                    for k, value in enumerate(load(offset, known_taps)):
                        self.compare(b.fmul(value, signs), b.add(here, INTEGER(k)), steps)
                else:
                    with cgutils.for_range(b, taps) as tap:
                        across = b.mul(tap.index, tap_step)
                        value = load(b.add(offset, across), 1)[0]
                        self.compare(b.fmul(value, signs), b.add(here, across), steps)
            self.store_results(b.add(o, t), signs)

    def compare(self, value: Any, place: Any, steps: Any) -> None:
        b, best = self.b, self.b.load(self.best)
        is_better = b.fcmp_ordered(">", value, best)
        b.store(b.select(is_better, value, best), self.best)
        places = b.add(self.spread_place(place), steps)
        b.store(b.select(is_better, places, b.load(self.at)), self.at)
        b.store(b.fadd(b.load(self.total), value), self.total)

    def store_results(self, o: Any, signs: Any) -> None:
        b, total = self.b, self.b.load(self.total)
        self.store(0, o, b.fmul(b.load(self.best), signs), self.bytes)
        if self.has_places:
            found = b.load(self.at)
            self.store(1, o, b.sext(found, self.longs) if self.bytes < 8 else found, 8)
        lanes = b.bitcast(b.fcmp_unordered("uno", total, total), ir.IntType(self.lanes))
        has_nan = b.icmp_unsigned("!=", lanes, lanes.type(0))
        b.store(b.or_(b.load(self.has_nan), has_nan), self.has_nan)

    def spread_place(self, place: Any) -> Any:
        return self.spread(self.narrow(place, self.whole), self.wholes)

    def load(self, offset: Any) -> Any:
        return self.b.load(self.address(5, offset, self.vector), align=self.bytes)

    def load_side_by_side(self, offset: Any, taps: int) -> list[Any]:
        return [self.load(self.b.add(offset, INTEGER(k))) for k in range(taps)]

    def load_every_second(self, offset: Any, taps: int) -> list[Any]:
        """Two taps side by side see all numbers of two vectors, each every second one."""
        values = []
        for k in range(0, taps, 2):
            both = [self.load(self.b.add(offset, INTEGER(k + n))) for n in (0, self.lanes)]
            for first in range(min(2, taps - k)):
                order = self.order(range(first, 2 * self.lanes, 2))
                values.append(self.b.shuffle_vector(*both, order))
        return values

    def load_one_by_one(self, offset: Any, taps: int) -> list[Any]:
        b, vector, stride = self.b, ir.Constant(self.vector, ir.Undefined), self.arguments[7]
        for k in range(self.lanes):
            place = b.add(offset, b.mul(stride, INTEGER(k)))
            vector = b.insert_element(vector, b.load(self.address(5, place, self.number)), SHORT(k))
        return [vector] * taps

    def store(self, argument: int, offset: Any, vector: Any, align: int) -> None:
        self.b.store(vector, self.address(argument, offset, vector.type), align=align)

    def address(self, argument: int, offset: Any, kind: Any) -> Any:
        array = self.context.make_array(self.kinds[argument])
        data = array(self.context, self.b, self.arguments[argument]).data
        return self.b.bitcast(self.b.gep(data, [offset]), kind.as_pointer())

    def narrow(self, value: Any, kind: Any) -> Any:
        return self.b.trunc(value, kind) if self.bytes < 8 else value

    def spread(self, value: Any, kind: Any) -> Any:
        one = self.b.insert_element(ir.Constant(kind, ir.Undefined), value, SHORT(0))
        return self.b.shuffle_vector(one, one, self.order([0] * self.lanes))

    def order(self, places: Iterable[int]) -> Any:
        return ir.Constant(ir.VectorType(SHORT, self.lanes), list(places))
