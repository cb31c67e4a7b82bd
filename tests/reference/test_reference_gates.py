"""sigmoid, tanh and their slopes of one number: last digits, ends of the range, lanes."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long

from reference.cpu import gates
from reference.cpu.instructions import is_single
from reference.cpu.jit import jit


def fill_with(of_one, dtype):
    """Return a kernel that fills out with a function of each number, in vectors where it can.

    The results are those for numbers of the dtype, in float64.
    """

    @jit
    def fill_like(out, x, like):
        rough = is_single(like)
        for k in range(x.shape[0]):
            out[k] = of_one(x[k], rough)

    return lambda out, x: fill_like(out, x, np.empty(0, dtype))


@jit
def fill_pairs(products, blends, x, h, y, like):
    rough = is_single(like)
    for k in range(x.shape[0]):
        products[k] = gates.sigmoid_times_tanh(x[k], y[k], rough)
        blends[k] = gates.blend(x[k], h[k], y[k], rough)


def exp_of_minus(x):
    return np.exp(-abs(x))


EXACT = {
    "sigmoid": lambda x: np.where(x > 0, 1, exp_of_minus(x)) / (1 + exp_of_minus(x)),
    "sigmoid_slope": lambda x: exp_of_minus(x) / (1 + exp_of_minus(x)) ** 2,
    "tanh": lambda x: np.sign(x) * -np.expm1(-2 * abs(x)) / (1 + exp_of_minus(2 * x)),
    "tanh_slope": lambda x: 4 * exp_of_minus(2 * x) / (1 + exp_of_minus(2 * x)) ** 2,
}
FILL = {name: fill_with(getattr(gates, name), np.float64) for name in EXACT}
FILL_SINGLE = {name: fill_with(getattr(gates, name), np.float32) for name in EXACT}
BITS = {"sigmoid": 34, "sigmoid_slope": 34, "tanh": 36, "tanh_slope": 34}
ULPS = {"sigmoid": 2.5, "sigmoid_slope": 4, "tanh": 2.5, "tanh_slope": 4.5}
names = pytest.mark.parametrize("name", EXACT)


def filled(kernel, x):
    out = np.empty(len(x))
    kernel(out, np.asarray(x, float))
    return out


def numbers_of_all_sizes(smallest, farthest):
    rng = np.random.default_rng(0)
    near = [rng.standard_normal(20_000), rng.uniform(-3, 3, 20_000)]
    tiny = np.exp(rng.uniform(math.log(smallest), 0, 5000)) * rng.choice([-1, 1], 5000)
    # exp is computed in parts, and between two of them lies a seam.
    seams = np.arange(1, 100) * math.log(2) / 4
    seams = np.nextafter(seams, [[0.0], [math.inf]]).ravel()
    far = [rng.uniform(-farthest, farthest, 5000), seams, -seams]
    return np.concatenate([*near, *far, tiny])


@needs_long
@names
def test_doubles_keep_their_last_digits(name):
    x = numbers_of_all_sizes(1e-300, 350)
    assert_within_ulps(filled(FILL[name], x), EXACT[name](x.astype(LONG)), ULPS[name])


@needs_long
@names
def test_singles_have_ten_bits_more_than_they_need(name):
    x = numbers_of_all_sizes(1e-45, 300).astype(np.float32)
    exact = EXACT[name](x.astype(LONG))
    error = np.abs(filled(FILL_SINGLE[name], x) - exact)
    assert np.max(error / np.abs(exact)) < 2.0 ** -BITS[name]


@needs_long
@pytest.mark.parametrize(("dtype", "bits"), [(np.float32, 33), (np.float64, 50)])
def test_gates_that_are_multiplied_lose_no_more_than_one_of_them(dtype, bits):
    x = np.random.default_rng(1).permutation(numbers_of_all_sizes(1e-45, 300))
    y, h = x[::-1].copy(), np.random.default_rng(2).standard_normal(len(x))
    products, blends = np.empty(len(x)), np.empty(len(x))
    fill_pairs(products, blends, x, h, y, np.empty(0, dtype))
    opened, closed = (EXACT["sigmoid"](sign * x.astype(LONG)) for sign in (1, -1))
    value = EXACT["tanh"](y.astype(LONG))
    assert (abs(products - opened * value) <= abs(opened * value) * 2.0**-bits).all()
    terms = abs(opened * h) + abs(closed * value)
    assert (abs(blends - (opened * h + closed * value)) <= terms * 2.0**-bits).all()


@needs_long
@pytest.mark.parametrize("name", ["sigmoid", "sigmoid_slope"])
def test_results_below_the_normal_range_are_rounded_like_others(name):
    x = -np.linspace(690, 760, 10_007)
    assert_within_ulps(filled(FILL[name], x), EXACT[name](x.astype(LONG)), 3)
    assert filled(FILL[name], [-745.0]) == 5e-324


def test_tanh_of_a_number_that_is_almost_0_is_that_number():
    x = np.array([1e-300, -1e-300, 2.3e-308, 5e-324, -5e-324, 1e-9, 0.0, -0.0])
    np.testing.assert_array_equal(filled(FILL["tanh"], x), x)
    np.testing.assert_array_equal(np.signbit(filled(FILL["tanh"], x)), np.signbit(x))
    x = x.astype(np.float32)
    np.testing.assert_array_equal(filled(FILL_SINGLE["tanh"], x).astype(np.float32), x)


@names
@pytest.mark.parametrize("kernels", [FILL, FILL_SINGLE], ids=["doubles", "singles"])
@pytest.mark.parametrize("count", [1, 7, 8, 9, 33])
def test_ends_and_nan_are_the_same_in_every_lane(name, kernels, count):
    ends = {"sigmoid": [0, 1], "tanh": [-1, 1]}.get(name, [0, 0])
    for size in (3e38, math.inf):
        for sign, end in zip((-1, 1), ends, strict=True):
            out = filled(kernels[name], [sign * size] * count).astype(np.float32)
            assert (out == end).all()
    for bits in (0x7FC00000, 0xFFC00000, 0x7FFFFFFF):
        nans = np.full(count, bits, np.uint32).view(np.float32)
        assert np.isnan(filled(kernels[name], nans)).all()


@names
@pytest.mark.parametrize("bits", [0x7FF8000000000FFF, 0xFFF8000000000001, 0xFFFFFFFFFFFFFFFF])
def test_a_nan_with_any_bits_stays_one(name, bits):
    assert np.isnan(filled(FILL[name], np.full(9, bits, np.uint64).view(float))).all()


@names
def test_what_is_odd_or_even_is_so_to_the_last_bit(name):
    x = numbers_of_all_sizes(1e-300, 700)
    for kernel in (FILL[name], FILL_SINGLE[name]):
        there, back = filled(kernel, x), filled(kernel, -x)
        if name == "sigmoid":
            np.testing.assert_allclose(there + back, 1, rtol=2.0**-52)
        else:
            np.testing.assert_array_equal(back, -there if name == "tanh" else there)
