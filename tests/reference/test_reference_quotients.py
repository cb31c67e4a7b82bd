"""Quotients by roots: those of IEEE 754 to the last bit, and to 40 bits for float32."""

import numpy as np
import pytest

from reference.cpu.fetching import FEW, STEP
from reference.cpu.jit import jit
from reference.cpu.quotients import block_size, divide_by_roots

EPS = [0.0, 1e-8, 1e-10, 3.0]
# Together, each numerator over each radicand.
NUMERATORS = [0.0, 5e-324, 1e-300, -1.0, 3.0, 1e300, np.inf, -np.inf, np.nan]
RADICANDS = [0.0, 5e-324, 3e-310, 1e-300, 0.25, 2.0, 1e300, 1.7e308, np.inf, -1.0, np.nan]


@jit
def fill(quotients, radicands, eps, like):
    for start in range(0, quotients.size, FEW):
        divide_by_roots(quotients, radicands, start, eps, like)


@jit
def tell_block_size():
    return block_size()


def divide(numerators, radicands, eps, dtype):
    quotients = numerators.copy()
    fill(quotients, radicands, eps, np.empty(0, dtype))
    return quotients


def draw(seed):
    """Return numbers of all sizes that the squares of float32 have, and as many radicands."""
    rng = np.random.default_rng(seed)
    numerators = rng.standard_normal(2**16) * 2.0 ** rng.integers(-150, 150, 2**16)
    return numerators, rng.random(2**16) * 2.0 ** rng.integers(-298, 256, 2**16)


@pytest.mark.parametrize("eps", EPS)
@pytest.mark.parametrize("seed", range(8))
def test_they_are_those_of_the_processor_to_the_last_bit(seed, eps):
    numerators, radicands = draw(seed)
    expected = numerators / (np.sqrt(radicands) + eps)
    np.testing.assert_array_equal(divide(numerators, radicands, eps, np.float64), expected)


@pytest.mark.parametrize("eps", EPS)
def test_squares_of_few_bits_have_exact_roots(eps):
    roots = np.arange(1.0, 4097.0)
    actual = divide(roots**3, roots**2, eps, np.float64)
    np.testing.assert_array_equal(actual, roots**3 / (roots + eps))


@pytest.mark.parametrize("eps", EPS)
def test_what_becomes_float32_is_right_to_40_bits(eps):
    numerators, radicands = draw(0)
    expected = numerators / (np.sqrt(radicands) + eps)
    actual = divide(numerators, radicands, eps, np.float32)
    np.testing.assert_allclose(actual, expected, rtol=2.0**-40)
    with np.errstate(over="ignore"):
        rounded, right = actual.astype(np.float32), expected.astype(np.float32)
    assert np.mean(rounded != right) < 1e-4


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("eps", [0.0, 1e-8, 5e-324, 1e-310, np.inf])
def test_zero_infinity_nan_and_the_ends_of_the_range(eps, dtype):
    pairs = np.array([(n, r) for n in NUMERATORS for r in RADICANDS])
    numerators, radicands = (
        np.resize(column, (-len(pairs) % FEW) + len(pairs)) for column in pairs.T
    )
    with np.errstate(all="ignore"):
        expected = numerators / (np.sqrt(radicands) + eps)
    actual = divide(numerators, radicands, eps, dtype)
    # A unit of the last place, or of the 40th bit, where a remainder is too small to be seen.
    np.testing.assert_allclose(actual, expected, rtol=2.0 ** (-52 if dtype is np.float64 else -40))


def test_a_number_that_is_done_again_changes_none_beside_it():
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
