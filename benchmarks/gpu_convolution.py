"""Convolution and its gradients on the layers of networks that are known, beside cuDNN."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import Array, Call, GpuRow, Work, tolerance_of
from benchmarks.rows_convolution import LAYERS, Layer
from reference.backends import load_kernels
from reference.windows import FlatSteps

SEED = 7
ACCUMULATOR = "float32"  # as cuDNN adds up
BARS, BARS_BACKWARD = {"PyTorch": 0.5}, {"PyTorch": 0.4}
# A GPU needs more images to have enough to do.
MORE = 8
TINY_LAYERS = (
    Layer("padded", 1, 2, 4, 3, 3, padding=1),
    Layer("strided", 1, 4, 5, 4, 3, stride=2, groups=2),
)


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the forward pass and the gradients of every layer."""
    layers = [layer._replace(images=MORE * layer.images) for layer in LAYERS]
    for layer in TINY_LAYERS if is_tiny else layers:
        yield GpuRow("conv2d forward", layer.shape, partial(_forward, layer))
        yield GpuRow("conv2d backward", layer.shape, partial(_backward, layer))


def _operands(layer: Layer) -> tuple[Array, Array, Array]:
    rng, k = np.random.default_rng(SEED), layer.kernel_size
    shapes = (
        (layer.images, layer.channels, layer.size, layer.size),
        (layer.kernels, layer.channels // layer.groups, k, k),
        (layer.kernels,),
    )
    x, weight, bias = (rng.standard_normal(shape, np.float32) for shape in shapes)
    return x, weight, bias


def _steps(layer: Layer) -> FlatSteps:
    stride, padding, dilation = layer.stride, layer.padding, layer.dilation
    return stride, stride, padding, padding, dilation, dilation, layer.groups


def _forward(layer: Layer) -> Work:
    operands, steps = _operands(layer), _steps(layer)
    out = reference.conv2d(*operands, **layer.options)
    kernels = load_kernels("convolution", "cuda")
    kernel = kernels.conv2d_for(out.shape, operands[1].shape, ACCUMULATOR)
    return Work(
        outputs=(np.zeros_like(out),),
        inputs=operands,
        ours=lambda outputs, inputs: kernel(*outputs, *inputs, steps),
        torch=partial(_torch, layer),
        expected=lambda: out,
        tolerance=tolerance_of(out.dtype, operands[1][0].size),
        bars=BARS,
        bytes=out.nbytes + sum(array.nbytes for array in operands),
    )


def _torch(layer: Layer, outputs: Any, inputs: Any) -> Call:
    import torch

    return partial(torch.nn.functional.conv2d, *inputs, **layer.options)


def _backward(layer: Layer) -> Work:
    x, weight, bias = _operands(layer)
    grad = np.sin(reference.conv2d(x, weight, bias, **layer.options))
    operands, steps = (grad, x, weight), _steps(layer)
    kernel = load_kernels("convolution_gradients", "cuda").conv2d_backward
    return Work(
        outputs=(np.zeros_like(x), np.zeros_like(weight), np.zeros(layer.kernels, x.dtype)),
        inputs=operands,
        ours=lambda outputs, inputs: kernel(*outputs, *inputs, steps, ACCUMULATOR),
        torch=partial(_torch_backward, layer),
        expected=partial(reference.conv2d_backward, *operands, **layer.options),
        tolerance=tolerance_of(x.dtype, max(grad[:, 0].size, weight[:, 0].size)),
        bars=BARS_BACKWARD,
        bytes=grad.nbytes + 2 * (x.nbytes + weight.nbytes),
    )


def _torch_backward(layer: Layer, outputs: Any, inputs: Any) -> Call:
    """Return PyTorch's own function for all three gradients, without what autograd adds to it."""
    import torch

    pairs = [[value, value] for value in (layer.stride, layer.padding, layer.dilation)]
    options = [[layer.kernels], *pairs, False, [0, 0], layer.groups, [True, True, True]]
    return partial(torch.ops.aten.convolution_backward, *inputs, *options)
