"""A pool image by image, with the windows of a row side by side (see pooling_rows.py)."""

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray
from reference.cpu.fetching import AHEAD
from reference.cpu.jit import inlined, jit
from reference.cpu.plane_lanes import see
from reference.cpu.pooling_rows import lanes_of, pool_rows
from reference.cpu.rows import spread_rows
from reference.windows import Pair

# So many pixels are copied at a time: they stay in the first cache.
COPIED = 1024


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
) -> None:
    """Fill out and indices (planes, H', W') from x (planes, H, W).

    All of it is one function: to call another for a plane takes as long as a small plane does,
    since Numba counts the references to each array that is passed on.
    """
    size, shape, columns = (x.shape[1], x.shape[2]), (out.shape[1], out.shape[2]), out.shape[2]
    # Vectors read and write beyond the last window of a row.
    vectors = (columns + lanes_of(x) - 1) // lanes_of(x) * lanes_of(x)
    beyond = (kernel_size[1] - 1) * dilation[1] + stride[1] * vectors + lanes_of(x)
    firsts = np.empty(vectors, np.int64)
    tops, seen = np.empty(shape[0], np.int64), np.empty(shape[0], np.int64)
    for j in range(vectors):
        left = j * stride[1] - padding[1]
        firsts[j] = padding[1] + see(left, size[1], kernel_size[1], dilation[1])[0]
    for i in range(shape[0]):
        tops[i], seen[i] = see(i * stride[0] - padding[0], size[0], kernel_size[0], dilation[0])
    # Rows are copied between columns of what is never the best where windows hang over the sides of
    # a plane, and at the end of the memory, behind which nothing may be read.
    reach = (columns - 1) * stride[1] + (kernel_size[1] - 1) * dilation[1] + 1
    has_border = padding[1] > 0 or reach > size[1]
    pitch = max(reach, padding[1] + size[1]) if has_border else size[1]
    span = (kernel_size[0] - 1) * dilation[0] + 1
    band = max(COPIED // pitch - span, 0) // stride[0] + 1
    height = min((band - 1) * stride[0] + span, size[0])
    copied = np.full(height * pitch + beyond, x.dtype.type(-np.inf) * sign)
    pixels, end = x.reshape(x.size), x.size - size[0] * size[1] - beyond
    # What follows a plane is spoilt until it is filled; what follows the last ones is not ours.
    windows = shape[0] * columns
    room = windows + vectors
    spare, spare_places = np.empty(room, x.dtype), np.empty(room, indices.dtype)
    results, places = out.reshape(out.size), indices.reshape(indices.size)
    for p in range(out.shape[0]):
        origin = p * size[0] * size[1]
        is_copied = has_border or origin > end
        fits = (p + 1) * windows - columns + vectors <= out.size
        best, found, o = (results, places, p * windows) if fits else (spare, spare_places, 0)
        has_nan = False
        for first in range(0, shape[0], band):
            last, top = min(first + band, shape[0]), max(first * stride[0] - padding[0], 0)
            plane, start, coming = pixels, origin, origin + AHEAD
            if is_copied:
                bottom = min((last - 1) * stride[0] - padding[0] + span, size[0])
                own = bottom - top, size[1]
                spread_rows(copied, padding[1], pitch, pixels, origin + top * size[1], own)
                plane, start, coming = copied, -top * pitch, coming + COPIED
            has_nan |= pool_rows(
                *(best, found, o, (first, last), columns, sign, plane, (start, pitch), size[1]),
                *(tops, seen, firsts, kernel_size[1], stride, dilation, padding[1]),
                *(pixels, coming),
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
        above = i * stride[0] - padding[0]
        top, rows = see(above, x.shape[1], kernel_size[0], dilation[0])
        for j in range(out.shape[2]):
            left = j * stride[1] - padding[1]
            first, taps = see(left, x.shape[2], kernel_size[1], dilation[1])
            best, place = -np.inf, top * x.shape[2] + first
            for u in range(rows):
                row = top + u * dilation[0]
                for v in range(taps):
                    column = first + v * dilation[1]
                    value = sign * x[p, row, column]
                    if value > best or np.isnan(value):
                        best, place = value, row * x.shape[2] + column
            out[p, i, j] = sign * best
            if indices.size > 0:
                indices[p, i, j] = place
