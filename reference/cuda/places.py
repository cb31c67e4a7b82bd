"""Where things stand in images: what kernels ask who go through arrays number by number."""

from typing import Any

from numba import int64, types, uint32, uint64

from reference.cuda.target import device_function


@device_function
def locate(number: Any, count: Any) -> Any:
    """Return the plane, the row and the column of a number; a plane has so many of them."""
    # Unsigned, as only then the compiler may use its short division where the numbers are small.
    row, across = uint64(number) // uint64(count[1]), uint64(count[1])
    plane, down = row // uint64(count[0]), uint64(count[0])
    i, j = row - plane * down, uint64(number) - row * across
    return int64(plane), int64(i), int64(j)


@device_function
def is_inside(row: Any, column: Any, size: Any) -> Any:
    """Return whether an image (..., H, W) of four axes has this pixel."""
    # A negative number is a large unsigned one.
    return uint32(row) < uint32(size[2]) and uint32(column) < uint32(size[3])


def type_tuple(length: int) -> Any:
    """Return Numba's type of a tuple of so many integers."""
    return types.UniTuple(int64, length)  # type: ignore[no-untyped-call]
