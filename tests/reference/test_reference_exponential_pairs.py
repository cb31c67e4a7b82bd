"""Pairs of float32 numbers in place of float64: exponentials, their sums and products."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference import softmax
from reference.cpu.exponential_pairs import (
    LEAST_TOTAL,
    MOST_TOTAL,
    multiply_pairs,
    weigh_pairs,
)
from reference.cpu.jit import jit
from reference.cpu.vectors import looks_up

COUNTS = [0, 1, 5, 15, 16, 17, 31, 63, 64, 65, 100, 127, 128, 1000, 20_000]
needs_pairs = pytest.mark.skipif(not looks_up(), reason="this processor has no pairs")


@jit
def weigh(weights, place, x, start, count):
    return weigh_pairs(weights, place, x, start, count, (x,))


@jit
def multiply(out, start, weights, place, count, factor):
    return multiply_pairs(out, start, weights, place, count, factor)


def total_of(*numbers):
    return weigh(np.empty(len(numbers)), 0, np.array(numbers, np.float32), 0, len(numbers))


def parts_of(*numbers):
    """Return what the numbers have of their sum, and whether it is rounded once."""
    x, weights = np.array(numbers, np.float32), np.empty(len(numbers))
    out = np.empty_like(x)
    total = weigh(weights, 0, x, 0, len(x))
    return out, multiply(out, 0, weights, 0, len(x), 1 / total)


@needs_long
@needs_pairs
@pytest.mark.parametrize("scale", [0.01, 1, 9])
@pytest.mark.parametrize("count", COUNTS)
def test_a_run_has_a_sum_and_products_of_all_digits(count, scale):
    """And what lies before and behind it is neither read nor written."""
    x = np.random.default_rng(count).normal(0, scale, count).clip(-80, 40).astype(np.float32)
    weights, out = np.full(count + 8, -1.0), np.full(count + 10, -1, np.float32)
    around = np.concatenate([[math.nan] * 5, x, [math.nan] * 5]).astype(np.float32)
    total, exact = weigh(weights, 3, around, 5, count), np.exp(x.astype(LONG))
    assert abs(total - exact.sum()) <= 2.0**-32 * exact.sum()
    assert weights[:3].tolist() + weights[3 + count :].tolist() == [-1] * 8
    factor = 0.37 / float(exact.sum()) if count else 1.0
    assert multiply(out, 4, weights, 3, count, factor)
    assert out[:4].tolist() + out[4 + count :].tolist() == [-1] * 10
    assert_within_ulps(out[4 : 4 + count], exact * LONG(factor), 0.51)


@needs_pairs
def test_sums_outside_the_bounds_do_not_hold_and_say_so():
    assert LEAST_TOTAL < total_of(0.0) < MOST_TOTAL
    for x in (46.0, 90.0, 1e9, math.inf):
        assert total_of(x) > MOST_TOTAL
    for x in (-25.0, -140.0, -1e9, -math.inf):
        assert total_of(*[x] * 3) < LEAST_TOTAL
    assert math.isnan(total_of(*[0.0] * 20, math.nan))


@needs_pairs
@pytest.mark.parametrize("far", [-88.0, -95.0, -98.0])
@pytest.mark.parametrize("place", [0, 63, 64, 70])
def test_products_below_the_normal_range_are_reported(far, place):
    x = np.zeros(71)
    x[place] = far
    assert not parts_of(*x)[1]


@needs_pairs
@pytest.mark.parametrize("far", [-86.0, -104.5, -109.0, -1e4, -math.inf])
def test_products_that_are_normal_or_zero_are_not(far):
    out, is_right = parts_of(0.0, far)
    assert is_right
    assert (out[1] == 0) == (far < -100)


@needs_long
@pytest.mark.parametrize("classes", [127, 128, 129, 191, 1000, 20_000])
def test_rows_of_all_kinds_keep_every_digit_of_float32(classes):
    """In blocks of many rows, the last one not full; some are masked, some beyond what pairs do."""
    rng = np.random.default_rng(classes)
    rows = 3 + 40_000 // classes
    x = rng.normal(0, rng.choice([0.01, 1, 10, 30, 100], (rows, 1)), (rows, classes))
    x[rng.random((rows, classes)) < 0.1] = -math.inf
    x += rng.choice([-60, -20, 0, 20, 60, 800], (rows, 1))
    x = x.astype(np.float32)
    wide = x.astype(LONG)
    weights = np.exp(wide - wide.max(1, keepdims=True))
    p = softmax(x)
    assert_within_ulps(p, weights / weights.sum(1, keepdims=True), 0.51)
    for row in (0, rows // 2, rows - 1):
        np.testing.assert_array_equal(softmax(x[row : row + 1])[0], p[row])
