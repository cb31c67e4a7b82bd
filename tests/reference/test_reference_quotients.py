"""Quotients by roots: those of IEEE 754 to the last bit, and to 40 bits for float32.

Both as a processor makes them that is quick to divide, and as one that estimates.
"""

from functools import cache
from unittest.mock import patch

import numpy as np
import pytest
from numba import njit

from reference.cpu import quotients
from reference.cpu.fetching import FEW, STEP
from reference.cpu.jit import jit
from reference.cpu.quotients import block_size, divide_by_roots
from reference.cpu.vectors import name_processor

EPS = [0.0, 1e-8, 1e-10, 3.0]
# Together, each numerator over each radicand.
NUMERATORS = [0.0, 5e-324, 1e-300, -1.0, 3.0, 1e300, np.inf, -np.inf, np.nan]
RADICANDS = [0.0, 5e-324, 3e-310, 1e-300, 0.25, 2.0, 1e300, 1.7e308, np.inf, -1.0, np.nan]


@cache
def compile_fill(divides):
    """Return what divides, compiled as if this processor were quick at it or not.

    It is not cached on disk, where the two would be one.
    """
    with patch.object(quotients, "DIVIDERS", (name_processor(),) if divides else ()):

        @njit(error_model="numpy")
        def fill(numerators, radicands, eps, like):
            for start in range(0, numerators.size, FEW):
                divide_by_roots(numerators, radicands, start, eps, like)

        for dtype in (np.float32, np.float64):
            fill(np.ones(FEW), np.ones(FEW), 0.0, np.empty(0, dtype))
    return fill


@jit
def tell_block_size():
    return block_size()


@pytest.fixture(params=[True, False], ids=["divides", "estimates"])
def divide(request):
    fill = compile_fill(request.param)

    def divide(numerators, radicands, eps, dtype):
        results = numerators.copy()
        fill(results, radicands, eps, np.empty(0, dtype))
        return results

    return divide


def draw(seed):
    """Return numbers of all sizes that the squares of float32 have, and as many radicands."""
    rng = np.random.default_rng(seed)
    numerators = rng.standard_normal(2**16) * 2.0 ** rng.integers(-150, 150, 2**16)
    return numerators, rng.random(2**16) * 2.0 ** rng.integers(-298, 256, 2**16)


@pytest.mark.parametrize("eps", EPS)
@pytest.mark.parametrize("seed", range(8))
def test_they_are_those_of_the_processor_to_the_last_bit(divide, seed, eps):
    numerators, radicands = draw(seed)
    expected = numerators / (np.sqrt(radicands) + eps)
    np.testing.assert_array_equal(divide(numerators, radicands, eps, np.float64), expected)


@pytest.mark.parametrize("eps", EPS)
def test_squares_of_few_bits_have_exact_roots(divide, eps):
    roots = np.arange(1.0, 4097.0)
    actual = divide(roots**3, roots**2, eps, np.float64)
    np.testing.assert_array_equal(actual, roots**3 / (roots + eps))


@pytest.mark.parametrize("eps", EPS)
def test_what_becomes_float32_is_right_to_40_bits(divide, eps):
    numerators, radicands = draw(0)
    expected = numerators / (np.sqrt(radicands) + eps)
    actual = divide(numerators, radicands, eps, np.float32)
    np.testing.assert_allclose(actual, expected, rtol=2.0**-40)
    with np.errstate(over="ignore"):
        rounded, right = actual.astype(np.float32), expected.astype(np.float32)
    assert np.mean(rounded != right) < 1e-4


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("eps", [0.0, 1e-8, 5e-324, 1e-310, np.inf])
def test_zero_infinity_nan_and_the_ends_of_the_range(divide, eps, dtype):
    pairs = np.array([(n, r) for n in NUMERATORS for r in RADICANDS])
    numerators, radicands = (
        np.resize(column, (-len(pairs) % FEW) + len(pairs)) for column in pairs.T
    )
    with np.errstate(all="ignore"):
        expected = numerators / (np.sqrt(radicands) + eps)
    actual = divide(numerators, radicands, eps, dtype)
    # A unit of the last place, or of the 40th bit, where a remainder is too small to be seen.
    np.testing.assert_allclose(actual, expected, rtol=2.0 ** (-52 if dtype is np.float64 else -40))


def test_a_number_that_is_done_again_changes_none_beside_it(divide):
    numerators, radicands = np.arange(1.0, FEW + 1.0), np.full(FEW, 7.0)
    expected = divide(numerators, radicands, 0.0, np.float64)
    for place in range(FEW):
        spoilt = radicands.copy()
        spoilt[place] = 0.0
        actual = divide(numerators, spoilt, 0.0, np.float64)
        assert actual[place] == np.inf
        np.testing.assert_array_equal(np.delete(actual, place), np.delete(expected, place))


def test_a_block_is_a_whole_number_of_calls():
    assert tell_block_size() in (STEP, 2 * FEW)
    assert tell_block_size() % FEW == 0
