"""Convolution and its gradients beside PyTorch, ONNX Runtime, SciPy and im2col in NumPy."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.layers import LAYERS, OTHERS, TINY, Layer
from benchmarks.onnx_calls import onnx_call
from benchmarks.rows import OTHER_SHAPES, Call, Row, Work, peers

SEED = 7
Array = NDArray[Any]
# float64 has no kernel in ONNX Runtime.
BARS = {
    "float32": {"PyTorch": 0.95, "ONNX Runtime": 0.85, "NumPy": 2.0},
    "float64": {"*": 2.0},
}
BARS_BACKWARD = {"float32": {"PyTorch": 0.9}, "float64": {"PyTorch": 1.0}}
BARS_POINTWISE = {"float32": BARS["float32"], "float64": {"*": 1.5}}
# The dtype of the arrays, and that in which their products are added up.
RUNS = [("float32", "float32"), ("float32", "float64"), ("float64", "float64")]


def rows() -> Iterator[Row]:
    """Yield the forward pass and the gradients of every layer.

    Peers add products of float32 up in float32, which is ours for the asking.
    """
    for dtype, accumulator in RUNS:
        if accumulator == "float64":
            yield Row("conv2d forward, tiny", TINY.shape, dtype, partial(_tiny, dtype))
        for operation, make in (("conv2d forward", _forward), ("conv2d backward", _backward)):
            for layer in LAYERS + OTHERS:
                work = partial(make, layer, dtype, accumulator)
                yield Row(_title(operation, layer, accumulator), layer.shape, dtype, work)


def _operands(layer: Layer, dtype: str) -> tuple[Array, Array, Array]:
    rng, k = np.random.default_rng(SEED), layer.kernel_size
    x = rng.standard_normal((layer.images, layer.channels, layer.size, layer.size))
    weight = rng.standard_normal((layer.kernels, layer.channels // layer.groups, k, k))
    bias = rng.standard_normal(layer.kernels)
    return x.astype(dtype), weight.astype(dtype), bias.astype(dtype)


def _forward(layer: Layer, dtype: str, accumulator: str) -> Work:
    operands = _operands(layer, dtype)
    out = reference.conv2d(*operands, **layer.options)
    makers: dict[str, Callable[[], Call]] = {
        "PyTorch": partial(_torch, layer, *operands),
        "NumPy": lambda: partial(_im2col, layer, *operands),
    }
    if dtype == "float32":
        makers["ONNX Runtime"] = partial(_onnx, layer, *operands)
    bars = BARS_POINTWISE if layer.kernel_size == 1 else BARS
    return Work(
        partial(reference.conv2d, *operands, **layer.options, accumulator=accumulator),
        peers(makers),
        bars=bars[dtype],
        tolerance=_tolerance(dtype, operands[1][0].size),
        flops=2.0 * out.size * operands[1][0].size,
        bytes=float(out.nbytes + sum(array.nbytes for array in operands)),
        truth=_truth(reference.conv2d, operands, layer),
    )


def _backward(layer: Layer, dtype: str, accumulator: str) -> Work:
    x, weight, bias = _operands(layer, dtype)
    grad = np.sin(reference.conv2d(x, weight, bias, **layer.options))  # of any size about 1
    arrays = grad, x, weight
    return Work(
        partial(reference.conv2d_backward, *arrays, **layer.options, accumulator=accumulator),
        peers({"PyTorch": partial(_torch_backward, layer, *arrays)}),
        bars=BARS_BACKWARD[dtype],
        tolerance=_tolerance(dtype, max(grad[:, 0].size, weight[:, 0].size)),
        flops=4.0 * grad.size * weight[0].size,
        bytes=float(grad.nbytes + 2 * (x.nbytes + weight.nbytes)),
        truth=_truth(reference.conv2d_backward, arrays, layer),
    )


def _title(operation: str, layer: Layer, accumulator: str) -> str:
    """Return the title of the table to which a row belongs."""
    told = [operation] + [OTHER_SHAPES] * (layer in OTHERS)
    return ", ".join(told + ["float32 sums"] * (accumulator == "float32"))


def _tolerance(dtype: str, products: int) -> float:
    """Return how far two sums may be apart whose errors add up like steps in random directions."""
    return float(2 * np.finfo(dtype).eps * products**0.5)


def _tiny(dtype: str) -> Work:
    x, weight, _ = _operands(TINY, dtype)
    return Work(
        partial(reference.conv2d, x, weight),
        peers(
            {
                "PyTorch": partial(_torch, TINY, x, weight, None),
                "SciPy": partial(_scipy, x, weight),
            }
        ),
        tolerance=_tolerance(dtype, weight.size),
        peer_threads=False,
    )


def _truth(operation: Callable[..., Any], arrays: tuple[Array, ...], layer: Layer) -> Call | None:
    """Return the operation in float64; of float64 we would be our own judges."""
    if arrays[0].dtype == np.float64:
        return None
    return lambda: operation(*(array.astype(np.float64) for array in arrays), **layer.options)


def _torch(layer: Layer, x: Array, weight: Array, bias: Array | None) -> Call:
    import torch

    tensors = [None if a is None else torch.from_numpy(a) for a in (x, weight, bias)]

    def call() -> Array:
        with torch.inference_mode():
            out = torch.nn.functional.conv2d(*tensors, **layer.options)
        return np.asarray(out.numpy())

    return call


def _torch_backward(layer: Layer, grad: Array, x: Array, weight: Array) -> Call:
    """Return PyTorch's own function for all three gradients, without what autograd adds to it."""
    import torch

    tensors = [torch.from_numpy(array) for array in (grad, x, weight)]
    pairs = [[value, value] for value in (layer.stride, layer.padding, layer.dilation)]
    options = [[layer.kernels], *pairs, False, [0, 0], layer.groups, [True, True, True]]

    def call() -> tuple[Array, ...]:
        with torch.inference_mode():
            grads = torch.ops.aten.convolution_backward(*tensors, *options)
        return tuple(array.numpy() for array in grads)

    return call


def _onnx(layer: Layer, x: Array, weight: Array, bias: Array) -> Call:
    """The weights are part of the model: the session may lay them out as it likes."""
    return onnx_call(
        "Conv",
        {"x": x},
        {"weight": weight, "bias": bias},
        strides=[layer.stride] * 2,
        pads=[layer.padding] * 4,
        dilations=[layer.dilation] * 2,
        group=layer.groups,
        kernel_shape=[layer.kernel_size] * 2,
    )


def _scipy(x: Array, weight: Array) -> Call:
    from scipy.signal import correlate2d

    return lambda: correlate2d(x[0, 0], weight[0, 0], "valid")[np.newaxis, np.newaxis]


def _im2col(layer: Layer, x: Array, weight: Array, bias: Array) -> Array:
    """The windows as columns of a matrix, and one product of matrices for each group."""
    sides, step = [(0, 0)] * 2 + [(layer.padding,) * 2] * 2, layer.dilation
    extent = layer.dilation * (layer.kernel_size - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(x, sides), (extent,) * 2, (2, 3))
    windows = windows[:, :, :: layer.stride, :: layer.stride, ::step, ::step]
    n, _, height, width = windows.shape[:4]
    columns = windows.transpose(1, 4, 5, 0, 2, 3).reshape(layer.groups, weight[0].size, -1)
    out = weight.reshape(layer.groups, -1, weight[0].size) @ columns
    out = out.reshape(layer.kernels, n, height, width).transpose(1, 0, 2, 3)
    return np.ascontiguousarray(out + bias[:, np.newaxis, np.newaxis])
