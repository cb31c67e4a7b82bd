"""Sums of long rows: no digit, no infinity and no NaN is lost between two chunks."""

import math

import numpy as np
import pytest

from reference.cpu.jit import jit
from reference.cpu.sums import CHUNK, add, add_but_one

SIZES = [1, 7, 8, 33, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5]
inf, nan = math.inf, math.nan


@jit
def add_one_by_one(numbers):
    total, lost = 0.0, 0.0
    for number in numbers:
        total, lost = add(total, lost, number)
    return total


def test_what_one_addition_rounds_off_comes_with_the_next():
    assert add_one_by_one(np.array([1.0] + [2.0**-54] * 2**12)) == 1 + 2.0**-42


@pytest.mark.parametrize(
    ("numbers", "total"),
    [
        ([inf, 1.0, 2.0], inf),
        ([1.0, -inf, 2.0], -inf),
        ([inf, 1.0, -inf], nan),
        ([nan, 1.0, 2.0], nan),
        ([1e308, 1e308, 1.0], inf),
    ],
)
def test_an_infinite_total_stays_infinite_and_nan_stays_nan(numbers, total):
    np.testing.assert_equal(add_one_by_one(np.array(numbers)), total)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", SIZES)
def test_the_number_at_a_place_is_left_out_and_no_other(size, dtype):
    numbers = np.arange(1.0, size + 1).astype(dtype)
    rows = np.stack([np.full(size, nan, dtype), numbers])
    for place in {0, size // 2, size - 1}:
        assert add_but_one(rows, 1, place) == size * (size + 1) / 2 - (place + 1)


@pytest.mark.parametrize("value", [nan, inf])
def test_nan_and_infinity_count_unless_they_are_left_out(value):
    rows = np.ones((1, CHUNK + 3))
    rows[0, 5] = value
    assert add_but_one(rows, 0, 5) == CHUNK + 2
    np.testing.assert_equal(add_but_one(rows, 0, 6), value)


def test_long_rows_lose_no_digits():
    row = np.random.default_rng(0).standard_normal((1, 200_000))
    exact = math.fsum(row[0, 1:])
    assert abs(add_but_one(row, 0, 0) - exact) < 2.0**-42
