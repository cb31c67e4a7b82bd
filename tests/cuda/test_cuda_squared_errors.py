"""The squared errors of both backends agree."""

import numpy as np
import pytest

from reference import mse, mse_backward, rmse, rmse_backward


def make_pair(dtype: type) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    return tuple(rng.standard_normal((3, 23)).astype(dtype) for _ in range(2))  # type: ignore


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("reduction", ["mean", "sum", "per_sample", "none"])
def test_mse_and_its_gradient_are_those_of_the_cpu(reduction: str, dtype: type) -> None:
    predictions, targets = make_pair(dtype)
    rtol = 4 * float(np.finfo(dtype).eps)
    for operation in (mse, mse_backward):
        actual, expected = (
            operation(predictions, targets, reduction=reduction, backend=backend)
            for backend in ("cuda", "cpu")
        )
        assert actual.dtype == expected.dtype == dtype
        np.testing.assert_allclose(actual, expected, rtol=rtol, atol=0)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rmse_and_its_gradient_are_those_of_the_cpu(dtype: type) -> None:
    predictions, targets = make_pair(dtype)
    rtol = 4 * float(np.finfo(dtype).eps)
    for operation in (rmse, rmse_backward):
        actual = operation(predictions, targets, backend="cuda")
        np.testing.assert_allclose(actual, operation(predictions, targets), rtol=rtol, atol=0)


def test_a_loss_of_each_element_takes_a_gradient_of_each() -> None:
    predictions, targets = make_pair(np.float32)
    grad = np.random.default_rng(4).standard_normal(predictions.shape)
    actual, expected = (
        mse_backward(predictions, targets, reduction="none", grad_output=grad, backend=backend)
        for backend in ("cuda", "cpu")
    )
    np.testing.assert_allclose(actual, expected, rtol=5e-7, atol=0)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_infinities_and_nan_show_as_on_the_cpu(dtype: type) -> None:
    predictions = np.array([np.inf, -np.inf, np.nan, np.inf, 1.0], dtype)
    targets = np.array([1.0, 1.0, 1.0, np.inf, np.nan], dtype)
    for operation in (mse, mse_backward):
        actual = operation(predictions, targets, reduction="none", backend="cuda")
        np.testing.assert_array_equal(actual, operation(predictions, targets, reduction="none"))


def test_of_nothing_the_mean_is_nan_and_the_gradient_empty() -> None:
    nothing = np.empty((0, 3), np.float32)
    assert np.isnan(mse(nothing, nothing, backend="cuda"))
    assert mse_backward(nothing, nothing, backend="cuda").shape == (0, 3)
