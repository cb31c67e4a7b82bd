"""Activation functions and their gradients: what is read and written once."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import BARS_OF_MEMORY, Array, Call, GpuRow, Work
from reference.backends import load_kernels

SIZES, TINY_SIZES = (2**24, 2**28), (77,)
NAMES = ("sigmoid", "tanh", "relu")
SEED, TOLERANCE = 0, 1e-6


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every function, its gradient and size."""
    for size in TINY_SIZES if is_tiny else SIZES:
        for name in NAMES:
            yield GpuRow(name, f"{size} numbers", partial(_forward, name, size))
            yield GpuRow(f"{name} backward", f"{size} numbers", partial(_backward, name, size))


def _numbers(size: int) -> list[Array]:
    """Return x and the gradient of what came out."""
    rng = np.random.default_rng(SEED)
    return [rng.standard_normal(size, np.float32) for _ in range(2)]


def _forward(name: str, size: int) -> Work:
    x, _ = _numbers(size)
    kernel = getattr(load_kernels("activations", "cuda"), name)
    return Work(
        outputs=(np.zeros_like(x),),
        inputs=(x,),
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=partial(_torch, name),
        expected=partial(getattr(reference, name), x),
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=2 * x.nbytes,
    )


def _torch(name: str, outputs: Any, inputs: Any) -> Call:
    import torch

    return partial(getattr(torch, name), inputs[0])


def _backward(name: str, size: int) -> Work:
    x, grad = _numbers(size)
    kernel = getattr(load_kernels("activations", "cuda"), f"{name}_backward")
    return Work(
        outputs=(np.zeros_like(x),),
        inputs=(grad, x),
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=partial(_torch_backward, name),
        expected=partial(getattr(reference, f"{name}_backward"), grad, x),
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=3 * x.nbytes,
    )


def _torch_backward(name: str, outputs: Any, inputs: Any) -> Call:
    """Return PyTorch's own function, of the result of the forward pass, which it keeps."""
    import torch

    grad, x = inputs
    if name == "relu":
        return partial(torch.ops.aten.threshold_backward, grad, x, 0)
    backward = getattr(torch.ops.aten, f"{name}_backward")
    return partial(backward, grad, getattr(torch, name)(x))
