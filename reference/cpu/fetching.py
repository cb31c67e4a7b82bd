"""Fetching ahead: what a loop needs soon comes into the caches while it is at work.

A processor does so by itself where an array is read from end to end, but only within a page of
memory, and late. So a loop over arrays that lie outside the caches is cut into steps, and with each
step a later one is fetched. LLVM makes vectors of the loop within a step. Where a step takes long,
the memory would wait meanwhile: there a FEW numbers are fetched every now and then.
"""

from functools import partial
from typing import Any

from reference.cpu.vectors import (
    LINE_BYTES,
    address,
    cgutils,
    fetch_line,
    integer,
    intrinsic,
    types,
)

# How many numbers a step has, and how far ahead of it is fetched.
STEP, AHEAD = 128, 1024
# Several arrays of float64 are fetched less far ahead: what is on its way would fill a cache.
AHEAD_TOGETHER = 256
# A line of the cache holds so many numbers of float32.
FEW = 16
# Of an array as large as this most is outside the second cache.
FAR_BYTES = 2**23


@intrinsic
def fetch_run(typing: Any, array: Any, start: Any, count: Any) -> Any:
    """fetch_run(array, start, count): bring a run of numbers into the cache, if there are any."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array, start, count = arguments
        kind = signature.args[0]
        fetch_lines(builder, kind, address(context, builder, kind, array, start), count)
        return context.get_dummy_value()

    return types.void(array, types.intp, types.intp), generate


def fetch_lines(builder: Any, kind: Any, start: Any, count: Any) -> None:
    """Fetch `count` numbers of an array of this type, from an address on."""
    line = _fill_line(kind)
    with cgutils.for_range_slice(builder, integer(0), count, line, inc=True) as (place, _):
        fetch_line(builder, builder.gep(start, [place]))


@intrinsic
def fetch_step(typing: Any, arrays: Any, start: Any) -> Any:
    """fetch_step(arrays, start): fetch the step of each array that is AHEAD of the one at start.

    If two or more are float64, that is AHEAD_TOGETHER. The arrays are seen as flat, and may end
    before.
    """
    return types.void(arrays, types.intp), partial(_emit_fetch, STEP)


@intrinsic
def fetch_few(typing: Any, arrays: Any, start: Any) -> Any:
    """fetch_few(arrays, start): fetch FEW numbers of each, as far ahead as fetch_step does."""
    return types.void(arrays, types.intp), partial(_emit_fetch, FEW)


def _emit_fetch(count: int, context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    fetch_ahead(context, builder, signature.args[0], arguments[0], arguments[1], count)
    return context.get_dummy_value()


def fetch_ahead(context: Any, builder: Any, kind: Any, arrays: Any, start: Any, count: int) -> None:
    """Fetch `count` numbers of each array of a tuple of this type, AHEAD of a place or less."""
    wide = sum(of_array.dtype.bitwidth == 64 for of_array in kind.types)
    first = builder.add(start, integer(AHEAD if wide < 2 else AHEAD_TOGETHER))
    for position, of_array in enumerate(kind.types):
        array = builder.extract_value(arrays, position)
        numbers = address(context, builder, of_array, array, first)
        for place in range(0, count, _fill_line(of_array).constant):
            fetch_line(builder, builder.gep(numbers, [integer(place)]))


def _fill_line(kind: Any) -> Any:
    """Return how many numbers of an array of this type a line of the cache has."""
    return integer(LINE_BYTES * 8 // kind.dtype.bitwidth)
