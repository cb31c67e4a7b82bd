"""Differences of float32 numbers and a logarithm, run by run, and which of them is nearly 0."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference import log_softmax
from reference.cpu.jit import jit
from reference.cpu.logarithm_runs import NEAR, subtract_run

COUNTS = [1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100]


@jit
def fill(out, numbers, start, count, logarithm):
    return subtract_run(out, numbers, start, count, logarithm)


def subtract(numbers, logarithm):
    """Return the differences and the place, and see that nothing around them is touched."""
    around = np.concatenate([[math.nan] * 3, numbers, [math.nan] * 40]).astype(np.float32)
    out = np.full(len(around), 7, np.float32)
    place = fill(out, around, 3, len(numbers), logarithm)
    end = 3 + len(numbers)
    assert set(out[:3]) == set(out[end:]) == {7}
    return out[3:end], place


@needs_long
@pytest.mark.parametrize("scale", [1e-6, 0.1, 1, 30, 1e4, 1e9, 1e30])
def test_a_difference_is_rounded_once(scale):
    rng = np.random.default_rng(0)
    numbers = rng.normal(0, scale, 20_000).astype(np.float32)
    for logarithm in (math.log(2), 4.605170185988092, -1e-9, 123.456, -450.1):
        found, _ = subtract(numbers, logarithm)
        assert_within_ulps(found, numbers.astype(LONG) - LONG(logarithm), 0.500001)


@pytest.mark.parametrize("count", COUNTS)
def test_a_run_is_done_to_its_end_and_no_further(count):
    numbers = np.random.default_rng(count).normal(0, 5, count).astype(np.float32)
    found, place = subtract(numbers, 20.5)
    np.testing.assert_array_equal(found, (numbers - 20.5).astype(np.float32))
    assert place == -1


@pytest.mark.parametrize("count", COUNTS)
def test_what_is_nearly_0_is_found_wherever_it_stands(count):
    for place in range(count):
        numbers = np.full(count, -3, np.float32)
        numbers[place] = 2
        assert subtract(numbers, 2 - 0.9 * NEAR)[1] == place
        assert subtract(numbers, 2 - 1.1 * NEAR)[1] == -1


def test_an_empty_run_has_nothing():
    assert subtract(np.empty(0, np.float32), 1.0)[1] == -1


@pytest.mark.parametrize("count", COUNTS)
def test_infinity_stays_infinite_and_nan_is_nan(count):
    largest = float(np.finfo(np.float32).max)
    numbers = np.resize([-math.inf, math.nan, -largest, math.inf], count).astype(np.float32)
    np.testing.assert_array_equal(subtract(numbers, 460.5)[0], numbers)


@needs_long
@pytest.mark.parametrize("classes", [2, 10, 31, 32, 33, 100, 1000, 20_000])
def test_rows_of_all_kinds_keep_every_digit_of_float32(classes):
    """In blocks of many rows, the last one not full, with and without a nearly certain class."""
    rng = np.random.default_rng(classes)
    rows = 3 + 40_000 // classes
    x = rng.normal(0, rng.choice([0.01, 1, 10, 100], (rows, 1)), (rows, classes))
    x[:, 0] -= 300 * (rng.random(rows) < 0.1)
    x = x.astype(np.float32)
    wide = x.astype(LONG)
    largest = np.argmax(x, 1)[:, None]
    shifted = wide - np.take_along_axis(wide, largest, 1)
    weights = np.exp(shifted)
    np.put_along_axis(weights, largest, 0, 1)
    exact = shifted - np.log1p(weights.sum(1, keepdims=True))
    assert_within_ulps(log_softmax(x), exact, 0.51)
