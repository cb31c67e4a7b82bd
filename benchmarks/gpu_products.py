"""Dense layers and recurrent cells beside cuBLAS and PyTorch's cells."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import Array, Arrays, Call, GpuRow, Work, tolerance_of
from reference.backends import load_kernels

# Samples, inputs, outputs or hidden units.
LAYERS, TINY_LAYERS = ((256, 784, 128), (4096, 4096, 4096)), ((9, 5, 10),)
CELLS, TINY_CELLS = ((64, 512, 512), (4096, 512, 512)), ((3, 4, 5),)
SEED = 0


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every layer and cell."""
    for size in TINY_LAYERS if is_tiny else LAYERS:
        told = "{} samples, {} inputs, {} outputs".format(*size)
        yield GpuRow("dense", told, partial(_dense, *size))
        yield GpuRow("dense backward", told, partial(_dense_backward, *size))
    for size in TINY_CELLS if is_tiny else CELLS:
        told = "{} samples, {} inputs, {} units".format(*size)
        yield GpuRow("lstm_cell", told, partial(_lstm, *size))
        yield GpuRow("gru_cell of PyTorch's form", told, partial(_gru, *size))


def _random(*shapes: tuple[int, ...]) -> list[Array]:
    """Return numbers of which products stay small."""
    rng = np.random.default_rng(SEED)
    return [rng.standard_normal(shape, np.float32) / np.float32(10) for shape in shapes]


def _dense(samples: int, inputs: int, outputs: int) -> Work:
    x, weight, bias = _random((samples, inputs), (inputs, outputs), (outputs,))
    kernel = load_kernels("networks", "cuda").dense

    def torch_dense(outputs: Any, inputs: Any) -> Call:
        import torch

        return partial(torch.addmm, inputs[2], inputs[0], inputs[1])

    return Work(
        outputs=(np.zeros((len(x), len(bias)), x.dtype),),
        inputs=(x, weight, bias),
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=torch_dense,
        expected=partial(reference.dense, x, weight, bias),
        tolerance=tolerance_of(x.dtype, len(weight)),
    )


def _dense_backward(samples: int, inputs: int, outputs: int) -> Work:
    grad, x, weight = _random((samples, outputs), (samples, inputs), (inputs, outputs))
    kernel = load_kernels("networks", "cuda").dense_backward

    def torch_backward(outputs: Any, inputs: Any) -> Call:
        grad_output, rows, columns = inputs
        return lambda: (grad_output @ columns.T, rows.T @ grad_output, grad_output.sum(0))

    return Work(
        outputs=(np.zeros_like(x), np.zeros_like(weight), np.zeros(weight.shape[1], x.dtype)),
        inputs=(grad, x, weight),
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=torch_backward,
        expected=partial(reference.dense_backward, grad, x, weight),
        tolerance=tolerance_of(x.dtype, max(grad.shape)),
    )


def _operands(samples: int, inputs: int, units: int, gates: int, states: int) -> Arrays:
    height = gates * units
    rows = [(samples, inputs), *[(samples, units)] * states]
    return tuple(_random(*rows, (height, inputs), (height, units), (height,), (height,)))


def _lstm(samples: int, inputs: int, units: int) -> Work:
    operands = _operands(samples, inputs, units, gates=4, states=2)
    kernel = load_kernels("recurrent", "cuda").lstm_cell

    def torch_cell(outputs: Any, inputs: Any) -> Call:
        import torch

        x, h, c, *weights = inputs
        return partial(torch.lstm_cell, x, (h, c), *weights)

    return Work(
        outputs=(np.zeros_like(operands[1]), np.zeros_like(operands[1])),
        inputs=operands,
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=torch_cell,
        expected=partial(reference.lstm_cell, *operands),
        tolerance=tolerance_of(np.float32, inputs + units),
    )


def _gru(samples: int, inputs: int, units: int) -> Work:
    operands = _operands(samples, inputs, units, gates=3, states=1)
    kernel = load_kernels("recurrent", "cuda").gru_cell_pytorch

    def torch_cell(outputs: Any, inputs: Any) -> Call:
        import torch

        return partial(torch.gru_cell, *inputs)

    return Work(
        outputs=(np.zeros_like(operands[1]),),
        inputs=operands,
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=torch_cell,
        expected=partial(reference.gru_cell, *operands, form="pytorch"),
        tolerance=tolerance_of(np.float32, inputs + units),
    )
