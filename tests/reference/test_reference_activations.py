"""softmax: the lectures' numbers, the definition, properties, bad input."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from reference import softmax

steadily = settings(deadline=None, derandomize=True, max_examples=60)
finite = st.floats(allow_nan=False, allow_infinity=False)


def by_definition(row):
    with localcontext(prec=60):
        exponentials = [Decimal(float(value)).exp() for value in row]
        total = sum(exponentials)
        return [float(each / total) for each in exponentials]


@pytest.mark.parametrize(
    ("logits", "printed", "half_a_digit"),
    [
        ([4, 2, 8], [0.02, 0.00, 0.98], 0.005),  # elte-softmax-correct
        ([5, 4, 2], [0.71, 0.26, 0.04], 0.005),  # elte-softmax-wrong
        ([-0.8, 2.0, 6.0, -2.7, 0.8], [0.0011, 0.0179, 0.9755, 0.0002, 0.0054], 0.00005),
    ],
)
def test_lecture_examples(logits, printed, half_a_digit):
    np.testing.assert_allclose(softmax(logits), printed, rtol=0, atol=half_a_digit)


@steadily
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=30))
def test_values_agree_with_the_definition(row):
    np.testing.assert_allclose(softmax(row), by_definition(row), rtol=2e-14)


@steadily
@given(arrays(np.float64, array_shapes(max_dims=3), elements=finite), st.data())
def test_every_finite_input_gives_probabilities(x, data):
    axis = data.draw(st.integers(-x.ndim, x.ndim - 1))
    out = softmax(x, axis)
    assert ((out >= 0) & (out <= 1)).all()
    np.testing.assert_allclose(out.sum(axis), 1, rtol=1e-14)


@steadily
@given(arrays(np.float64, (3, 4), elements=st.integers(-99, 99)), st.integers(-999, 999))
def test_a_shift_changes_nothing(x, shift):
    np.testing.assert_array_equal(softmax(x + shift), softmax(x))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_an_axis_is_a_row_in_another_direction(axis):
    x = np.random.default_rng(0).standard_normal((3, 4, 5))
    moved = softmax(np.moveaxis(x, axis, -1))
    np.testing.assert_array_equal(softmax(x, axis), np.moveaxis(moved, -1, axis))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_logits_neither_overflow_nor_vanish(dtype):
    largest = np.finfo(dtype).max
    np.testing.assert_array_equal(
        softmax(np.array([largest, -largest, largest], dtype)), [0.5, 0, 0.5]
    )
    np.testing.assert_array_equal(softmax(np.array([-largest], dtype)), [1])


def test_long_rows_lose_no_digits():
    x = np.random.default_rng(1).standard_normal(200_000)
    shifted = np.exp(x.astype(np.longdouble) - x.max())
    np.testing.assert_allclose(softmax(x), (shifted / shifted.sum()).astype(float), rtol=3e-15)


def test_minus_infinity_is_an_impossible_class():
    np.testing.assert_array_equal(softmax([-np.inf, 0.0, -np.inf]), [0, 1, 0])


@pytest.mark.parametrize("bad", [[np.nan, 1.0], [1.0, np.nan], [np.inf, 1.0], [-np.inf, -np.inf]])
def test_nan_infinity_and_impossible_rows_spoil_only_themselves(bad):
    expected = [[np.nan, np.nan], [0.5, 0.5]]
    np.testing.assert_array_equal(softmax([bad, [3.0, 3.0]]), expected)


@pytest.mark.parametrize("shape", [(0,), (2, 0), (0, 3), (2, 0, 3)])
def test_empty_arrays_stay_empty(shape):
    for axis in range(len(shape)):
        assert softmax(np.ones(shape), axis).shape == shape


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((3.0,), ValueError, "x: got a single number, expected an array of at least one axis"),
        (([1.0], 1), ValueError, r"axis: got 1, expected -1 to 0 for x of shape \(1,\)"),
        (([1.0], -2), ValueError, r"axis: got -2, expected -1 to 0 for x of shape \(1,\)"),
        (([1.0], 0.0), TypeError, r"axis: got 0\.0, expected an integer"),
        (([1.0], None), TypeError, "axis: got None, expected an integer"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        softmax(*arguments)
