"""softmax_cross_entropy_with_gradient: the loss and its gradient of one pass are those of two."""

import math

import numpy as np
import pytest
from extended import LONG, assert_within_ulps, needs_long
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near

from reference import (
    softmax_cross_entropy,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_with_gradient,
)
from reference.cpu.sums import CHUNK

steadily = settings(deadline=None, derandomize=True, max_examples=60)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
scales = st.sampled_from([1e-9, 1, 30, 700])
reductions = st.sampled_from(["mean", "sum", "none"])
NAME = "softmax_cross_entropy_with_gradient"


def operands(dtype, seed, scale, classes, samples=5):
    rng = np.random.default_rng(seed)
    logits = (scale * rng.standard_normal((samples, classes))).astype(dtype)
    return logits, rng.integers(0, classes, samples)


@pytest.mark.lecture(NAME)
def test_the_loss_and_the_gradient_of_elte_softmax_correct_worked_by_hand():
    loss, grad = softmax_cross_entropy_with_gradient([4, 2, 8], 2)
    assert loss == pytest.approx(-math.log(0.97962921), abs=1e-8)
    np.testing.assert_allclose(grad, [0.01794253, 0.00242826, 0.97962921 - 1], atol=1e-8)


@needs_long
@pytest.mark.definition(NAME)
@steadily
@given(dtypes, seeds, scales, st.integers(1, 70))
def test_both_agree_with_the_formula_in_long_doubles(dtype, seed, scale, classes):
    logits, labels = operands(dtype, seed, scale, classes)
    loss, grad = softmax_cross_entropy_with_gradient(logits, labels, reduction="none")
    wide = logits.astype(LONG)
    # Seen from the right class, what the others weigh is a sum without a difference.
    weights = np.exp(wide - np.take_along_axis(wide, labels[:, np.newaxis], 1))
    np.put_along_axis(weights, labels[:, np.newaxis], 0, 1)
    others = weights.sum(1, keepdims=True)
    assert_within_ulps(loss, np.log1p(others[:, 0]), 0.51 if dtype == np.float32 else 8)
    exact = weights / (1 + others)
    np.put_along_axis(exact, labels[:, np.newaxis], -others / (1 + others), 1)
    assert_within_ulps(grad, exact, 0.51 if dtype == np.float32 else 8)


@pytest.mark.property(NAME)
@steadily
@given(dtypes, seeds, scales, st.integers(1, 70), reductions, st.booleans())
def test_one_pass_gives_what_two_give(dtype, seed, scale, classes, reduction, soft):
    logits, targets = operands(dtype, seed, scale, classes)
    targets = np.random.default_rng(seed).random(logits.shape) if soft else targets
    loss, grad = softmax_cross_entropy_with_gradient(logits, targets, reduction=reduction)
    expected = softmax_cross_entropy_backward(logits, targets, reduction=reduction)
    np.testing.assert_array_equal(grad, expected, strict=True)
    expected = softmax_cross_entropy(logits, targets, reduction=reduction)
    np.testing.assert_allclose(loss, expected, rtol=4 * np.finfo(dtype).eps)
    assert loss.dtype == dtype


@pytest.mark.property(NAME)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("bad", [[np.nan, 0, 1], [0, np.inf, 1], [-np.inf] * 3])
def test_a_row_without_probabilities_spoils_only_itself(bad, dtype):
    logits = np.array([[1, 2, 3], bad, [1, 2, 3]], dtype)
    loss, grad = softmax_cross_entropy_with_gradient(logits, [0, 1, 0], reduction="none")
    np.testing.assert_array_equal(np.isnan(loss), [False, True, False])
    np.testing.assert_array_equal(np.isnan(grad).all(1), [False, True, False])
    np.testing.assert_array_equal(grad[0], grad[2])


@pytest.mark.property(NAME)
def test_logits_beyond_the_exponentials_of_float64_are_seen_from_the_largest():
    far = np.array([[1000, 999, -1000], [-1000, -1001, -3000], [3e38, -3e38, 0]], np.float32)
    loss, grad = softmax_cross_entropy_with_gradient(far, [1, 0, 0], reduction="none")
    share = 1 / (1 + math.e)
    np.testing.assert_allclose(loss, [1 + math.log1p(1 / math.e), math.log1p(1 / math.e), 0], 1e-7)
    expected = [[1 - share, share - 1, 0], [-share, share, 0], [0, 0, 0]]
    np.testing.assert_allclose(grad, expected, rtol=1e-7)


@pytest.mark.property(NAME)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_class_without_probability_costs_its_distance_from_the_others(dtype):
    """Its weight, exp of its logit, is far below the total, or below the smallest number."""
    logits = np.array([[-200, 0], [-300, 1], [-760, 0], [-3000, -1], [-600, 400]], dtype)
    loss, grad = softmax_cross_entropy_with_gradient(logits, [0] * 5, reduction="none")
    assert loss.tolist() == [200, 301, 760, 2999, 1000]
    np.testing.assert_allclose(grad, [[-1, 1]] * 5, rtol=1e-7)


@pytest.mark.property(NAME)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("classes", [1, 2, 300, 1023, 1024, 1025])
def test_each_row_of_a_block_is_computed_alone(classes, dtype):
    logits, labels = operands(dtype, 0, 3, classes, samples=11)
    logits[5, 0] = np.nan
    whole = softmax_cross_entropy_with_gradient(logits, labels, reduction="none")
    for n in range(11):
        loss, grad = softmax_cross_entropy_with_gradient(logits[n], labels[n])
        np.testing.assert_array_equal(loss, whole[0][n])
        np.testing.assert_array_equal(grad, whole[1][n])


@pytest.mark.property(NAME)
@pytest.mark.parametrize("samples", [1, 7, 64, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5])
def test_sum_and_mean_of_many_losses_lose_no_digits(samples):
    logits, labels = operands(np.float64, 0, 3, 4, samples)
    exact = math.fsum(softmax_cross_entropy(logits, labels, reduction="none"))
    for reduction, expected in (("sum", exact), ("mean", exact / samples)):
        loss, _ = softmax_cross_entropy_with_gradient(logits, labels, reduction=reduction)
        assert loss == pytest.approx(expected, rel=1e-15, abs=0)


@pytest.mark.property(NAME)
@pytest.mark.parametrize("place", [0, 5, CHUNK - 1, CHUNK + 4])
def test_one_infinite_loss_makes_the_mean_infinite_and_nan_beside_it_nan(place):
    logits, labels = operands(np.float64, 0, 3, 2, CHUNK + 5)
    logits[place, labels[place]] = -np.inf
    assert softmax_cross_entropy_with_gradient(logits, labels)[0] == np.inf
    logits[place - 1] = np.nan
    assert np.isnan(softmax_cross_entropy_with_gradient(logits, labels)[0])


@pytest.mark.library(NAME)
@steadily
@given(dtypes, seeds, st.integers(1, 9), st.sampled_from(["mean", "sum"]))
def test_cross_entropy_of_torch_and_its_gradient(dtype, seed, classes, reduction):
    torch = pytest.importorskip("torch")
    logits, labels = operands(dtype, seed, 3, classes)
    x = torch.from_numpy(logits).requires_grad_()
    expected = torch.nn.functional.cross_entropy(x, torch.from_numpy(labels), reduction=reduction)
    expected.backward()
    loss, grad = softmax_cross_entropy_with_gradient(logits, labels, reduction=reduction)
    assert_near(NAME, "PyTorch", loss, expected, size=40)
    assert_near(NAME, "PyTorch", grad, x.grad, size=40)


@pytest.mark.bad_input(NAME)
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (([[0.0, 1.0]], [2]), ValueError, r"targets: got 2 at index \(0,\), .* from 0 to 1"),
        (([[0.0, 1.0]], [-1]), ValueError, r"targets: got -1 at index \(0,\), .* from 0 to 1"),
        (([0.0, 1.0], 2**63), ValueError, "targets: got 9223372036854775808, .* from 0 to 1"),
        (([[0.0, 1.0]], [0.5]), TypeError, "targets: got dtype float64, expected integer class"),
        (([[0.0, 1.0]], [[0, 2]]), ValueError, r"targets: got 2.0 at index \(0, 1\), expected"),
        (([[0.0, 1.0]], [0, 1]), ValueError, r"targets: got shape \(2,\), expected \(1, 2\)"),
        ((0.0, 0), ValueError, r"logits: got shape \(\), expected"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=f"^{message}"):
        softmax_cross_entropy_with_gradient(*arguments)
    with pytest.raises(ValueError, match=r"^reduction: got 'max'"):
        softmax_cross_entropy_with_gradient([0.0, 1.0], 0, reduction="max")
