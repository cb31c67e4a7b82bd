"""sigmoid of float32 in pairs, and where it is left to float64."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference import sigmoid
from reference.cpu.activations import STEP
from reference.cpu.jit import jit
from reference.cpu.sigmoid_runs import LEAST, fill_sigmoid_run
from reference.cpu.vectors import looks_up

needs_pairs = pytest.mark.skipif(not looks_up(), reason="this processor has no pairs")


@jit
def fill(out, x, start, count):
    return fill_sigmoid_run(out, x, start, count)


def exact(x):
    with np.errstate(over="ignore", under="ignore"):
        return 1 / (1 + np.exp(-x.astype(LONG)))


@needs_long
@needs_pairs
@pytest.mark.parametrize("scale", [1e-8, 1, 20, 86])
@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 127, 128, 129, 200, 10_000])
def test_a_run_has_all_digits(count, scale):
    """And what lies before and behind it is neither read nor written."""
    x = np.random.default_rng(count).uniform(-scale, scale, count).astype(np.float32)
    around = np.concatenate([[-1e9] * 5, x, [-1e9] * 5]).astype(np.float32)
    out = np.full(count + 10, -1, np.float32)
    assert fill(out, around, 5, count)
    assert out[:5].tolist() + out[5 + count :].tolist() == [-1] * 10
    assert_within_ulps(out[5 : 5 + count], exact(x), 0.51)


@needs_pairs
@pytest.mark.parametrize("place", [0, 127, 128, 140])
def test_a_number_too_small_for_pairs_is_reported(place):
    x, out = np.zeros(141, np.float32), np.empty(141, np.float32)
    for number, is_right in ((LEAST, True), (np.nextafter(np.float32(LEAST), -np.inf), False)):
        x[place] = number
        assert fill(out, x, 0, 141) == is_right
    x[place] = -math.inf
    assert not fill(out, x, 0, 141)


@needs_pairs
def test_nan_and_large_numbers_are_right():
    x = np.array([math.nan, math.inf, 3e38, 90, 0, -0.0] * 30, np.float32)
    out = np.empty_like(x)
    assert fill(out, x, 0, len(x))
    np.testing.assert_array_equal(out, [math.nan, 1, 1, 1, 0.5, 0.5] * 30)


@needs_long
@pytest.mark.parametrize("size", [STEP - 1, 3 * STEP + 7])
def test_one_number_too_small_leaves_the_others_right(size):
    x = np.random.default_rng(size).normal(0, 30, size).astype(np.float32)
    x[size // 2] = -100
    assert_within_ulps(sigmoid(x), exact(x), 0.51)
