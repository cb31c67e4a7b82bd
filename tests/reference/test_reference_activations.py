"""sigmoid, tanh, relu, leaky_relu and their gradients: lectures, definition, properties, errors."""

import math
from fractions import Fraction

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

import reference
from reference import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)

steadily = settings(deadline=None, derandomize=True, max_examples=60)
FORWARD = ("sigmoid", "tanh", "relu", "leaky_relu")
BACKWARD = tuple(f"{name}_backward" for name in FORWARD)
UFV_MAP = [
    [0, 34, 39, 23, 35],
    [-12, 27, 48, 7, 28],
    [-2, 20, 28, 48, 5],
    [-1, 27, 41, 39, 17],
    [-6, 15, 34, 18, 35],
]
nan, inf = math.nan, math.inf


def named(way, names):
    """Parametrize over the operations called so, each marked as a proof of its name."""
    mark = getattr(pytest.mark, way)
    return pytest.mark.parametrize("name", [pytest.param(name, marks=mark(name)) for name in names])


def floats_of(dtype):
    finite = {"allow_nan": False, "allow_infinity": False, "width": 8 * np.dtype(dtype).itemsize}
    return st.floats(-40, 40, width=32) | st.floats(**finite)


inputs = st.sampled_from([np.float32, np.float64]).flatmap(
    lambda dtype: arrays(
        dtype, array_shapes(min_dims=0, min_side=0, max_side=4), elements=floats_of(dtype)
    )
)


@pytest.fixture
def own_threads():
    before = reference.get_num_threads()
    yield
    reference.set_num_threads(before)


# The lectures' numbers


@pytest.mark.lecture("sigmoid")
def test_a_sigmoid_of_73_percent_is_a_cat():
    # network-logistic-regression: class 1 when h > 0.5, and 0.73 is a cat
    assert abs(sigmoid(1.0) - 0.73) <= 0.005
    np.testing.assert_array_equal(sigmoid([-1e-9, 0.0, 1e-9]) > 0.5, [False, False, True])


@pytest.mark.lecture("sigmoid", "tanh")
def test_formulas_of_the_lectures_at_logarithms_worked_by_hand():
    # 1 / (1 + 1/3) and 1 / (1 + 3); (2 - 1/2) / (2 + 1/2) and the opposite
    x = np.log([3, 1 / 3, 1])
    np.testing.assert_allclose(sigmoid(x), [0.75, 0.25, 0.5], rtol=3e-16)
    x = np.log([2, 1 / 2, 1])
    np.testing.assert_allclose(tanh(x), [0.6, -0.6, 0], rtol=3e-16)


@pytest.mark.lecture("sigmoid_backward", "tanh_backward")
def test_gradients_at_the_same_inputs_worked_by_hand():
    # 3/4 * (1 - 3/4) and 1/4 * (1 - 1/4); 1 - 0.6**2 twice
    grad = [16.0, 32.0, 4.0]
    x = np.log([3, 1 / 3, 1])
    np.testing.assert_allclose(sigmoid_backward(grad, x), [3, 6, 1], rtol=1e-15)
    x = np.log([2, 1 / 2, 1])
    np.testing.assert_allclose(tanh_backward(grad, x), [10.24, 20.48, 4], rtol=1e-15)


@pytest.mark.lecture("relu")
def test_ufv_relu_map():
    expected = [
        [0, 34, 39, 23, 35],
        [0, 27, 48, 7, 28],
        [0, 20, 28, 48, 5],
        [0, 27, 41, 39, 17],
        [0, 15, 34, 18, 35],
    ]
    np.testing.assert_array_equal(relu(UFV_MAP), expected)


@pytest.mark.lecture("leaky_relu")
def test_ufv_relu_map_leaks_by_the_formula_gamma_x():
    expected = np.array(UFV_MAP, float)
    expected[1:, 0] = [-3, -0.5, -0.25, -1.5]
    np.testing.assert_array_equal(leaky_relu(UFV_MAP, 0.25), expected)
    np.testing.assert_array_equal(leaky_relu([-12, 27]), [-0.12, 27])


@pytest.mark.lecture("relu_backward", "leaky_relu_backward")
def test_gradients_on_the_first_columns_of_ufv_relu_map_worked_by_hand():
    x = np.array(UFV_MAP)[:, :2]
    grad = np.full((5, 2), 8.0)
    np.testing.assert_array_equal(relu_backward(grad, x), [[0, 8]] * 5)
    np.testing.assert_array_equal(leaky_relu_backward(grad, x, 0.25), [[2, 8]] * 5)
    np.testing.assert_array_equal(leaky_relu_backward(grad, x), [[0.08, 8]] * 5)


# The definition, in more digits

SLOPES = {
    "sigmoid_backward": lambda x: np.exp(-abs(x)) / (1 + np.exp(-abs(x))) ** 2,
    "tanh_backward": lambda x: 1 / np.cosh(x) ** 2,
}
FORMULAS = {
    "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "tanh": lambda x: np.where(abs(x) < 1, np.tanh(x), 1 - 2 / (np.exp(2 * x) + 1)),
}


@needs_long
@named("definition", FORMULAS)
@steadily
@given(x=inputs)
def test_values_agree_with_the_formula_in_long_doubles(name, x):
    with np.errstate(over="ignore", under="ignore"):
        exact = FORMULAS[name](x.astype(LONG))
    actual = getattr(reference, name)(x)
    assert actual.dtype == x.dtype
    assert_within_ulps(actual, exact, 0.51 if x.dtype == np.float32 else 3)


@needs_long
@named("definition", SLOPES)
@steadily
@given(x=inputs, seed=st.integers(0, 2**32 - 1))
def test_gradients_agree_with_the_formula_in_long_doubles(name, x, seed):
    grad = np.random.default_rng(seed).standard_normal(x.shape).astype(x.dtype)
    with np.errstate(over="ignore", under="ignore"):
        exact = grad.astype(LONG) * SLOPES[name](x.astype(LONG))
    actual = getattr(reference, name)(grad, x)
    assert actual.dtype == x.dtype
    # Far out the slope has few digits left, where it is below the smallest normal number.
    assert_within_ulps(actual, exact, 0.51 if x.dtype == np.float32 else 5, atol=1e-307)


@needs_long
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@named("definition", (*FORMULAS, *SLOPES))
def test_no_tail_loses_digits(name, dtype):
    rng = np.random.default_rng(0)
    farthest, smallest = (100, -80) if dtype == np.float32 else (745, -600)
    if name in SLOPES:  # as far as they are normal numbers
        farthest = 40 if dtype == np.float32 else 350
    far = rng.uniform(-farthest, farthest, 20_000)
    tiny = np.exp(rng.uniform(smallest, 0, 20_000)) * rng.choice([-1, 1], 20_000)
    x = np.concatenate([far, tiny, rng.standard_normal(20_000)]).astype(dtype)
    exact = (FORMULAS | SLOPES)[name](x.astype(LONG))
    arrays = (np.ones_like(x), x) if name in SLOPES else (x,)
    ulps = 0.51 if dtype == np.float32 else 4 if name in SLOPES else 2.5
    assert_within_ulps(getattr(reference, name)(*arrays), exact, ulps)


@pytest.mark.definition("relu", "relu_backward")
@steadily
@given(x=inputs)
def test_relu_is_a_choice_for_each_element(x):
    grad = np.arange(1, x.size + 1, dtype=x.dtype).reshape(x.shape)
    values = [value if value > 0 else 0 for value in x.ravel().tolist()]
    grads = [i if value > 0 else 0 for i, value in enumerate(x.ravel().tolist(), 1)]
    np.testing.assert_array_equal(relu(x), np.reshape(values, x.shape).astype(x.dtype), strict=True)
    expected = np.reshape(grads, x.shape).astype(x.dtype)
    np.testing.assert_array_equal(relu_backward(grad, x), expected, strict=True)


@pytest.mark.definition("leaky_relu", "leaky_relu_backward")
@steadily
@given(
    arrays(np.float64, (2, 3), elements=st.floats(-1e300, 1e300)),
    st.floats(-2, 2),
    st.sampled_from([np.float32, np.float64]),
)
@pytest.mark.filterwarnings("ignore:overflow encountered in cast")
def test_leaky_relu_is_the_exact_product_rounded_to_the_dtype(x, slope, dtype):
    x = x.astype(dtype)

    def leak(value, by):
        return value if by > 0 else float(Fraction(value) * Fraction(slope))

    if np.isfinite(x).all():
        flat = x.ravel().tolist()
        values = np.reshape([leak(value, value) for value in flat], x.shape).astype(dtype)
        np.testing.assert_array_equal(leaky_relu(x, slope), values, strict=True)
        grads = np.reshape(
            [leak(g, value) for g, value in zip(flat[::-1], flat, strict=True)], x.shape
        )
        actual = leaky_relu_backward(np.flip(x), x, slope)
        np.testing.assert_array_equal(actual, grads.astype(dtype), strict=True)


# Properties


@pytest.mark.property("sigmoid", "sigmoid_backward")
@steadily
@given(x=inputs)
def test_sigmoid_is_symmetric_about_one_half(x):
    eps = np.finfo(x.dtype).eps
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), np.ones_like(x), rtol=eps)
    ones = np.ones_like(x)
    np.testing.assert_array_equal(sigmoid_backward(ones, x), sigmoid_backward(ones, -x))


@pytest.mark.property("tanh", "tanh_backward")
@steadily
@given(x=inputs)
def test_tanh_is_odd_and_its_slope_is_even(x):
    np.testing.assert_array_equal(tanh(-x), -tanh(x))
    ones = np.ones_like(x)
    np.testing.assert_array_equal(tanh_backward(ones, x), tanh_backward(ones, -x))


@pytest.mark.property("sigmoid", "tanh")
@steadily
@given(arrays(np.float64, 5, elements=st.floats(-300, 300)))
def test_tanh_is_a_stretched_sigmoid(x):
    np.testing.assert_allclose(tanh(x), 2 * sigmoid(2 * x) - 1, rtol=0, atol=1e-15)


@named("property", FORWARD)
def test_activations_never_fall(name):
    x = np.sort(np.concatenate([np.linspace(-800, 800, 40_001), np.linspace(-1, 1, 2001)]))
    for dtype in (np.float32, np.float64):
        steps = np.diff(getattr(reference, name)(x.astype(dtype)))
        # The rounding of neighbours may differ by a unit or two where the curve is flat.
        assert (steps >= (0 if "relu" in name else -4 * np.finfo(dtype).eps)).all()


@pytest.mark.property("relu", "leaky_relu")
@steadily
@given(x=inputs, slope=st.floats(0, 1))
def test_relu_is_the_positive_part_and_leaky_relu_leans_between_it_and_x(x, slope):
    np.testing.assert_array_equal(relu(x) - relu(-x), x)
    np.testing.assert_array_equal(leaky_relu(x, 0), relu(x))
    np.testing.assert_array_equal(leaky_relu(x, 1), x)
    assert ((x <= leaky_relu(x, slope)) & (leaky_relu(x, slope) <= relu(x))).all()


@named("property", BACKWARD)
@steadily
@given(x=inputs)
def test_a_gradient_is_linear_in_grad_output(name, x):
    backward = getattr(reference, name)
    slope = backward(np.ones_like(x), x)
    np.testing.assert_array_equal(backward(np.full_like(x, -4), x), -4 * slope)
    np.testing.assert_array_equal(backward(np.zeros_like(x), x), 0 * slope)


SPECIAL = [-inf, -0.0, 0.0, inf, nan]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        pytest.param(name, values, marks=pytest.mark.property(name), id=name)
        for name, values in [
            ("sigmoid", [0, 0.5, 0.5, 1, nan]),
            ("tanh", [-1, -0.0, 0, 1, nan]),
            ("relu", [0, -0.0, 0, inf, nan]),
            ("leaky_relu", [-inf, -0.0, 0, inf, nan]),
            ("sigmoid_backward", [0, 0.25, 0.25, 0, nan]),
            ("tanh_backward", [0, 1, 1, 0, nan]),
            ("relu_backward", [0, 0, 0, 1, nan]),
            ("leaky_relu_backward", [0.01, 0.01, 0.01, 1, nan]),
        ]
    ],
)
def test_zeros_infinities_and_nan(name, values, dtype):
    x = np.array(SPECIAL, dtype)
    arrays = (np.ones_like(x), x) if name in BACKWARD else (x,)
    actual, expected = getattr(reference, name)(*arrays), np.array(values, dtype)
    np.testing.assert_array_equal(actual, expected, strict=True)
    np.testing.assert_array_equal(np.signbit(actual[:4]), np.signbit(expected[:4]))


@pytest.mark.property("leaky_relu", "leaky_relu_backward")
def test_a_slope_of_zero_keeps_nan():
    np.testing.assert_array_equal(leaky_relu([nan, -inf, -1.0], 0), [nan, nan, 0])
    np.testing.assert_array_equal(leaky_relu_backward([1.0, 1.0], [nan, -1.0], 0), [nan, 0])


@pytest.mark.property("relu_backward")
def test_where_relu_is_flat_no_grad_output_passes():
    np.testing.assert_array_equal(relu_backward([nan, inf, nan], [-1.0, 0.0, 1.0]), [0, 0, nan])


@named("property", FORWARD + BACKWARD)
@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (1, 2, 1, 2)])
def test_the_shape_stays_whatever_it_is(name, shape):
    operation = getattr(reference, name)
    x = np.random.default_rng(1).standard_normal(shape)
    arrays = (x, x) if name in BACKWARD else (x,)
    out = operation(*arrays)
    assert isinstance(out, np.ndarray)
    assert out.shape == shape
    flat = operation(*(array.reshape(-1) for array in arrays))
    np.testing.assert_array_equal(out.reshape(-1), flat)


@named("property", FORWARD + BACKWARD)
@pytest.mark.usefixtures("own_threads", "eager_threads")
def test_threads_change_no_bit(name):
    operation = getattr(reference, name)
    x = np.random.default_rng(2).standard_normal((3, 300_007))
    arrays = (np.cos(x), x) if name in BACKWARD else (x,)
    reference.set_num_threads(1)
    alone = operation(*arrays)
    reference.set_num_threads(3)
    np.testing.assert_array_equal(operation(*arrays), alone)


@pytest.mark.property(*BACKWARD)
def test_a_float64_gradient_of_float32_inputs_is_float64():
    x = np.array([-0.5, 0.5], np.float32)
    for name in BACKWARD:
        actual = getattr(reference, name)([0.1, 0.3], x)
        expected = getattr(reference, name)([0.1, 0.3], x.astype(float))
        np.testing.assert_array_equal(actual, expected, strict=True)


# Bad input


@named("bad_input", FORWARD + BACKWARD)
@pytest.mark.parametrize(
    ("x", "error", "message"),
    [
        (["a"], TypeError, "x: got dtype <U1, expected float32, float64, integers or booleans"),
        ([1j], TypeError, "x: got dtype complex128, expected float32"),
        ([None], TypeError, "x: got dtype object, expected float32"),
        (np.ones(1, np.float16), TypeError, "x: got dtype float16, expected float32"),
        ([[1.0], [1.0, 2.0]], ValueError, "x: got list that is no array .*, expected an array"),
    ],
)
def test_bad_x_is_named(name, x, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(*([[1.0], x] if name in BACKWARD else [x]))


@named("bad_input", BACKWARD)
@pytest.mark.parametrize(
    ("grad_output", "error", "message"),
    [
        ([1.0], ValueError, r"grad_output: got shape \(1,\), expected \(3,\), the shape of x"),
        (1.0, ValueError, r"grad_output: got shape \(\), expected \(3,\), the shape of x"),
        ([[1.0, 2.0, 3.0]], ValueError, r"grad_output: got shape \(1, 3\), expected \(3,\)"),
        ([1j] * 3, TypeError, "grad_output: got dtype complex128, expected float32"),
    ],
)
def test_bad_grad_output_is_named(name, grad_output, error, message):
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(grad_output, [1.0, 2.0, 3.0])


@named("bad_input", ("leaky_relu", "leaky_relu_backward"))
@pytest.mark.parametrize(
    ("slope", "error", "message"),
    [
        (nan, ValueError, "negative_slope: got nan, expected a finite number"),
        (inf, ValueError, "negative_slope: got inf, expected a finite number"),
        ("0.1", TypeError, "negative_slope: got '0.1', expected a number"),
        (None, TypeError, "negative_slope: got None, expected a number"),
        (True, TypeError, "negative_slope: got True, expected a number"),
        ([0.1], TypeError, r"negative_slope: got \[0.1\], expected a number"),
    ],
)
def test_bad_slopes_are_named(name, slope, error, message):
    arrays = [[1.0]] * (2 if name in BACKWARD else 1)
    with pytest.raises(error, match=f"^{message}"):
        getattr(reference, name)(*arrays, slope)
