"""The windows of a pool: how they are given, how many there are, and what they see."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference.arguments import FloatArray, IntegerArray, Shape, load_device_arrays, read_pair
from reference.windows import Pair, count_windows, dilated_extent, is_plain

Given = tuple[object, object, object, object]
Pool = Callable[..., object]


class PoolWindows(NamedTuple):
    """What the windows of a pool look like, in the order in which every kernel takes it."""

    kernel_size: Pair
    stride: Pair
    padding: Pair
    dilation: Pair


class PoolPlan(NamedTuple):
    """How images of one shape and dtype are pooled, or a gradient is sent back to them.

    pool does it, with the images seen as `planes` and what there is for each window as `results`,
    both of three axes; shape is that of the results as the caller sees them.
    """

    pool: Pool
    planes: Shape
    results: Shape
    shape: Shape


def read_plan(
    make: Callable[..., Pool],
    x: FloatArray,
    given: Given,
    ceil_mode: object,
    backend: str,
    *options: Hashable,
) -> PoolPlan:
    """Return the plan whose pool is make(results, planes, x.dtype, windows, backend, *options).

    It comes at once where all this was seen before. given are kernel_size, stride, padding and
    dilation; the windows are side by side where stride is None. Raise a ValueError unless x is
    images or one image, with at least one pixel, and the windows fit.
    """
    known: Any = make, x.shape, x.dtype, given, bool(ceil_mode), backend, *options
    for value in given:  # integers and None come at once, pairs of integers soon
        if type(value) is not int and value is not None and not is_plain(value):
            return _make_plan(*known)
    return (_find_plan if type(backend) is str else _make_plan)(*known)


def _make_plan(
    make: Callable[..., Pool],
    images: Shape,
    dtype: np.dtype[Any],
    given: Given,
    ceil_mode: bool,
    *options: Hashable,
) -> PoolPlan:
    check_images(images)
    windows = read_pool_windows(*given)
    shape = pooled_shape(images, windows, ceil_mode)
    planes, results = _planes_of(images), _planes_of(shape)
    return PoolPlan(make(results, planes, dtype, windows, *options), planes, results, shape)


_find_plan = lru_cache(maxsize=256)(_make_plan)


def read_pool_windows(
    kernel_size: object, stride: object, padding: object, dilation: object = 1
) -> PoolWindows:
    """Return the windows, side by side where stride is None."""
    kernel = read_pair("kernel_size", kernel_size, 1)
    steps = kernel if stride is None else read_pair("stride", stride, 1)
    sides = read_pair("padding", padding, 0)
    most = (kernel[0] // 2, kernel[1] // 2)
    spread = read_pair("dilation", dilation, 1)
    if sides[0] > most[0] or sides[1] > most[1]:
        raise ValueError(
            f"padding: got {sides}, expected at most {most}, half of kernel_size {kernel}"
        )
    return PoolWindows(kernel, steps, sides, spread)


def check_images(shape: Shape) -> None:
    """Raise a ValueError unless the shape is that of images or one image of at least one pixel."""
    if len(shape) not in (3, 4) or 0 in shape[-3:]:
        expected = "(N, C, H, W) or (C, H, W) with C, H, W at least 1"
        raise ValueError(f"x: got shape {shape}, expected {expected}")


def pooled_shape(shape: Shape, windows: PoolWindows, ceil_mode: bool) -> Shape:
    """Return (N, C, H', W') or (C, H', W'): a place for each window on each channel of images."""
    count = _count_hanging_windows if ceil_mode else _count_whole_windows
    return (*shape[:-2], *count((shape[-2], shape[-1]), windows))


def _count_whole_windows(input_size: Pair, windows: PoolWindows) -> Pair:
    kernel_size, stride, padding, dilation = windows
    sides = ((padding[0], padding[0]), (padding[1], padding[1]))
    return count_windows("kernel_size", input_size, kernel_size, stride, sides, dilation)


def _count_hanging_windows(input_size: Pair, windows: PoolWindows) -> Pair:
    kernel_size, stride, padding, dilation = windows
    extent = dilated_extent(kernel_size, dilation)
    rows, columns = (
        _count_hanging(input_size[axis], extent[axis], stride[axis], padding[axis])
        for axis in (0, 1)
    )
    if rows < 1 or columns < 1:
        padded = (input_size[0] + 2 * padding[0], input_size[1] + 2 * padding[1])
        raise ValueError(
            f"kernel_size: got a kernel that covers {extent}, expected one of which a window "
            f"starts on the padded input of size {padded} with stride {stride}"
        )
    return rows, columns


def _count_hanging(input_size: int, extent: int, stride: int, padding: int) -> int:
    windows = -((extent - input_size - 2 * padding) // stride) + 1
    starts_outside = (windows - 1) * stride >= input_size + padding
    return windows - 1 if starts_outside else windows


def find_hidden(shape: Shape, images: Shape, windows: PoolWindows) -> NDArray[np.bool_] | None:
    """Return, in shape (H', W'), which windows see only padding, or None where none does.

    With a dilation, all that a window sees may be padding.
    """
    rows, columns = (
        _first_tap(shape[axis], windows.stride[axis], windows.padding[axis], windows.dilation[axis])
        < images[axis]
        for axis in (-2, -1)
    )
    seen: NDArray[np.bool_] = rows[:, np.newaxis] & columns
    return None if seen.all() else ~seen


def drop_hidden(indices: IntegerArray, hidden: NDArray[np.bool_]) -> None:
    """Put -1 into indices (planes, H', W') for windows that see only padding."""
    if isinstance(indices, np.ndarray):
        indices[:, hidden] = -1
    else:
        load_device_arrays().replace_where(indices, hidden, -1)


def _first_tap(count: int, stride: int, padding: int, dilation: int) -> NDArray[np.int64]:
    """Return where each window has its first tap that is not in the padding before the image."""
    starts = np.arange(count, dtype=np.int64) * stride - padding
    # As padding is at most half of the kernel, one of the taps stands there.
    return np.where(starts < 0, starts % dilation, starts)


def count_taps(
    shape: Shape, images: Shape, windows: PoolWindows, include_padding: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many rows each row of windows averages over, and how many columns each column.

    shape and images are the shapes of the result and of the images. What hangs over the bottom or
    the right of the padded image never counts.
    """
    rows, columns = (
        _count_taps(
            images[axis],
            shape[axis],
            windows.kernel_size[axis],
            windows.stride[axis],
            windows.padding[axis],
            include_padding,
        )
        for axis in (-2, -1)
    )
    return rows, columns


def _count_taps(
    size: int, count: int, kernel_size: int, stride: int, padding: int, include_padding: bool
) -> NDArray[np.int64]:
    starts = np.arange(count, dtype=np.int64) * stride - padding
    around = padding if include_padding else 0
    return np.minimum(starts + kernel_size, size + around) - np.maximum(starts, -around)


def _planes_of(shape: Shape) -> Shape:
    """Return the shape (planes, H, W) of images of shape (..., H, W)."""
    return prod(shape[:-2]), *shape[-2:]


def as_rows(array: np.ndarray) -> np.ndarray:
    """Return images (..., H, W) as (planes, H*W), sharing memory."""
    return array.reshape(-1, array.shape[-2] * array.shape[-1])
