"""softmax, log_softmax and their gradients are the same on both backends."""

import numpy as np
import pytest

import reference

NAMES = ("softmax", "log_softmax")
GRADIENTS = tuple(f"{name}_backward" for name in NAMES)
# A GPU is silent where infinities make a NaN; NumPy, which the simulator computes with, is not.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

# Of each kind of row: several in a warp, the last block not full; and one for a block of two warps.
SHAPES = ((5, 4), (2, 19))


def make_logits(shape: tuple[int, int], dtype: type) -> np.ndarray:
    """Return logits of which some are large, some equal, and one row is nearly sure."""
    logits = 5.0 * np.random.default_rng(1).standard_normal(shape)
    logits[0, 3] = 60.0
    logits[1, [0, 2]] = 300.0
    return logits.astype(dtype)


def make_unusual(dtype: type) -> np.ndarray:
    """Return rows with infinities and NaN, and one of numbers as far apart as can be."""
    inf, nan, huge = np.inf, np.nan, np.finfo(dtype).max
    rows = [
        [nan, 0, 1],
        [1, 0, nan],
        [inf, 0, 1],
        [-inf, -inf, -inf],
        [0, -inf, 1],
        [inf, inf, nan],
    ]
    return np.array([*rows, [huge, -huge, 0], [huge, huge, 0]], dtype)


def check_near(actual: np.ndarray, expected: np.ndarray, scale: float = 0.0) -> None:
    """Compare to four units of the last place, of a number or of the scale."""
    info = np.finfo(expected.dtype)
    rtol, least = 4 * float(info.eps), 2 * float(info.smallest_subnormal)
    assert actual.dtype == expected.dtype
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=max(least, rtol * scale))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_probabilities_are_those_of_the_cpu(name: str, shape: tuple[int, int], dtype: type) -> None:
    operation, logits = getattr(reference, name), make_logits(shape, dtype)
    check_near(operation(logits, backend="cuda"), operation(logits))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_are_those_of_the_cpu(name: str, shape: tuple[int, int], dtype: type) -> None:
    operation, logits = getattr(reference, name), make_logits(shape, dtype)
    grad = np.random.default_rng(2).standard_normal(shape).astype(dtype)
    # What is subtracted may be nearly equal: the error is one of what grad's sum is made of.
    scale = float(np.abs(grad).sum(-1).max()) if name == "log_softmax_backward" else 1.0
    check_near(operation(grad, logits, backend="cuda"), operation(grad, logits), scale)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_infinities_and_nan_show_as_on_the_cpu(name: str, dtype: type) -> None:
    operation, logits = getattr(reference, name), make_unusual(dtype)
    check_near(operation(logits, backend="cuda"), operation(logits))
    gradient, grad = getattr(reference, f"{name}_backward"), np.ones_like(logits)
    check_near(gradient(grad, logits, backend="cuda"), gradient(grad, logits))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_a_sure_row_loses_keeps_its_digits(dtype: type) -> None:
    logits = np.array([[0.0, -30.0, -31.0]], dtype)
    actual = reference.log_softmax(logits, backend="cuda")
    np.testing.assert_allclose(actual[0, 0], -np.exp(-30.0) - np.exp(-31.0), rtol=3e-7)
    grad = np.array([[1.0, 0.0, 0.0]], dtype)
    for gradient in (reference.softmax_backward, reference.log_softmax_backward):
        check_near(gradient(grad, logits, backend="cuda"), gradient(grad, logits))


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1)])
def test_an_empty_matrix_and_a_single_class_are_fine(shape: tuple[int, int]) -> None:
    x = np.full(shape, 7.0)
    for name in NAMES:
        operation = getattr(reference, name)
        np.testing.assert_array_equal(operation(x, backend="cuda"), operation(x))


def test_another_axis_may_be_that_of_the_classes() -> None:
    x = make_logits((5, 4), np.float64).T.copy()
    check_near(reference.softmax(x, 0, backend="cuda"), reference.softmax(x, 0))
