"""Convolution and its gradients beside PyTorch, ONNX Runtime, SciPy and im2col in NumPy."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.onnx_calls import onnx_call
from benchmarks.rows import Call, Row, peers

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


class Layer(NamedTuple):
    """A layer of a network that is known, and how many images go through it."""

    name: str
    images: int
    channels: int
    size: int
    kernels: int
    kernel_size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1

    @property
    def options(self) -> dict[str, int]:
        names = ("stride", "padding", "dilation", "groups")
        return {name: getattr(self, name) for name in names}

    @property
    def shape(self) -> str:
        """Return name, images, kernels and what is not usual."""
        k, per_group = self.kernel_size, self.channels // self.groups
        x = f"{self.images}x{self.channels}x{self.size}x{self.size}"
        usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
        told = [f"{n} {v}" for n, v in self.options.items() if v != usual[n]]
        return ", ".join([f"{self.name}: {x} * {self.kernels}x{per_group}x{k}x{k}", *told])


TINY = Layer("one window", 1, 1, 5, 1, 3)
LAYERS = [
    Layer("LeNet C1", 64, 1, 28, 6, 5, padding=2),
    Layer("LeNet C3", 64, 6, 14, 16, 5),
    Layer("CIFAR first", 64, 3, 32, 32, 3, padding=1),
    Layer("CIFAR second", 64, 32, 15, 64, 3),
    Layer("VGG 64", 8, 64, 56, 64, 3, padding=1),
    Layer("ResNet 256", 8, 256, 14, 256, 3, padding=1),
    Layer("ResNet down", 8, 64, 56, 128, 3, stride=2, padding=1),
    Layer("ResNet stem", 8, 3, 112, 64, 7, stride=2, padding=3),
    Layer("dilated", 8, 64, 28, 64, 3, padding=2, dilation=2),
    Layer("depthwise", 8, 64, 56, 64, 3, padding=1, groups=64),
    Layer("pointwise", 8, 64, 56, 64, 1),
]


def rows() -> Iterator[Row]:
    """Yield the forward pass and the gradients of every layer.

    Peers add products of float32 up in float32, which is ours for the asking.
    """
    for dtype, accumulator in RUNS:
        if accumulator == "float64":
            yield _tiny(dtype)
        for layer in LAYERS:
            yield _forward(layer, dtype, accumulator)
        for layer in LAYERS:
            yield _backward(layer, dtype, accumulator)


def _operands(layer: Layer, dtype: str) -> tuple[Array, Array, Array]:
    rng, k = np.random.default_rng(SEED), layer.kernel_size
    x = rng.standard_normal((layer.images, layer.channels, layer.size, layer.size))
    weight = rng.standard_normal((layer.kernels, layer.channels // layer.groups, k, k))
    bias = rng.standard_normal(layer.kernels)
    return x.astype(dtype), weight.astype(dtype), bias.astype(dtype)


def _forward(layer: Layer, dtype: str, accumulator: str) -> Row:
    operands = _operands(layer, dtype)
    out = reference.conv2d(*operands, **layer.options)
    makers: dict[str, Callable[[], Call]] = {
        "PyTorch": partial(_torch, layer, *operands),
        "NumPy": lambda: partial(_im2col, layer, *operands),
    }
    if dtype == "float32":
        makers["ONNX Runtime"] = partial(_onnx, layer, *operands)
    bars = BARS_POINTWISE if layer.kernel_size == 1 else BARS
    return Row(
        _title("conv2d forward", accumulator),
        layer.shape,
        dtype,
        partial(reference.conv2d, *operands, **layer.options, accumulator=accumulator),
        peers(makers),
        bars=bars[dtype],
        tolerance=_tolerance(dtype, operands[1][0].size),
        flops=2.0 * out.size * operands[1][0].size,
        bytes=float(out.nbytes + sum(array.nbytes for array in operands)),
        truth=_truth(reference.conv2d, operands, layer),
    )


def _backward(layer: Layer, dtype: str, accumulator: str) -> Row:
    x, weight, bias = _operands(layer, dtype)
    grad = np.sin(reference.conv2d(x, weight, bias, **layer.options))  # of any size about 1
    arrays = grad, x, weight
    return Row(
        _title("conv2d backward", accumulator),
        layer.shape,
        dtype,
        partial(reference.conv2d_backward, *arrays, **layer.options, accumulator=accumulator),
        peers({"PyTorch": partial(_torch_backward, layer, *arrays)}),
        bars=BARS_BACKWARD[dtype],
        tolerance=_tolerance(dtype, max(grad[:, 0].size, weight[:, 0].size)),
        flops=4.0 * grad.size * weight[0].size,
        bytes=float(grad.nbytes + 2 * (x.nbytes + weight.nbytes)),
        truth=_truth(reference.conv2d_backward, arrays, layer),
    )


def _title(operation: str, accumulator: str) -> str:
    return operation + (", float32 sums" if accumulator == "float32" else "")


def _tolerance(dtype: str, products: int) -> float:
    """Return how far two sums may be apart whose errors add up like steps in random directions."""
    return float(2 * np.finfo(dtype).eps * products**0.5)


def _tiny(dtype: str) -> Row:
    x, weight, _ = _operands(TINY, dtype)
    return Row(
        "conv2d forward, tiny",
        TINY.shape,
        dtype,
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
