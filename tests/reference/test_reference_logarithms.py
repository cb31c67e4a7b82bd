"""The logarithms of the kernels, number by number: last digits, ends of the range, lanes."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference.cpu.jit import jit
from reference.cpu.logarithms import log, log_of_more, log_of_rest

SMALLEST = np.finfo(float).tiny
RANGES = {
    "unit": lambda rng: rng.random(20_000),
    "small": lambda rng: np.exp(-rng.uniform(0, 708, 20_000)),
    "near-1": lambda rng: 1 - np.exp(-rng.uniform(0, 36, 20_000)),
    "near-a-half": lambda rng: 0.5 + rng.uniform(-1e-6, 1e-6, 5000),
    "where-the-exponent-changes": lambda rng: math.sqrt(0.5) + rng.uniform(-1e-6, 1e-6, 5000),
    "powers-of-2": lambda rng: 2.0 ** -np.arange(1, 1022),
}
each_range = pytest.mark.parametrize("name", RANGES)


@jit
def fill_logs(out, x):
    for k in range(x.shape[0]):
        out[k] = log(x[k])


@jit
def fill_logs_of_rests(out, p):
    for k in range(p.shape[0]):
        out[k] = log_of_rest(p[k])


@jit
def fill_logs_of_more(out, x):
    for k in range(x.shape[0]):
        out[k] = log_of_more(x[k])


def filled(kernel, x):
    out = np.empty(len(x))
    kernel(out, np.asarray(x, float))
    return out


def numbers_of(name):
    return np.clip(RANGES[name](np.random.default_rng(0)), SMALLEST, 1 - 2.0**-53)


@needs_long
@each_range
def test_a_logarithm_is_within_a_unit_of_the_last_place(name):
    x = numbers_of(name)
    assert_within_ulps(filled(fill_logs, x), np.log(x.astype(LONG)), 1)
    assert_within_ulps(filled(fill_logs, 1 / x), np.log((1 / x).astype(LONG)), 1)


@needs_long
@each_range
def test_the_logarithm_of_the_rest_is_within_a_unit_of_the_last_place(name):
    numbers = numbers_of(name)
    for p in (numbers, np.minimum(1 - numbers, 1 - 2.0**-53)):
        assert_within_ulps(filled(fill_logs_of_rests, p), np.log1p(-p.astype(LONG)), 1)


@needs_long
@each_range
def test_the_logarithm_of_more_than_one_is_within_a_unit_of_the_last_place(name):
    numbers = numbers_of(name)
    for x in (numbers, 1 - numbers, numbers / (1 - numbers), 1 / numbers):
        assert_within_ulps(filled(fill_logs_of_more, x), np.log1p(x.astype(LONG)), 1)


def test_what_has_a_simple_logarithm_has_it_exactly():
    assert filled(fill_logs_of_more, [0.0, 1.0, 1e-300]).tolist() == [0, math.log(2), 1e-300]
    ends = [1.0, 0.5, 2.0, SMALLEST]
    assert filled(fill_logs, ends).tolist() == [math.log(x) for x in ends]
    assert filled(fill_logs_of_rests, [0.0, 0.5, 1e-300]).tolist() == [0, -math.log(2), -1e-300]


@pytest.mark.parametrize("count", [1, 7, 8, 9, 33])
def test_a_number_has_one_logarithm_wherever_it_stands_and_nan_none(count):
    for kernel in (fill_logs, fill_logs_of_rests, fill_logs_of_more):
        assert len(set(filled(kernel, [0.3] * count).tolist())) == 1
        for bits in (0x7FF8000000000000, 0xFFF8000000000001, 0x7FFFFFFFFFFFFFFF):
            nans = np.full(count, bits, np.uint64).view(float)
            assert np.isnan(filled(kernel, nans)).all()


def test_logarithms_never_fall():
    x = np.sort(np.concatenate([numbers_of(name) for name in RANGES]))
    rising = [np.diff(filled(kernel, x)) for kernel in (fill_logs, fill_logs_of_more)]
    for steps in (*rising, -np.diff(filled(fill_logs_of_rests, x))):
        assert (steps >= -(2.0**-42)).all()  # a unit of the last place of the largest, 708
