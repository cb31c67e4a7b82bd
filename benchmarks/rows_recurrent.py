"""Steps of the LSTM and the GRU cell beside PyTorch's and a NumPy one with BLAS."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.rows import OTHER_SHAPES, Call, Row, Work, peers

# Samples, inputs, hidden units.
SIZES = [(1, 10, 20), (32, 128, 256), (64, 512, 512)]
OTHERS = [(1, 64, 64), (8, 300, 100), (16, 32, 32), (128, 64, 128), (256, 256, 256), (1, 512, 512)]
SEED = 0
BARS = {"PyTorch": 1.1, "NumPy": 1.0}

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every cell, size and dtype."""
    for dtype in ("float32", "float64"):
        for sizes, other in ((SIZES, ""), (OTHERS, f", {OTHER_SHAPES}")):
            for size in sizes:
                shape = "{} samples, {} inputs, {} units".format(*size)
                for name, make in (("lstm_cell", _lstm), ("gru_cell", _gru)):
                    yield Row(name + other, shape, dtype, partial(make, size, dtype))


def _operands(size: tuple[int, int, int], dtype: str, parts: int) -> tuple[Array, ...]:
    """Return x, h, c and the weights and biases of so many parts."""
    rng, (samples, inputs, hidden) = np.random.default_rng(SEED), size
    height = parts * hidden
    states = [(samples, inputs), (samples, hidden), (samples, hidden)]
    weights = [(height, inputs), (height, hidden), (height,), (height,)]
    arrays = [rng.standard_normal(shape) for shape in states]
    arrays += [rng.standard_normal(shape) / 10 for shape in weights]
    return tuple(array.astype(dtype) for array in arrays)


def _work(size: tuple[int, int, int], arrays: tuple[Array, ...], ours: Call, **makers: Any) -> Work:
    samples, inputs, hidden = size
    return Work(
        ours,
        peers({"PyTorch": makers["torch"], "NumPy": makers["numpy"]}),
        BARS,
        1e-5 if arrays[0].dtype == np.float32 else 1e-13,
        flops=2 * samples * len(arrays[3]) * (inputs + hidden),
        bytes=sum(array.nbytes for array in arrays),
    )


def _sigmoid(x: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-x))
    return result


def _lstm(size: tuple[int, int, int], dtype: str) -> Work:
    arrays = x, h, c, weight_ih, weight_hh, bias_ih, bias_hh = _operands(size, dtype, 4)

    def with_numpy() -> tuple[Array, Array]:
        total = x @ weight_ih.T + h @ weight_hh.T + (bias_ih + bias_hh)
        i, f, g, o = np.split(total, 4, 1)
        state = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
        return _sigmoid(o) * np.tanh(state), state

    def with_torch() -> Call:
        import torch

        tx, th, tc, *weights = map(torch.from_numpy, arrays)
        return lambda: torch.lstm_cell(tx, (th, tc), *weights)

    def ours() -> tuple[Array, Array]:
        return reference.lstm_cell(*arrays)

    return _work(size, arrays, ours, torch=with_torch, numpy=lambda: with_numpy)


def _gru(size: tuple[int, int, int], dtype: str) -> Work:
    arrays = x, h, _, weight_ih, weight_hh, bias_ih, bias_hh = _operands(size, dtype, 3)
    hidden = size[2]

    def with_numpy() -> Array:
        of_x, of_h = x @ weight_ih.T + bias_ih, h @ weight_hh.T + bias_hh
        r = _sigmoid(of_x[:, :hidden] + of_h[:, :hidden])
        z = _sigmoid(of_x[:, hidden : 2 * hidden] + of_h[:, hidden : 2 * hidden])
        candidate = np.tanh(of_x[:, 2 * hidden :] + r * of_h[:, 2 * hidden :])
        result: Array = (1 - z) * candidate + z * h
        return result

    def with_torch() -> Call:
        import torch

        tx, th, _, *weights = map(torch.from_numpy, arrays)
        return lambda: torch.gru_cell(tx, th, *weights)

    def ours() -> Array:
        return reference.gru_cell(x, h, *arrays[3:], form="pytorch")

    return _work(size, arrays, ours, torch=with_torch, numpy=lambda: with_numpy)
