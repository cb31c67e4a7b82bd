"""Rows of windows of a pool, as many windows at a time as a vector has lanes.

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

from typing import Any

from llvmlite import ir

from reference.cpu.fetching import fetch_lines
from reference.cpu.vectors import (
    LINE_BYTES,
    LONG,
    SHORT,
    Vectors,
    address,
    cgutils,
    integer,
    intrinsic,
    types,
)

N = types.intp
PAIR = types.UniTuple(N, 2)
# A variable that LLVM keeps in a register; Numba does not say what it returns.
_reserve: Any = cgutils.alloca_once
# So many windows before their turn the memory is fetched that they are written to.
WINDOWS_AHEAD = 256
# Strides, and taps side by side, that have instructions of their own; 0 is any.
KNOWN = [(1, 2), (1, 3), (1, 0), (2, 2), (2, 3), (2, 0), (3, 3), (4, 4), (0, 0)]

# What pool_rows is given.
NAMES = (
    *("out", "places", "o", "rows", "columns", "sign", "plane", "lying", "width", "tops", "seen"),
    *("firsts", "taps", "stride", "dilation", "left", "pixels", "coming"),
)


@intrinsic
def lanes_of(typing: Any, x: Any) -> Any:
    """lanes_of(array): how many windows pool_rows takes at a time, a constant in the kernel.

    They are a line of the cache; a processor with shorter vectors takes several of them.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return integer(LINE_BYTES * 8 // x.dtype.bitwidth)

    return types.intp(x), generate


@intrinsic
def pool_rows(
    typing: Any,
    out: Any,
    places: Any,
    o: Any,
    rows: Any,
    columns: Any,
    sign: Any,
    plane: Any,
    lying: Any,
    width: Any,
    tops: Any,
    seen: Any,
    firsts: Any,
    taps: Any,
    stride: Any,
    dilation: Any,
    left: Any,
    pixels: Any,
    coming: Any,
) -> Any:
    """pool_rows(...): fill out and places with what is best in each window of some rows.

    Return whether a NaN may have been passed by: then what was filled is worthless.

    The windows of row i, from rows[0] to rows[1], begin at out[o + i*columns], and see seen[i] rows
    of the image from row tops[i] on. Tap (u, v) of window j lies in row tops[i] + u*dilation[0] and
    in column v*dilation[1] + j*stride[1], counted from `left` columns before the image; plane has
    (0, 0) at lying[0], and its rows are lying[1] apart. The best value is the largest of sign times
    what is there. Places count pixels in rows of `width`; before any tap, that of a window is in
    column firsts[j]. They are kept only in an int64 array.

    All is done in whole vectors: plane and firsts are read, out and places are written for a
    multiple of lanes_of(plane) windows. With each row, as many pixels are fetched as it sees anew,
    those of row i a stride after those of row i - 1, which for row 0 begin at `coming`.
    """
    arrays, tables = (out, places, N, PAIR, N, sign, plane, PAIR), (N, tops, seen, firsts)
    signature = types.boolean(*arrays, *tables, N, PAIR, PAIR, N, pixels, N)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        given = zip(signature.args, arguments, strict=True)
        return _Rows(context, builder, dict(zip(NAMES, given, strict=True))).emit()

    return signature, generate


class _Rows:
    """What pool_rows was given, and the instructions on it, with LLVM's builder b."""

    def __init__(self, context: Any, builder: Any, given: dict[str, tuple[Any, Any]]) -> None:
        self.b, self.context, self.given = builder, context, given
        dtype, number = given["plane"][0].dtype, {name: given[name][1] for name in given}
        self.vectors = Vectors(context, builder, dtype, LINE_BYTES * 8 // dtype.bitwidth)
        self.lanes, self.has_places = self.vectors.lanes, given["places"][0].dtype == types.int64
        # Places count in integers as wide as the numbers, so that both have as many lanes.
        self.whole = ir.IntType(dtype.bitwidth)
        self.wholes, self.longs = (ir.VectorType(k, self.lanes) for k in (self.whole, LONG))
        self.o, self.columns, self.width = (number[name] for name in ("o", "columns", "width"))
        self.taps, self.left, self.coming = (number[name] for name in ("taps", "left", "coming"))
        self.rows, (start, self.pitch), (self.row_stride, self.stride), self.steps = (
            cgutils.unpack_tuple(builder, number[name])
            for name in ("rows", "lying", "stride", "dilation")
        )
        self.signs, self.plane = self.vectors.spread(number["sign"]), self.address("plane", start)
        self.best, self.total, self.sum = (_reserve(builder, self.vectors.type) for _ in range(3))
        self.at = _reserve(builder, self.wholes)

    def emit(self) -> Any:
        """Find out once which instructions all rows take, and at the end whether a sum is NaN."""
        b = self.b
        b.store(self.vectors.zeros, self.sum)
        self.emit_known(KNOWN)
        is_nan = b.fcmp_unordered("uno", b.load(self.sum), self.vectors.zeros)
        bits = b.bitcast(is_nan, ir.IntType(self.lanes))
        return b.icmp_unsigned("!=", bits, bits.type(0))

    def emit_known(self, known: list[tuple[int, int]]) -> None:
        """Choose the first of the known strides and taps that is the case."""
        (stride, taps), b = known[0], self.b
        if len(known) == 1:
            self.emit_rows(stride, taps)
            return
        is_it = b.icmp_signed("==", self.stride, integer(stride))
        if taps:
            for one, other in ((self.taps, taps), (self.steps[1], 1)):
                is_it = b.and_(is_it, b.icmp_signed("==", one, integer(other)))
        with b.if_else(is_it) as (then, other):
            with then:
                self.emit_rows(stride, taps)
            with other:
                self.emit_known(known[1:])

    def emit_rows(self, stride: int, taps: int) -> None:
        """Go along the rows of windows, a vector of windows at a time."""
        b, (first, last), step = self.b, self.rows, integer(self.lanes)
        seen_anew = b.mul(self.row_stride, self.width)
        with cgutils.for_range_slice(b, first, last, integer(1), inc=True) as (i, _):
            o = b.add(self.o, b.mul(i, self.columns))
            self.fetch(o, b.add(self.coming, b.mul(i, seen_anew)), seen_anew)
            top, rows = (b.load(self.address(k, i)) for k in ("tops", "seen"))
            begin = b.mul(top, self.pitch)
            place = b.sub(b.mul(top, self.width), self.left)
            with cgutils.for_range_slice(b, integer(0), self.columns, step, inc=True) as (t, _):
                self.start(t, place)
                across = b.mul(t, self.stride)
                with cgutils.for_range(b, rows) as row:
                    down = b.mul(row.index, self.steps[0])
                    offset = b.add(b.add(begin, across), b.mul(down, self.pitch))
                    here = b.add(b.add(place, across), b.mul(down, self.width))
                    self.compare_taps(offset, here, stride, taps)
                self.finish(b.add(o, t))

    def fetch(self, o: Any, coming: Any, count: Any) -> None:
        """Fetch so many pixels, and where the results of later windows go."""
        later = self.b.add(o, integer(WINDOWS_AHEAD))
        runs = [("pixels", coming, count), ("out", later, self.columns)]
        runs += [("places", later, self.columns)] if self.has_places else []
        for name, start, length in runs:
            fetch_lines(self.b, self.given[name][0], self.address(name, start), length)

    def start(self, t: Any, place: Any) -> None:
        """Set the windows from column t on, whose row has this place, to what is before any tap."""
        b = self.b
        b.store(ir.Constant(self.vectors.type, [float("-inf")] * self.lanes), self.best)
        b.store(self.vectors.zeros, self.total)
        columns = b.load(b.bitcast(self.address("firsts", t), self.longs.as_pointer()), align=8)
        own = b.trunc(columns, self.wholes) if self.whole != LONG else columns
        b.store(b.add(own, self.spread_place(place)), self.at)

    def compare_taps(self, offset: Any, place: Any, stride: int, taps: int) -> None:
        """Compare the taps of a row; for two to four side by side no loop is run through."""
        b = self.b
        if taps:
            for k, value in enumerate(self.load_known(offset, stride, taps)):
                self.compare(value, b.add(place, integer(k)))
            return
        with cgutils.for_range(b, self.taps) as tap:
            across = b.mul(tap.index, self.steps[1])
            value = self.load_any(b.add(offset, across), stride)
            self.compare(value, b.add(place, across))

    def compare(self, number: Any, place: Any) -> None:
        b, best, value = self.b, self.b.load(self.best), self.b.fmul(number, self.signs)
        is_better = b.fcmp_ordered(">", value, best)
        b.store(b.select(is_better, value, best), self.best)
        if self.has_places:
            lane = ir.Constant(self.wholes, list(range(self.lanes)))
            own = b.mul(lane, self.spread_place(self.stride))
            places = b.add(self.spread_place(place), own)
            b.store(b.select(is_better, places, b.load(self.at)), self.at)
        b.store(b.fadd(b.load(self.total), value), self.total)

    def finish(self, o: Any) -> None:
        """Store the results of the windows from out[o] on, and keep the sum of what they saw."""
        b, vectors = self.b, self.vectors
        vectors.store(b.fmul(b.load(self.best), self.signs), self.address("out", o), integer(0))
        b.store(b.fadd(b.load(self.sum), b.load(self.total)), self.sum)
        if self.has_places:
            found, to = b.load(self.at), self.address("places", o)
            wide = b.sext(found, self.longs) if self.whole != LONG else found
            b.store(wide, b.bitcast(to, self.longs.as_pointer()), align=8)

    def load_known(self, offset: Any, stride: int, taps: int) -> list[Any]:
        """As many taps side by side as the stride see all numbers of as many vectors."""
        values = []
        for k in range(0, taps, stride):
            starts = [self.b.add(offset, integer(k + n * self.lanes)) for n in range(stride)]
            parts = [self.vectors.load(self.plane, start) for start in starts]
            values += [self.vectors.deal(parts, first) for first in range(min(stride, taps - k))]
        return values

    def load_any(self, offset: Any, stride: int) -> Any:
        """Return what one tap of the windows sees, one number by one if no stride is known."""
        if stride:
            return self.load_known(offset, stride, 1)[0]
        b, vector = self.b, ir.Constant(self.vectors.type, ir.Undefined)
        for lane in range(self.lanes):
            place = b.add(offset, b.mul(self.stride, integer(lane)))
            vector = b.insert_element(vector, b.load(b.gep(self.plane, [place])), SHORT(lane))
        return vector

    def spread_place(self, place: Any) -> Any:
        narrow = self.b.trunc(place, self.whole) if self.whole != LONG else place
        return self.vectors.spread(narrow)

    def address(self, name: str, offset: Any) -> Any:
        """Return where the number lies that is so far into an array that was given."""
        return address(self.context, self.b, *self.given[name], offset)
