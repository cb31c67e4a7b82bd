"""The exponentials of the kernels, number by number, and the instructions that they are made of."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference import softmax
from reference.cpu.exponential_runs import sum_run, weigh_run
from reference.cpu.exponentials import (
    LARGEST_EXPONENT,
    exp_of_difference,
    exp_of_single,
    find_largest,
)
from reference.cpu.instructions import add_in_any_order, larger
from reference.cpu.jit import jit

COUNTS = [0, 1, 3, 4, 7, 8, 9, 31, 32, 33, 40, 63, 64, 65, 128]


@jit
def fill_singles(out, x):
    for k in range(x.shape[0]):
        out[k] = exp_of_single(np.float64(x[k]))


@jit
def fill_differences(out, x, largest):
    for k in range(x.shape[0]):
        out[k] = exp_of_difference(x[k], largest)


@jit
def weigh_singles(weights, place, x, start, count):
    return weigh_run(weights, place, x, start, count, (x,))


@jit
def sum_singles(x, start, count):
    return sum_run(x, start, count, ())


@jit
def add_up(x):
    total = 0.0
    for k in range(x.shape[0]):
        total = add_in_any_order(total, x[k])
    return total


@jit
def larger_of(one, other):
    return larger(one, other)


def differences_of(x, largest):
    out = np.empty_like(x)
    fill_differences(out, x, largest)
    return out


@needs_long
def test_the_exponential_of_a_difference_is_within_a_unit_of_the_last_place():
    rng = np.random.default_rng(0)
    for largest in (0.0, 1.0, -3.7, 700.123, 1e5 / 3):
        x = largest - np.concatenate([rng.exponential(30, 5000), rng.random(5000), [0.0, 708.0]])
        exact = np.exp(x.astype(LONG) - largest)
        assert_within_ulps(differences_of(x, largest), exact, 1)


@needs_long
def test_results_below_the_normal_range_are_rounded_like_others():
    x = -np.linspace(700, 760, 10_007)
    assert_within_ulps(differences_of(x, 0.0), np.exp(x.astype(LONG)), 1)
    assert differences_of(np.array([-746.0, -1e9, -math.inf]), 0.0).tolist() == [0, 0, 0]


def weigh_all(out, x):
    weigh_singles(out, 0, x, 0, len(x))


@needs_long
@pytest.mark.parametrize("fill", [fill_singles, weigh_all])
def test_the_exponential_of_a_single_has_ten_bits_more_than_it(fill):
    x = np.random.default_rng(0).uniform(-LARGEST_EXPONENT, LARGEST_EXPONENT, 20_000)
    x = np.concatenate([x, x / 1e3, x / 1e9, [0.0, -0.0]]).astype(np.float32)
    out = np.empty(len(x))
    fill(out, x)
    exact = np.exp(x.astype(LONG))
    assert np.max(np.abs(out - exact) / exact) < 2.0**-34
    assert out[-1] == out[-2] == 1


@pytest.mark.parametrize("fill", [fill_singles, weigh_all])
def test_singles_beyond_the_bounds_count_as_the_bounds(fill):
    x = np.array([3e38, math.inf, -3e38, -math.inf, math.nan], np.float32)
    out = np.empty(5)
    fill(out, x)
    bounds = [math.exp(LARGEST_EXPONENT)] * 2 + [math.exp(-LARGEST_EXPONENT)] * 2 + [math.nan]
    np.testing.assert_allclose(out, bounds, rtol=1e-9)


@pytest.mark.parametrize("count", [1, 7, 8, 9, 31, 32, 33, 64, 100])
def test_a_number_has_one_exponential_wherever_it_stands(count):
    """In the lanes of a vector, and in what is left over behind the last one."""
    x = np.full(count, -1.2345)
    assert len(set(differences_of(x, 0.5).tolist())) == 1
    singles, out = x.astype(np.float32), np.empty(count)
    fill_singles(out, singles)
    assert len(set(out.tolist())) == 1


@pytest.mark.parametrize("count", [*COUNTS, 191, 192, 193, 1001])
def test_a_run_has_the_exponentials_of_its_numbers_and_their_sum(count):
    """Each as if it were alone; what lies before and behind is neither read nor written."""
    x = np.random.default_rng(count).normal(0, 300, count).astype(np.float32)
    x[count // 2 : count // 2 + 2] = [math.inf, -math.inf][: count - count // 2]
    alone, weights = np.empty(count), np.full(count + 8, -1.0)
    for place in range(count):
        weigh_singles(alone, place, x, place, 1)
    around = np.concatenate([[math.nan] * 5, x, [math.nan] * 5]).astype(np.float32)
    total = weigh_singles(weights, 3, around, 5, count)
    assert weights.tolist() == [-1] * 3 + alone.tolist() + [-1] * 5
    np.testing.assert_allclose(total, math.fsum(alone), rtol=1e-14)
    assert sum_singles(around, 5, count) == total


@pytest.mark.parametrize("place", [0, 30, 31, 32, 34])
def test_a_nan_in_a_run_is_in_the_sum(place):
    x = np.zeros(35, np.float32)
    x[place] = math.nan
    assert math.isnan(sum_singles(x, 0, 35))
    assert sum_singles(x, 0, place) == place


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 2, 8, 15, 16, 17, 33, 67, 130])
def test_the_largest_is_found_in_every_lane_and_so_is_nan(size, dtype):
    row = -np.ones((1, size), dtype)
    for place in range(size):
        for value in (2.5, math.inf, math.nan):
            row[0, place] = value
            np.testing.assert_equal(find_largest(row, 0), value)
        row[0, place] = -1


def test_larger_knows_nan_on_both_sides():
    assert larger_of(1.0, 2.0) == larger_of(2.0, 1.0) == 2
    assert math.isnan(larger_of(1.0, math.nan))
    assert math.isnan(larger_of(math.nan, 1.0))


@pytest.mark.parametrize("count", [0, 1, 31, 32, 33, 100])
def test_a_sum_in_any_order_has_every_term_once(count):
    assert add_up(np.arange(float(count))) == count * (count - 1) / 2
    assert math.isnan(add_up(np.array([1.0] * count + [math.inf, -math.inf])))


@pytest.mark.parametrize("classes", [1, 7, 8, 9, 33, 67, 600, 1025])
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_nan_and_infinity_in_any_lane_spoil_their_row_alone(classes, value):
    for place in {0, classes // 2, classes - 1}:
        x = np.zeros((3, classes), np.float32)
        x[1, place] = value
        np.testing.assert_array_equal(np.isnan(softmax(x)).all(1), [False, True, False])
