"""Softmax, log-softmax and cross-entropy with its gradient, from short rows to a vocabulary."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import BARS_OF_MEMORY, Array, Arrays, Call, GpuRow, Work
from reference.backends import load_kernels
from reference.cuda.rows import launch

SHAPES = ((2**21, 10), (2**14, 1024), (2**12, 50257))
TINY_SHAPES = ((5, 10), (3, 77))
SEED, SCALE, TOLERANCE = 0, 3.0, 1e-5


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every shape."""
    for shape in TINY_SHAPES if is_tiny else SHAPES:
        told = "x".join(map(str, shape))
        for name in ("softmax", "log_softmax"):
            yield GpuRow(name, told, partial(_along_rows, name, shape))
        yield GpuRow("softmax_cross_entropy with gradient", told, partial(_cross_entropy, shape))


def _logits(shape: tuple[int, int]) -> Array:
    rng = np.random.default_rng(SEED)
    return rng.standard_normal(shape, np.float32) * np.float32(SCALE)


def _along_rows(name: str, shape: tuple[int, int]) -> Work:
    x = _logits(shape)
    kernel = getattr(load_kernels("probabilities", "cuda"), name)
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

    return partial(getattr(torch, name), inputs[0], 1)


def _cross_entropy(shape: tuple[int, int]) -> Work:
    """Return the work of the kernel alone: the function also asks if all labels are in range."""
    x = _logits(shape)
    samples, classes = shape
    labels = np.random.default_rng(SEED).integers(0, classes, samples)
    make = load_kernels("loss_gradients", "cuda").make_with_gradient_of_labels

    def ours(outputs: Any, inputs: Any) -> None:
        losses, out, fault = outputs
        logits, given, grad = inputs
        launch(make, out.dtype, out.shape, losses, out, logits, given, grad, fault)

    share = np.full(samples, 1 / samples, np.float32)
    return Work(
        outputs=(np.zeros(samples, np.float32), np.zeros_like(x), np.zeros(1, np.int32)),
        inputs=(x, labels, share),
        ours=ours,
        torch=_torch_cross_entropy,
        expected=partial(_expected, x, labels),
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=2 * x.nbytes + labels.nbytes + 2 * share.nbytes,
    )


def _expected(x: Array, labels: Array) -> Arrays:
    losses = reference.softmax_cross_entropy(x, labels, reduction="none")
    _, grad = reference.softmax_cross_entropy_with_gradient(x, labels)
    return np.asarray(losses), grad, np.zeros(1, np.int32)


def _torch_cross_entropy(outputs: Any, inputs: Any) -> Call:
    import torch

    logits, labels = inputs[0].requires_grad_(), inputs[1]

    def call() -> Any:
        with torch.enable_grad():
            loss = torch.nn.functional.cross_entropy(logits, labels)
            (grad,) = torch.autograd.grad(loss, logits)
        return None, grad, None

    return call
