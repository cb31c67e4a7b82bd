"""Vectors of the processor in a kernel: how wide they are, and the LLVM instructions on them.

LLVM turns a plain loop into vector instructions only where the loop is long: at the end of a row it
goes on one number at a time, and a row of a small image has nothing but an end. Where that costs
most, an @intrinsic writes the instructions itself. LLVM fits a vector type to any processor, so
the width here is a matter of speed alone.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils as _cgutils
from numba.core import types as _types
from numba.core.registry import cpu_target
from numba.extending import intrinsic as _intrinsic

from reference.arguments import FloatArray
from reference.cpu.jit import jit

# An intrinsic must be a name of its module, never of a closure: Numba finds a cached kernel that
# uses one only by such a name.
intrinsic: Callable[[Callable[..., Any]], Callable[..., Any]] = _intrinsic
cgutils: Any = _cgutils
types: Any = _types
LINE_BYTES = 64
LONG, SHORT = ir.IntType(64), ir.IntType(32)


def name_processor() -> str:
    """Return the processor for which Numba compiles, as LLVM calls it."""
    return str(cpu_target.target_context.codegen().magic_tuple()[1])


@cache
def vector_bytes() -> int:
    """Return how wide the vectors are of the processor for which Numba compiles."""
    machine, processor, listed = cpu_target.target_context.codegen().magic_tuple()
    features = listed.split(",")
    if "+avx512f" in features:
        return 64
    is_narrow = "-avx" in features or processor == "generic" or not machine.startswith("x86")
    return 16 if is_narrow else 32


@cache
def looks_up() -> bool:
    """Return whether that processor looks up a number for each lane of a vector, by look_up."""
    return vector_bytes() == 64


@intrinsic
def lanes(typing: Any, array: Any) -> Any:
    """lanes(array) is how many of the array's numbers a vector holds, a constant in a kernel."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return integer(Vectors(context, builder, array.dtype).lanes)

    return types.intp(array), generate


@jit
def make_room(count: int, like: FloatArray) -> FloatArray:
    """Return so many zeros of the dtype of `like`, the first at the start of a line of the cache.

    A vector that lies across two lines takes twice as long to load.
    """
    line = LINE_BYTES // like.itemsize
    room = np.zeros(count + line, like.dtype)
    first = -room.ctypes.data % LINE_BYTES // like.itemsize
    return room[first : first + count]


def integer(value: int) -> ir.Constant:
    """Return a constant for addresses and counts."""
    return ir.Constant(LONG, value)


def address(context: Any, builder: Any, array_type: Any, array: Any, offset: Any) -> Any:
    """Return where the number lies that is so far into the array, whatever its shape."""
    if array_type.layout != "C":
        raise TypeError(f"got {array_type}, expected an array without gaps")
    struct = context.make_array(array_type)(context, builder, array)
    return builder.gep(struct.data, [offset])


def every(builder: Any, end: Any, step: int) -> Any:
    """Return the loop over 0, step, 2*step, ... as long as they are less than the end."""
    return cgutils.for_range_slice(builder, integer(0), end, integer(step), inc=True)


def in_groups(
    builder: Any,
    count: Any,
    lanes: int,
    sizes: Sequence[int],
    work: Callable[[list[Any], Any], None],
) -> None:
    """Write the work on a run of numbers: in groups of vectors, first of the first size, then rest.

    work(places, left) writes it for vectors that begin at these places. They are full if left is
    None; else there is one vector, and so many numbers are left from its place on.
    """
    done = integer(0)
    for size in sizes:
        step = size * lanes
        end = builder.sub(count, builder.urem(builder.sub(count, done), integer(step)))
        with cgutils.for_range_slice(builder, done, end, integer(step), inc=True) as (first, _):
            work([builder.add(first, integer(n)) for n in range(0, step, lanes)], None)
        done = end
    with cgutils.for_range_slice(builder, done, count, integer(lanes), inc=True) as (place, _):
        work([place], builder.sub(count, place))


def fetch_line(builder: Any, place: Any) -> None:
    """Have the processor bring a line into its cache; where there is no memory, nothing happens."""
    byte = ir.IntType(8).as_pointer()
    kind = ir.FunctionType(ir.VoidType(), [byte] + [SHORT] * 3)
    known = builder.module.globals.get("llvm.prefetch.p0")
    fetch = ir.Function(builder.module, kind, "llvm.prefetch.p0") if known is None else known
    builder.call(fetch, [builder.bitcast(place, byte), SHORT(0), SHORT(3), SHORT(1)])


class Vectors:
    """The vectors of numbers of a dtype, and the instructions on them at one place of a kernel."""

    def __init__(self, context: Any, builder: Any, dtype: Any, lanes: int = 0) -> None:
        self.builder, self.bytes = builder, dtype.bitwidth // 8
        self.lanes = lanes or vector_bytes() // self.bytes
        self.type = ir.VectorType(context.get_data_type(dtype), self.lanes)
        self.zeros = self.constant(0.0)

    def constant(self, number: float) -> Any:
        """Return the vector that is this number in each lane, known when the kernel is compiled."""
        return ir.Constant(self.type, [number] * self.lanes)

    def load(self, start: Any, offset: Any) -> Any:
        """Return the vector so many numbers after an address."""
        return self.builder.load(self._at(start, offset), align=self.bytes)

    def store(self, vector: Any, start: Any, offset: Any) -> None:
        self.builder.store(vector, self._at(start, offset), align=self.bytes)

    def load_some(self, start: Any, offset: Any, mask: Any) -> Any:
        """Return the numbers where the mask is set, and zeros elsewhere: nothing is read there."""
        kinds = [self.type.as_pointer(), SHORT, mask.type, self.type]
        load = self._instruction("masked.load", ir.FunctionType(self.type, kinds), ".p0")
        place = self._at(start, offset)
        return self.builder.call(load, [place, SHORT(self.bytes), mask, self.zeros])

    def store_some(self, vector: Any, start: Any, offset: Any, mask: Any) -> None:
        """Store the numbers where the mask is set; nothing is written elsewhere."""
        kinds = [self.type, self.type.as_pointer(), SHORT, mask.type]
        store = self._instruction("masked.store", ir.FunctionType(ir.VoidType(), kinds), ".p0")
        self.builder.call(store, [vector, self._at(start, offset), SHORT(self.bytes), mask])

    def inside(self, start: Any, end: Any, step: int = 1) -> Any:
        """Return the mask of the lanes l with 0 <= start + l*step < end."""
        start, end = (self.builder.trunc(place, SHORT) for place in (start, end))
        steps = ir.Constant(
            ir.VectorType(SHORT, self.lanes), [step * lane for lane in range(self.lanes)]
        )
        places = self.builder.add(self.spread(start), steps)
        return self.builder.icmp_unsigned("<", places, self.spread(end))  # -1 is a large number

    def spread(self, number: Any) -> Any:
        """Return the vector that is this number in each lane."""
        kind = ir.VectorType(number.type, self.lanes)
        one = self.builder.insert_element(ir.Constant(kind, ir.Undefined), number, SHORT(0))
        return self.shuffle(one, one, [0] * self.lanes)

    def shuffle(self, one: Any, other: Any, places: Sequence[int]) -> Any:
        """Return the numbers at these places of two vectors, one after the other."""
        chosen = ir.Constant(ir.VectorType(SHORT, len(places)), list(places))
        return self.builder.shuffle_vector(one, other, chosen)

    def look_up(self, table: Sequence[int], places: Any) -> Any:
        """Return for each lane the bits of a number of a table, those at the last bits of a place.

        The table is twice as long as a vector.
        """
        kind = ir.FunctionType(places.type, [places.type] * 3)
        full = "llvm.x86.avx512.vpermi2var." + {8: "q", 4: "d"}[self.bytes] + ".512"
        known = self.builder.module.globals.get(full)
        look = ir.Function(self.builder.module, kind, full) if known is None else known
        parts = table[: self.lanes], table[self.lanes :]
        first, second = (ir.Constant(places.type, list(part)) for part in parts)
        return self.builder.call(look, [first, places, second])

    def fold(self, vector: Any, join: Callable[[Any, Any], Any]) -> Any:
        """Return what its lanes give, joined half by half: join(lower, upper) of vectors."""
        half = self.lanes // 2
        while half:
            parts = range(half), range(half, 2 * half)
            vector = join(*(self.shuffle(vector, vector, part) for part in parts))
            half //= 2
        return self.builder.extract_element(vector, SHORT(0))

    def deal(self, parts: Sequence[Any], first: int) -> Any:
        """Return every n-th number of n vectors, as if they were one, from that number on."""
        chosen, places = parts[0], [first + lane * len(parts) for lane in range(self.lanes)]
        for n, part in enumerate(parts[1:], 1):
            # Lanes whose number is in a part that comes later take any.
            before = [place % self.lanes if n == 1 else k for k, place in enumerate(places)]
            from_part = [place - (n - 1) * self.lanes for place in places]
            of_part = [place // self.lanes == n for place in places]
            order = [b if it else a for a, b, it in zip(before, from_part, of_part, strict=True)]
            chosen = self.shuffle(chosen, part, order)
        return chosen

    def convert(self, vector: Any) -> Any:
        """Return a vector of these lanes as one of this dtype, widened or rounded to it."""
        if vector.type == self.type:
            return vector
        is_narrow = isinstance(vector.type.element, ir.FloatType)
        return (self.builder.fpext if is_narrow else self.builder.fptrunc)(vector, self.type)

    def multiply_add(self, one: Any, other: Any, total: Any) -> Any:
        """Return one * other + total, rounded once where the processor can do it."""
        kind = ir.FunctionType(self.type, [self.type] * 3)
        return self.builder.call(self._instruction("fmuladd", kind), [one, other, total])

    def limit(self, vector: Any, least: float, most: float) -> Any:
        """Return a vector as if its numbers lay between these two; NaN of NaN."""
        b, lower, upper = self.builder, self.constant(least), self.constant(most)
        vector = b.select(b.fcmp_ordered("<", vector, lower), lower, vector)
        return b.select(b.fcmp_ordered(">", vector, upper), upper, vector)

    def _at(self, start: Any, offset: Any) -> Any:
        return self.builder.bitcast(self.builder.gep(start, [offset]), self.type.as_pointer())

    def _instruction(self, name: str, kind: ir.FunctionType, pointer: str = "") -> Any:
        vector = f"v{self.lanes}f{8 * self.bytes}"
        full = f"llvm.{name}.{vector}" + (pointer and f"{pointer}{vector}")
        known = self.builder.module.globals.get(full)
        return ir.Function(self.builder.module, kind, full) if known is None else known
