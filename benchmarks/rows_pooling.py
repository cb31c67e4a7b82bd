"""Pooling beside PyTorch, which gives the same indices, and ONNX Runtime."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.onnx_calls import onnx_call
from benchmarks.rows import OTHER_SHAPES, Call, Row, Work, peers

# Shape, kernel size, stride, padding.
POOLS = [
    ((64, 64, 28, 28), 2, 2, 0),
    ((64, 64, 28, 28), 3, 2, 0),
    ((16, 64, 56, 56), 3, 2, 1),
    ((32, 6, 28, 28), 2, 2, 0),
    ((64, 64, 28, 28), 3, 1, 0),
]
OTHERS = [
    ((1, 64, 112, 112), 3, 2, 1),
    ((128, 32, 26, 26), 2, 2, 0),
    ((16, 64, 13, 13), 3, 2, 0),
    ((16, 32, 32, 32), 3, 3, 0),
    ((32, 16, 32, 32), 4, 4, 0),
    ((16, 32, 32, 32), 5, 1, 2),
    ((8, 512, 7, 7), 7, 7, 0),
]
SEED = 0

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every pool and dtype."""
    for dtype in ("float32", "float64"):
        for pools, other in ((POOLS, ""), (OTHERS, f", {OTHER_SHAPES}")):
            for shape, *window in pools:
                for operation, make in MAKERS.items():
                    work = partial(_make, make, shape, dtype, *window)
                    yield Row(operation + other, _name(shape, *window), dtype, work)


def _make(make: Callable[..., Work], shape: tuple[int, ...], dtype: str, *window: int) -> Work:
    x = np.random.default_rng(SEED).standard_normal(shape)
    return make(x.astype(dtype), *window)


def _name(shape: tuple[int, ...], kernel: int, stride: int, padding: int) -> str:
    return f"{kernel}x{kernel} stride {stride} padding {padding}: {'x'.join(map(str, shape))}"


def _torch(name: str, x: Array, *arguments: int, **options: bool) -> Callable[[], Call]:
    def make() -> Call:
        import torch

        function, tensor = getattr(torch.nn.functional, name), torch.from_numpy(x)
        return lambda: function(tensor, *arguments, **options)

    return make


def _onnx(x: Array, kernel: int, stride: int, padding: int) -> Call:
    sizes = {"kernel_shape": [kernel] * 2, "strides": [stride] * 2, "pads": [padding] * 4}
    return onnx_call("MaxPool", {"x": x}, **sizes)


def _largest(x: Array, kernel: int, stride: int, padding: int) -> Work:
    return Work(
        lambda: reference.max_pool2d(x, kernel, stride=stride, padding=padding),
        peers(
            {
                "PyTorch": _torch("max_pool2d", x, kernel, stride, padding),
                "ONNX Runtime": lambda: _onnx(x, kernel, stride, padding),
            }
        ),
        {"PyTorch": 10.0},
        bytes=x.nbytes * (1 + 1 / stride**2),
    )


def _largest_with_indices(x: Array, kernel: int, stride: int, padding: int) -> Work:
    options = {"stride": stride, "padding": padding}
    peer = _torch("max_pool2d", x, kernel, stride, padding, return_indices=True)
    return Work(
        lambda: reference.max_pool2d(x, kernel, return_indices=True, **options),
        peers({"PyTorch": peer}),
        {"PyTorch": 10.0},
        bytes=x.nbytes * (1 + 1 / stride**2) + 8 * x.size / stride**2,
    )


def _averages(x: Array, kernel: int, stride: int, padding: int) -> Work:
    return Work(
        lambda: reference.avg_pool2d(x, kernel, stride=stride, padding=padding),
        peers({"PyTorch": _torch("avg_pool2d", x, kernel, stride, padding)}),
        {"PyTorch": 3.0},
        1e-6 if x.dtype == np.float32 else 1e-14,
        bytes=x.nbytes * (1 + 1 / stride**2),
    )


MAKERS = {
    "max_pool2d": _largest,
    "max_pool2d with indices": _largest_with_indices,
    "avg_pool2d": _averages,
}
