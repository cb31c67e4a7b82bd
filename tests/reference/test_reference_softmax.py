"""softmax, log_softmax and their gradients: lectures, definition, properties, bad input."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import reference
from reference import log_softmax, log_softmax_backward, softmax, softmax_backward

steadily = settings(deadline=None, derandomize=True, max_examples=60)
finite = st.floats(allow_nan=False, allow_infinity=False)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
scales = st.sampled_from([1e-9, 1, 30, 700])
BACKWARD = ("softmax_backward", "log_softmax_backward")
NAMES = ("softmax", "log_softmax", *BACKWARD)
UFV = [-0.8, 2.0, 6.0, -2.7, 0.8]
UFV_EXPONENTIALS, UFV_SUM = [0.4493, 7.3891, 403.4288, 0.0672, 2.2255], 413.5599
nan, inf = math.nan, math.inf


def named(way, names):
    """Parametrize over the operations called so, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


def call(name, x, *axis, grad=None):
    """Return the operation of x, or its gradient for a grad_output that is made up."""
    if name not in BACKWARD:
        return getattr(reference, name)(x, *axis)
    if grad is None:
        grad = np.sin(np.arange(np.size(x), dtype=np.asarray(x).dtype)).reshape(np.shape(x))
    return getattr(reference, name)(grad, x, *axis)


# The lectures' numbers


@pytest.mark.lecture("softmax")
@pytest.mark.parametrize(
    ("logits", "printed", "half_a_digit"),
    [
        ([4, 2, 8], [0.02, 0.00, 0.98], 0.005),  # elte-softmax-correct
        ([5, 4, 2], [0.71, 0.26, 0.04], 0.005),  # elte-softmax-wrong
        (UFV, [0.0011, 0.0179, 0.9755, 0.0002, 0.0054], 0.00005),  # ufv-softmax
    ],
)
def test_lecture_examples(logits, printed, half_a_digit):
    np.testing.assert_allclose(softmax(logits), printed, rtol=0, atol=half_a_digit)


@pytest.mark.lecture("softmax", "log_softmax")
def test_ufv_softmax_with_its_printed_exponentials_and_their_sum():
    exponentials = softmax(UFV) * UFV_SUM
    np.testing.assert_allclose(exponentials, UFV_EXPONENTIALS, rtol=2e-7, atol=0.00005)
    assert math.fsum(UFV_EXPONENTIALS) == pytest.approx(UFV_SUM, abs=1e-12)
    by_hand = np.array(UFV) - math.log(UFV_SUM)
    np.testing.assert_allclose(log_softmax(UFV), by_hand, rtol=0, atol=0.00005 / UFV_SUM * 5)


@pytest.mark.lecture("softmax_backward")
@pytest.mark.parametrize(
    ("logits", "p"),
    [
        ([4, 2, 8], [0.01794253, 0.00242826, 0.97962921]),  # elte-softmax-correct
        ([5, 4, 2], [0.70538451, 0.25949646, 0.03511903]),  # elte-softmax-wrong
    ],
)
def test_gradient_of_each_class_of_elte_softmax_worked_by_hand(logits, p):
    """dp_0/dx = p_0 (1 - p_0), -p_0 p_1, -p_0 p_2, and so on"""
    for i in range(3):
        by_hand = [p[i] * ((i == k) - p[k]) for k in range(3)]
        actual = softmax_backward(np.eye(3)[i], logits)
        np.testing.assert_allclose(actual, by_hand, rtol=0, atol=1e-8)


@pytest.mark.lecture("log_softmax_backward")
def test_gradient_of_cross_entropy_on_elte_softmax_is_p_minus_target_worked_by_hand():
    # elte-softmax-correct and -wrong, the right class being the third
    grad = log_softmax_backward([[0.0, 0.0, -1.0]] * 2, [[4, 2, 8], [5, 4, 2]])
    by_hand = [[0.02, 0.00, 0.98 - 1], [0.71, 0.26, 0.04 - 1]]
    np.testing.assert_allclose(grad, by_hand, rtol=0, atol=0.005)


# The definition, in more digits


def by_definition(row):
    with localcontext(prec=60):
        exponentials = [Decimal(float(value)).exp() for value in row]
        total = sum(exponentials)
        return [each / total for each in exponentials]


@pytest.mark.definition("softmax", "log_softmax")
@steadily
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_values_agree_with_the_definition(row):
    exact = by_definition(row)
    np.testing.assert_allclose(softmax(row), [float(p) for p in exact], rtol=1e-15)
    with localcontext(prec=60):
        logarithms = [float(p.ln()) for p in exact]
    np.testing.assert_allclose(log_softmax(row), logarithms, rtol=1e-15)


def probabilities(x):
    """Return softmax of rows in long doubles, and the sum of the weights other than the largest."""
    x = x.astype(LONG)
    weights = np.exp(x - x.max(-1, keepdims=True))
    others = weights.copy()
    np.put_along_axis(others, x.argmax(-1)[..., np.newaxis], 0, -1)
    return weights / weights.sum(-1, keepdims=True), others.sum(-1, keepdims=True)


@needs_long
@pytest.mark.definition("softmax", "log_softmax")
@steadily
@given(dtypes, seeds, scales, st.integers(1, 40))
def test_values_agree_with_the_formula_in_long_doubles(dtype, seed, scale, classes):
    x = (scale * np.random.default_rng(seed).standard_normal((5, classes))).astype(dtype)
    p, others = probabilities(x)
    logarithms = x.astype(LONG) - x.max(1, keepdims=True) - np.log1p(others)
    ulps = 0.51 if dtype == np.float32 else 4
    assert_within_ulps(softmax(x), p, ulps)
    assert_within_ulps(log_softmax(x), logarithms, ulps)


@needs_long
@pytest.mark.definition("softmax_backward", "log_softmax_backward")
@steadily
@given(dtypes, seeds, scales, st.integers(1, 40))
def test_gradients_agree_with_the_formula_in_long_doubles(dtype, seed, scale, classes):
    rng = np.random.default_rng(seed)
    x = (scale * rng.standard_normal((5, classes))).astype(dtype)
    grad = rng.standard_normal(x.shape).astype(dtype)
    wide = grad.astype(LONG)
    p, _ = probabilities(x)
    units = 4 * np.finfo(dtype).eps
    exact = p * (wide - (p * wide).sum(1, keepdims=True))
    error = np.abs(softmax_backward(grad, x) - exact)
    assert (error <= units * p * np.ptp(grad, 1)[:, np.newaxis] + np.finfo(dtype).tiny).all()
    exact = wide - p * wide.sum(1, keepdims=True)
    error = np.abs(log_softmax_backward(grad, x) - exact)
    assert (error <= units * (abs(wide) + p * abs(wide).sum(1, keepdims=True))).all()


@pytest.mark.definition(*NAMES)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 3e-16), (np.float32, 6e-8)])
@pytest.mark.parametrize("more", [0, -400, 900])
def test_a_class_that_dominates_keeps_the_digits_of_what_it_loses(more, dtype, rtol):
    """p = 1 / (1 + t) with t = exp(-50) = 1.9e-22: far less than the last digit of 1."""
    x, t = np.array([50.0, 0.0], dtype) + dtype(more), math.exp(-50)
    np.testing.assert_allclose(softmax(x), [1, t], rtol=rtol)
    np.testing.assert_allclose(log_softmax(x), [-t, -50], rtol=rtol)
    for target, slope in [([1.0, 0.0], [t, -t]), ([0.0, 1.0], [-t, t])]:
        np.testing.assert_allclose(softmax_backward(np.array(target, dtype), x), slope, rtol=rtol)
    grad = np.array([1.0, 0.0], dtype)
    np.testing.assert_allclose(log_softmax_backward(grad, x), [t, -t], rtol=rtol)


@needs_long
@pytest.mark.definition(*NAMES)
def test_long_rows_lose_no_digits():
    rng = np.random.default_rng(1)
    x, grad = rng.standard_normal((2, 200_000))
    exponentials = np.exp(x.astype(LONG) - x.max())
    p = exponentials / exponentials.sum()
    np.testing.assert_allclose(softmax(x), p.astype(float), rtol=1e-15)
    np.testing.assert_allclose(log_softmax(x), np.log(p).astype(float), rtol=1e-15)
    exact = p * (grad - (p * grad).sum())
    np.testing.assert_allclose(softmax_backward(grad, x), exact.astype(float), atol=1e-18)
    exact = grad - p * math.fsum(grad)
    np.testing.assert_allclose(log_softmax_backward(grad, x), exact.astype(float), atol=1e-15)


# Properties


@pytest.mark.property("softmax", "log_softmax")
@steadily
@given(arrays(np.float64, array_shapes(max_dims=3), elements=finite), st.data())
def test_every_finite_input_gives_probabilities(x, data):
    axis = data.draw(st.integers(-x.ndim, x.ndim - 1))
    out = softmax(x, axis)
    assert ((out >= 0) & (out <= 1)).all()
    np.testing.assert_allclose(out.sum(axis), 1, rtol=1e-14)
    logarithms = log_softmax(x, axis)
    assert (logarithms <= 0).all()
    np.testing.assert_allclose(np.exp(logarithms).sum(axis), 1, rtol=1e-14)


@named("property", NAMES)
@steadily
@given(x=arrays(np.float64, (3, 4), elements=st.integers(-99, 99)), shift=st.integers(-999, 999))
def test_a_shift_changes_nothing(name, x, shift):
    np.testing.assert_array_equal(call(name, x + shift), call(name, x))


@named("property", BACKWARD)
@steadily
@given(seed=seeds, scale=scales)
def test_a_gradient_sums_to_zero_because_a_shift_changes_nothing(name, seed, scale):
    grad, x = np.random.default_rng(seed).standard_normal((2, 4, 6))
    sums = call(name, scale * x, grad=grad).sum(1)
    np.testing.assert_allclose(sums, 0, atol=1e-14)


@pytest.mark.property("softmax_backward")
@steadily
@given(seeds)
def test_the_jacobian_of_softmax_is_symmetric(seed):
    x = np.random.default_rng(seed).standard_normal(5)
    jacobian = softmax_backward(np.eye(5), np.tile(x, (5, 1)))
    np.testing.assert_allclose(jacobian, jacobian.T, rtol=0, atol=1e-16)


@pytest.mark.property(*BACKWARD)
@steadily
@given(seeds, scales)
def test_the_gradient_of_softmax_is_that_of_its_logarithm_weighed(seed, scale):
    """dp = p dln(p)"""
    grad, x = np.random.default_rng(seed).standard_normal((2, 4, 6))
    x *= scale
    chained = log_softmax_backward(grad * softmax(x), x)
    np.testing.assert_allclose(softmax_backward(grad, x), chained, rtol=0, atol=2e-15)


@named("property", NAMES)
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_an_axis_is_a_row_in_another_direction(name, axis):
    grad, x = np.random.default_rng(0).standard_normal((2, 3, 4, 5))
    rows = call(name, np.moveaxis(x, axis, -1), grad=np.moveaxis(grad, axis, -1))
    actual = call(name, x, axis, grad=grad)
    np.testing.assert_array_equal(actual, np.moveaxis(rows, -1, axis))
    assert actual.flags.c_contiguous


@pytest.mark.property(*NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_logits_neither_overflow_nor_vanish(dtype):
    largest = np.finfo(dtype).max
    x = np.array([largest, -largest, largest], dtype)
    np.testing.assert_array_equal(softmax(x), [0.5, 0, 0.5])
    half = dtype(-math.log(2))
    np.testing.assert_array_equal(log_softmax(x), [half, -inf, half])
    np.testing.assert_array_equal(log_softmax(x[1:] / 4), [-largest / 2, 0])
    grad = np.array([1, 2, 3], dtype)
    np.testing.assert_array_equal(softmax_backward(grad, x), [-0.5, 0, 0.5])
    np.testing.assert_array_equal(log_softmax_backward(grad, x), [-2, 2, 0])
    for name, value in zip(NAMES, [1, 0, 0, 0], strict=True):
        np.testing.assert_array_equal(call(name, np.array([-largest], dtype)), [value])


@pytest.mark.property(*NAMES)
def test_minus_infinity_is_an_impossible_class():
    x = [-inf, 0.0, -inf]
    np.testing.assert_array_equal(softmax(x), [0, 1, 0])
    np.testing.assert_array_equal(log_softmax(x), [-inf, 0, -inf])
    np.testing.assert_array_equal(softmax_backward([1.0, 2.0, 3.0], x), [0, 0, 0])
    np.testing.assert_array_equal(log_softmax_backward([1.0, 2.0, 3.0], x), [1, -4, 3])


@named("property", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "bad", [[nan, 1, 0], [1, nan, 2], [0, 1, nan], [inf, 1, 0], [1, inf, inf], [-inf] * 3]
)
def test_nan_infinity_and_impossible_rows_spoil_only_themselves(name, bad, dtype):
    good = [3.0, 2.0, 1.0]
    grad = np.array([[1.0, 2.0, 4.0]] * 2, dtype)
    actual = call(name, np.array([bad, good], dtype), grad=grad)
    assert np.isnan(actual[0]).all()
    np.testing.assert_array_equal(actual[1], call(name, np.array(good, dtype), grad=grad[1]))


@named("property", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("classes", [1, 2, 10, 100, 512, 513, 1025])
def test_a_row_is_what_it_is_alone_whatever_stands_around_it(name, classes, dtype):
    x, grad = np.random.default_rng(0).normal(0, 3, (2, 131, classes)).astype(dtype)
    x[[0, 50, 101]] = np.array([[nan], [inf], [-inf]])
    x[[1, 51, 102, 130], 0] = 40  # nearly all of the row
    x[2, 0] = 900  # too large for exp
    whole = call(name, x, grad=grad)
    for row in (0, 1, 2, 3, 50, 51, 52, 101, 102, 103, 130):
        alone = call(name, x[row], grad=grad[row])
        np.testing.assert_array_equal(whole[row], alone)


@named("property", BACKWARD)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_nan_in_grad_output_spoils_its_row(name, place):
    grad = np.ones((2, 3))
    grad[0, place] = nan
    actual = call(name, np.zeros((2, 3)), grad=grad)
    np.testing.assert_array_equal(np.isnan(actual), [[True] * 3, [False] * 3])


@named("property", BACKWARD)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_infinity_in_grad_output_is_seen_in_its_row(name, place):
    grad = np.ones(3)
    grad[place] = inf
    assert not np.isfinite(call(name, [0.0, 2.0, 1.0], grad=grad)).any()


@named("property", NAMES)
@pytest.mark.parametrize("shape", [(0,), (2, 0), (0, 3), (2, 0, 3)])
def test_empty_arrays_stay_empty(name, shape):
    for axis in range(len(shape)):
        assert call(name, np.ones(shape), axis).shape == shape


@named("property", NAMES)
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.usefixtures("own_threads", "eager_threads")
def test_threads_change_no_bit(name, axis):
    x = np.random.default_rng(2).standard_normal((1031, 1025))
    grad = np.cos(x)
    reference.set_num_threads(1)
    alone = call(name, x, axis, grad=grad)
    reference.set_num_threads(3)
    np.testing.assert_array_equal(call(name, x, axis, grad=grad), alone)


@pytest.fixture
def own_threads():
    before = reference.get_num_threads()
    yield
    reference.set_num_threads(before)


# Bad input


@named("bad_input", NAMES)
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3.0,), ValueError, "x: got a single number, expected an array of at least one axis"),
        (([1.0], 1), ValueError, r"axis: got 1, expected -1 to 0 for x of shape \(1,\)"),
        (([1.0], -2), ValueError, r"axis: got -2, expected -1 to 0 for x of shape \(1,\)"),
        (([1.0], 0.0), TypeError, r"axis: got 0\.0, expected an integer"),
        (([1.0], None), TypeError, "axis: got None, expected an integer"),
        (([1.0], True), TypeError, "axis: got True, expected an integer"),
        (([1.0], (0, 1)), TypeError, r"axis: got \(0, 1\), expected an integer"),
        ((["a"],), TypeError, "x: got dtype <U1, expected float32, float64, integers or booleans"),
        (([1j],), TypeError, "x: got dtype complex128, expected float32"),
        (([[1.0], [1.0, 2.0]],), ValueError, "x: got list that is no array .*, expected an array"),
    ],
)
def test_bad_input_is_named(name, arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call(name, *arguments, grad=[1.0])


@named("bad_input", BACKWARD)
@pytest.mark.parametrize(
    ("grad_output", "error", "message"),
    [
        ([1.0], ValueError, r"grad_output: got shape \(1,\), expected \(1, 3\), the shape of x"),
        (1.0, ValueError, r"grad_output: got shape \(\), expected \(1, 3\), the shape of x"),
        (np.ones((3, 1)), ValueError, r"grad_output: got shape \(3, 1\), expected \(1, 3\)"),
        ([[1j] * 3], TypeError, "grad_output: got dtype complex128, expected float32"),
    ],
)
def test_bad_grad_output_is_named(name, grad_output, error, message):
    with pytest.raises(error, match=f"^{message}"):
        call(name, [[1.0, 2.0, 3.0]], grad=grad_output)
