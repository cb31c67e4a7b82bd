"""The losses of classifiers and their gradients are the same on both backends."""

from typing import Any

import numpy as np
import pytest

import reference

# A GPU is silent where infinities make a NaN; NumPy, which the simulator computes with, is not.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

# Of each kind of row: several in a warp, the last block not full; and one for a block of two warps.
SHAPES = ((5, 4), (2, 19))
DTYPES = (np.float32, np.float64)
NAMES = ("cross_entropy", "softmax_cross_entropy")


def make_rows(name: str, shape: tuple[int, int], dtype: type) -> np.ndarray:
    """Return logits, or for cross_entropy probabilities: 0, 1 and what is nearly so among them."""
    rng = np.random.default_rng(5)
    if name == "softmax_cross_entropy":
        logits = 4.0 * rng.standard_normal(shape)
        logits[0, 2] = 40.0
        return logits.astype(dtype)
    rows = rng.dirichlet(np.ones(shape[1]), shape[0])
    rows[0] = np.eye(shape[1])[2]
    rows[1, :2] = 1e-42, 1e-30
    return rows.astype(dtype)


def make_targets(kind: str, shape: tuple[int, int]) -> np.ndarray:
    rng = np.random.default_rng(6)
    labels = rng.integers(0, shape[1], shape[0])
    labels[0] = 2
    soft = rng.dirichlet(np.ones(shape[1]), shape[0])
    return {"labels": labels, "one-hot": np.eye(shape[1])[labels], "soft": soft}[kind]


def check_near(actual: Any, expected: Any, scale: float = 0.0) -> None:
    """Compare to eight units of the last place, of a number or of the scale."""
    rtol = 8 * float(np.finfo(expected.dtype).eps)
    assert actual.dtype == expected.dtype
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * scale)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", ["labels", "soft"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_losses_are_those_of_the_cpu(
    name: str, shape: tuple[int, int], kind: str, dtype: type
) -> None:
    loss, rows, targets = getattr(reference, name), make_rows(name, shape, dtype), None
    targets = make_targets(kind, shape)
    actual = loss(rows, targets, reduction="none", backend="cuda")
    check_near(actual, loss(rows, targets, reduction="none"))


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", ["labels", "one-hot", "soft"])
@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_those_of_the_cpu(name: str, kind: str, dtype: type) -> None:
    gradient, shape = getattr(reference, f"{name}_backward"), SHAPES[0]
    rows, targets = make_rows(name, shape, dtype), make_targets(kind, shape)
    grad = np.random.default_rng(7).standard_normal(shape[0])
    # softmax - target may cancel: its error is then one of the target's last place.
    scale = 1.0 if name == "softmax_cross_entropy" else 0.0
    numbers = {"reduction": "none", "grad_output": grad}
    actual = gradient(rows, targets, backend="cuda", **numbers)
    check_near(actual, gradient(rows, targets, **numbers), scale)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", ["labels", "soft"])
def test_a_loss_comes_with_its_gradient(kind: str, dtype: type) -> None:
    shape = SHAPES[1]
    logits, targets = make_rows(NAMES[1], shape, dtype), make_targets(kind, shape)
    both = reference.softmax_cross_entropy_with_gradient
    (loss, grad), (its_loss, its_grad) = (
        both(logits, targets, backend="cuda"),
        both(logits, targets),
    )
    check_near(loss, its_loss)
    check_near(grad, its_grad, scale=1.0)


def test_a_gradient_of_many_classes_is_as_exact_as_its_small_terms() -> None:
    rng = np.random.default_rng(8)
    logits, targets = rng.random((1, 99)).astype(np.float32), rng.dirichlet(np.ones(99), 1)
    actual, expected = (
        reference.softmax_cross_entropy_backward(logits, targets, backend=backend)
        for backend in ("cuda", "cpu")
    )
    check_near(actual, expected, scale=float(targets.max()))


@pytest.mark.parametrize("dtype", DTYPES)
def test_binary_losses_and_their_gradients_are_those_of_the_cpu(dtype: type) -> None:
    rng = np.random.default_rng(9)
    predictions, targets = rng.random(70).astype(dtype), rng.random(70)
    predictions[:4], targets[:4] = [0, 0, 1, 1], [0, 1, 0, 1]
    predictions[4:6] = 1e-42, np.nan
    loss, gradient = reference.binary_cross_entropy, reference.binary_cross_entropy_backward
    actual = loss(predictions, targets, reduction="none", base=10, backend="cuda")
    check_near(actual, loss(predictions, targets, reduction="none", base=10))
    assert not np.signbit(actual[0])
    # Where prediction and target agree, two terms cancel, of which each is about this large.
    with np.errstate(divide="ignore", over="ignore"):
        terms = np.nan_to_num([1 / predictions, 1 / (1 - predictions)], posinf=0).sum(0)
    actual, expected = (
        gradient(predictions, targets, reduction="sum", backend=backend)
        for backend in ("cuda", "cpu")
    )
    error = np.nan_to_num(np.abs(actual - expected)) / np.maximum(terms, 1.0)
    np.testing.assert_array_equal(np.isnan(actual), np.isnan(expected))
    assert error.max() <= 8 * np.finfo(dtype).eps


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_sure_and_right_row_keeps_its_digits(dtype: type) -> None:
    logits = np.array([[30.0, 0.0, 0.0]], dtype)
    both = reference.softmax_cross_entropy_with_gradient
    for targets in ([0], [[1.0, 0.0, 0.0]]):
        (loss, grad), expected = both(logits, targets, backend="cuda"), both(logits, targets)
        check_near(loss, expected[0])
        check_near(grad, expected[1])


@pytest.mark.parametrize("targets", [[0] * 6, [[0.5, 0.5, 0.0]] * 6])
def test_infinities_and_nan_show_as_on_the_cpu(targets: Any) -> None:
    inf, nan = np.inf, np.nan
    rows = [[nan, 0, 1], [0, 1, nan], [inf, 0, 1], [-inf] * 3, [0, -inf, 1], [0, 1, -inf]]
    both = reference.softmax_cross_entropy_with_gradient
    actual, expected = (
        both(np.array(rows), targets, reduction="none", backend=backend)
        for backend in ("cuda", "cpu")
    )
    np.testing.assert_allclose(actual[0], expected[0], rtol=1e-14)
    np.testing.assert_allclose(actual[1], expected[1], rtol=1e-14)


def test_a_nan_anywhere_makes_the_loss_of_probabilities_nan() -> None:
    rows = np.array([[0.5, np.nan, 0.5], [0.5, 0.25, 0.25]], np.float32)
    for targets in ([0, 1], [[1, 0, 0], [0, 1, 0]]):
        losses = reference.cross_entropy(rows, targets, base=2, reduction="none", backend="cuda")
        np.testing.assert_array_equal(losses, [np.nan, 2.0])


@pytest.mark.parametrize("label", [-1, 3])
@pytest.mark.parametrize(
    "name", ["", "_backward", "_with_gradient"], ids=["loss", "gradient", "both"]
)
def test_a_label_that_is_no_class_is_an_error(name: str, label: int) -> None:
    operation = getattr(reference, f"softmax_cross_entropy{name}")
    with pytest.raises(ValueError, match="targets"):
        operation(np.zeros((2, 3)), [0, label], backend="cuda")


def test_of_no_sample_the_mean_is_nan_and_the_gradient_empty() -> None:
    rows, labels = np.empty((0, 3)), np.empty(0, np.int64)
    for name in NAMES:
        assert np.isnan(getattr(reference, name)(rows, labels, backend="cuda"))
        assert getattr(reference, f"{name}_backward")(rows, labels, backend="cuda").shape == (0, 3)
