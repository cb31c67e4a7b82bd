"""The products and the gates of the recurrent cells: edges, last digits, special values."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference.cpu.gates import sigmoid, tanh
from reference.cpu.jit import jit
from reference.cpu.product_tile import ROWS
from reference.cpu.products import MOST_PRODUCTS, MOST_ROWS, add_rows, multiply_rows
from reference.cpu.vectors import vector_bytes

LANES = vector_bytes() // 8


def operands(dtype, rows, columns, length):
    rng = np.random.default_rng(0)
    shapes = (rows, length), (columns, length), (columns,)
    return [rng.integers(-8, 8, shape).astype(dtype) for shape in shapes]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("rows", [0, 1, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS + 3])
@pytest.mark.parametrize("columns", [1, LANES - 1, LANES, LANES + 1, 3 * LANES - 1])
@pytest.mark.parametrize("length", [0, 1, LANES - 1, LANES, LANES + 1, 3 * LANES + 5])
def test_products_of_whole_numbers_are_exact_at_every_edge(dtype, rows, columns, length):
    x, weight, bias = operands(dtype, rows, columns, length)
    expected = x.astype(np.int64) @ weight.T.astype(np.int64) + bias.astype(np.int64)
    total = multiply_rows(x, weight, bias)
    np.testing.assert_array_equal(total, expected)
    add_rows(total, -x, weight)
    np.testing.assert_array_equal(total, np.tile(bias, (rows, 1)))


@pytest.mark.parametrize("rows", [1, ROWS, ROWS + 1])
def test_sums_are_added_to_some_columns_and_others_stay(rows):
    x, weight, _ = operands(np.float64, rows, LANES + 1, 5)
    out = np.ones((rows, LANES + 4))
    add_rows(out, x, weight, 2)
    np.testing.assert_array_equal(out[:, 2:-1], 1 + x @ weight.T)
    assert (out[:, [0, 1, -1]] == 1).all()


@pytest.mark.parametrize("rows", [1, MOST_ROWS - 1, MOST_ROWS + 2 * ROWS + 1])
@pytest.mark.parametrize("length", [MOST_PRODUCTS, MOST_PRODUCTS + 1, 2 * MOST_PRODUCTS + 9])
def test_parts_of_long_sums_and_of_many_rows_are_added_up(rows, length):
    x, weight, bias = operands(np.float32, rows, LANES + 3, length)
    expected = x.astype(np.int64) @ weight.T.astype(np.int64) + bias.astype(np.int64)
    np.testing.assert_array_equal(multiply_rows(x, weight, bias), expected)


@pytest.mark.parametrize("place", [0, LANES - 1, LANES, 2 * LANES])
def test_nothing_beyond_a_row_is_read(place):
    """A NaN spoils the products of its row, and neither those of the next nor of the last."""
    x, weight, bias = operands(np.float64, ROWS + 1, LANES + 1, 2 * LANES + 1)
    x[1, place] = math.nan
    nan = np.isnan(multiply_rows(x, weight, bias))
    assert nan[1].all()
    assert not nan[[0, *range(2, ROWS + 1)]].any()


def test_a_row_alone_has_the_same_bits_as_in_a_tile():
    rng = np.random.default_rng(1)
    x, weight, bias = (rng.standard_normal(shape) for shape in ((11, 77), (13, 77), 13))
    whole = multiply_rows(x, weight, bias)
    for n in range(11):
        np.testing.assert_array_equal(multiply_rows(x[n : n + 1], weight, bias), whole[n : n + 1])


@needs_long
def test_long_sums_of_float32_keep_the_digits_of_float64():
    rng = np.random.default_rng(2)
    x, weight = (rng.standard_normal((5, 4096)).astype(np.float32) for _ in range(2))
    exact = x.astype(LONG) @ weight.astype(LONG).T
    error = np.abs(multiply_rows(x, weight, np.zeros(5, np.float32)) - exact)
    assert error.max() < 1e-13


@jit
def fill(out, x):
    for k in range(x.shape[0]):
        out[0, k], out[1, k] = sigmoid(x[k], False), tanh(x[k], False)


def gates_of(x):
    out = np.empty((2, len(x)))
    fill(out, x)
    return out


@needs_long
def test_gates_are_within_three_units_of_the_last_place():
    rng = np.random.default_rng(3)
    x = np.concatenate([40 * rng.standard_normal(9001), rng.standard_normal(9001) / 1e6])
    actual, wide = gates_of(x), x.astype(LONG)
    assert_within_ulps(actual[0], 1 / (1 + np.exp(-wide)), 3)
    assert_within_ulps(actual[1], np.tanh(wide), 3)


@pytest.mark.parametrize("count", [1, 8, 9, 33])
def test_gates_of_special_values_in_every_lane(count):
    special = [0.0, -0.0, 800.0, -800.0, math.inf, -math.inf]
    for value in special:
        out = gates_of(np.full(count, value))
        expected = 0.5 if value == 0 else float(value > 0)
        assert (out[0] == expected).all()
        assert (out[1] == (np.sign(value) if value else value)).all()
        assert (np.signbit(out[1]) == np.signbit(value)).all()
    assert np.isnan(gates_of(np.full(count, math.nan))).all()
    # Some NaNs carry other bits than NumPy's.
    other = np.array([0x7FF8000000000FFF] * count, np.uint64).view(np.float64)
    assert np.isnan(gates_of(other)).all()
