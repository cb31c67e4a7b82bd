"""Recurrent cells of the GPU's kernels beside the CPU's."""

from functools import partial

import numpy as np
import pytest

import reference

RNG = np.random.default_rng(0)
# Name -> the cell, its gates.
CELLS = {
    "tanh": (reference.rnn_cell, 1),
    "relu": (partial(reference.rnn_cell, activation="relu"), 1),
    "lstm": (reference.lstm_cell, 4),
    "gru": (reference.gru_cell, 3),
    "gru of PyTorch": (partial(reference.gru_cell, form="pytorch"), 3),
}
# Samples, inputs, units: more than one tile each way, one of each, no inputs, no samples.
SIZES = [(5, 6, 9), (1, 1, 1), (2, 0, 2), (0, 2, 2)]


def operands(name, size, dtype):
    """Return x, the states, the weights and the biases."""
    samples, inputs, units = size
    height = CELLS[name][1] * units
    states = [(samples, units)] * (2 if name == "lstm" else 1)
    shapes = [(samples, inputs), *states, (height, inputs), (height, units), (height,), (height,)]
    return [RNG.standard_normal(shape).astype(dtype) for shape in shapes]


def as_list(result):
    return list(result) if isinstance(result, tuple) else [result]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CELLS)
def test_the_next_state_is_the_same(name, size):
    cell = CELLS[name][0]
    for dtype in (np.float32, np.float64) if size == SIZES[0] else (np.float64,):
        given = operands(name, size, dtype)
        tolerance = 4 * np.finfo(dtype).eps * max(1, size[1] + size[2]) ** 0.5
        for actual, expected in zip(
            as_list(cell(*given, backend="cuda")), as_list(cell(*given)), strict=True
        ):
            assert actual.dtype == dtype
            np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_gates_that_are_wide_open_or_shut_and_nan_are_the_same(name):
    cell, (x, *others) = CELLS[name][0], operands(name, (4, 2, 3), np.float32)
    x[0], x[1], x[2, 1], x[3, 0] = 1e30, -1e30, np.nan, np.inf
    for actual, expected in zip(
        as_list(cell(x, *others, backend="cuda")), as_list(cell(x, *others)), strict=True
    ):
        np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-6)


def test_one_sample_alone_is_the_same():
    x, h, *weights = operands("tanh", (1, 2, 3), np.float64)
    expected = reference.rnn_cell(x[0], h[0], *weights)
    actual = reference.rnn_cell(x[0], h[0], *weights, backend="cuda")
    np.testing.assert_allclose(actual, expected, rtol=1e-13)
