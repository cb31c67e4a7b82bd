"""A pool image by image, with the windows of a row side by side (see pooling_rows.py)."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.fetching import fetch_run
from reference.cpu.jit import inlined, jit
from reference.cpu.pooling_rows import lanes_of, pool_row
from reference.windows import Pair


@jit
def pool_images(
    out: FloatArray,
    x: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
    ahead: int | None,
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W).

    Pixels are fetched so far ahead of those that are compared, if at all.
    """
    size, shape, columns = (x.shape[1], x.shape[2]), (out.shape[1], out.shape[2]), out.shape[2]
    # Vectors read and write beyond the last window of a row.
    vectors = (columns + lanes_of(x) - 1) // lanes_of(x) * lanes_of(x)
    beyond = (kernel_size[1] - 1) * dilation[1] + stride[1] * vectors + lanes_of(x)
    firsts = np.empty(vectors, np.int64)
    for j in range(vectors):
        firsts[j] = padding[1] + _enter(j * stride[1] - padding[1], dilation[1])
    # A plane is copied between columns of what is never the best where windows hang over its sides,
    # and at the end of the memory, behind which nothing may be read.
    reach = (columns - 1) * stride[1] + (kernel_size[1] - 1) * dilation[1] + 1
    has_border = padding[1] > 0 or reach > size[1]
    pitch = max(reach, padding[1] + size[1]) if has_border else size[1]
    copied = np.full(size[0] * pitch + beyond, x.dtype.type(-np.inf) * sign)
    pixels, end = x.reshape(x.size), x.size - size[0] * size[1] - beyond
    # What follows a plane is spoilt until it is filled; what follows the last ones is not ours.
    windows = out.shape[1] * columns
    room = windows + vectors
    spare, spare_places = np.empty(room, x.dtype), np.empty(room, indices.dtype)
    results, places = out.reshape(out.size), indices.reshape(indices.size)
    for p in range(out.shape[0]):
        origin, plane = p * size[0] * size[1], pixels
        if has_border or origin > end:
            _copy_plane(copied, pitch, padding[1], x, p)
            origin, plane = 0, copied
        fits = (p + 1) * windows - columns + vectors <= out.size
        best, found, o = (results, places, p * windows) if fits else (spare, spare_places, 0)
        has_nan = _pool_plane(
            *(best, found, o, shape, plane, (origin, pitch), size, sign, firsts, ahead),
            *(kernel_size, stride, padding, dilation),
        )
        if not fits:
            for k in range(windows):
                results[p * windows + k] = spare[k]
                if indices.size > 0:
                    places[p * windows + k] = spare_places[k]
        if has_nan:
            _pool_with_nan(out, indices, p, x, sign, kernel_size, stride, padding, dilation)


@inlined
def _pool_with_nan(
    out: FloatArray,
    indices: IntegerArray | NDArray[np.int8],
    p: int,
    x: FloatArray,
    sign: float,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> None:
    """Fill out[p] window by window; the last NaN of a window is what is best in it."""
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            above, left = i * stride[0] - padding[0], j * stride[1] - padding[1]
            top, first = _enter(above, dilation[0]), _enter(left, dilation[1])
            best, place = -np.inf, top * x.shape[2] + first
            for row in range(
                top, min(above + kernel_size[0] * dilation[0], x.shape[1]), dilation[0]
            ):
                end = min(left + kernel_size[1] * dilation[1], x.shape[2])
                for column in range(first, end, dilation[1]):
                    value = sign * x[p, row, column]
                    if value > best or np.isnan(value):
                        best, place = value, row * x.shape[2] + column
            out[p, i, j] = sign * best
            if indices.size > 0:
                indices[p, i, j] = place


@inlined
def _copy_plane(copied: FloatArray, pitch: int, start: int, x: FloatArray, p: int) -> None:
    for row in range(x.shape[1]):
        begin = row * pitch + start
        for column in range(x.shape[2]):
            copied[np.uintp(begin + column)] = x[p, row, column]


@jit
def _pool_plane(
    best: FloatArray,
    found: IntegerArray | NDArray[np.int8],
    o: int,
    shape: Pair,
    plane: FloatArray,
    lying: Pair,
    size: Pair,
    sign: float,
    firsts: IntegerArray,
    ahead: int | None,
    kernel_size: Pair,
    stride: Pair,
    padding: Pair,
    dilation: Pair,
) -> bool:
    """Fill best from o on with the windows of the plane whose first pixel is plane[lying[0]].

    Its rows are lying[1] apart. Whole vectors are written, also at the end. Return whether a NaN
    may have been passed by.
    """
    has_nan = False
    for i in range(shape[0]):
        above = i * stride[0] - padding[0]
        # The rows of the windows' taps that lie in the image.
        top, bottom = _enter(above, dilation[0]), min(above + kernel_size[0] * dilation[0], size[0])
        rows = (bottom - top + dilation[0] - 1) // dilation[0] if dilation[0] > 1 else bottom - top
        start, place = lying[0] + top * lying[1], top * size[1] - padding[1]
        if ahead is not None:
            fetch_run(plane, start + ahead, stride[0] * lying[1])
        has_nan |= pool_row(
            *(best, found, o + i * shape[1], shape[1], sign, plane, start, stride[1], rows),
            *(dilation[0] * lying[1], kernel_size[1], dilation[1], firsts, place),
            dilation[0] * size[1],
        )
    return has_nan


@inlined
def _enter(start: int, dilation: int) -> int:
    """Return the first tap of a window that does not lie in the padding before the image."""
    return start if start >= 0 else start % dilation
