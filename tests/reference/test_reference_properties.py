"""What must hold whatever the input is: one table a property, each row an operation."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference as r

steadily = settings(deadline=None, derandomize=True, max_examples=30)
seeds = st.integers(0, 2**32 - 1)
# Multiples of 1/8, so that sums and products of few of them are exact: what must be equal in
# mathematics is equal here, bit for bit.
EXACT = 8


def exact(rng, *shape):
    return rng.integers(-4 * EXACT, 4 * EXACT, shape) / EXACT


def names(*rows):
    """Parametrize over rows (name, ...), each marked as a proof of its name."""
    return [pytest.param(*row, marks=pytest.mark.property(row[0]), id=row[0]) for row in rows]


IMAGES = (2, 4, 6, 5)
WEIGHT = np.random.default_rng(1).integers(-8, 8, (4, 2, 3, 2)) / EXACT
WEIGHT_1D = WEIGHT[:, :, 0]
convolve = {
    "conv2d": partial(r.conv2d, weight=WEIGHT, stride=2, padding=1, groups=2),
    "convolve2d": partial(r.convolve2d, weight=WEIGHT, padding=((1, 0), (0, 2)), groups=2),
    "conv1d": lambda x: r.conv1d(x[:, :, 0], WEIGHT_1D, stride=2, padding=1, groups=2),
    "avg_pool2d": partial(r.avg_pool2d, kernel_size=2, stride=1, padding=1),
    "global_avg_pool2d": r.global_avg_pool2d,
    "dense": lambda x: r.dense(x.reshape(2, -1), exact(np.random.default_rng(2), 120, 3)),
}


@pytest.mark.parametrize(("name", "operation"), names(*convolve.items()))
@steadily
@given(seed=seeds)
def test_linear(name, operation, seed):
    """f(2x - 3y) = 2 f(x) - 3 f(y)"""
    rng = np.random.default_rng(seed)
    x, y = exact(rng, *IMAGES), exact(rng, *IMAGES)
    expected = 2 * operation(x) - 3 * operation(y)
    np.testing.assert_allclose(operation(2 * x - 3 * y), expected, rtol=0, atol=1e-13)


pools = {
    "max_pool2d": partial(r.max_pool2d, kernel_size=(3, 2), stride=1),
    "min_pool2d": partial(r.min_pool2d, kernel_size=(3, 2), stride=1),
    "avg_pool2d": partial(r.avg_pool2d, kernel_size=2, stride=1),
    "global_avg_pool2d": r.global_avg_pool2d,
}


@pytest.mark.parametrize(("name", "pool"), names(*pools.items()))
@steadily
@given(seed=seeds)
def test_a_constant_added_to_the_image_is_added_to_the_pool(name, pool, seed):
    x = exact(np.random.default_rng(seed), *IMAGES)
    np.testing.assert_allclose(pool(x + 2.5), pool(x) + 2.5, rtol=0, atol=1e-14)


shifted = {
    "conv2d": partial(r.conv2d, weight=WEIGHT, groups=2),
    "convolve2d": partial(r.convolve2d, weight=WEIGHT, groups=2),
    "max_pool2d": pools["max_pool2d"],
    "min_pool2d": pools["min_pool2d"],
    "avg_pool2d": pools["avg_pool2d"],
}


@pytest.mark.parametrize(("name", "operation"), names(*shifted.items()))
@steadily
@given(seed=seeds)
def test_a_shift_of_the_image_shifts_the_result(name, operation, seed):
    x = exact(np.random.default_rng(seed), 2, 4, 8, 9)
    np.testing.assert_array_equal(operation(x[..., 1:, 2:]), operation(x)[..., 1:, 2:])


per_image = convolve | pools
del per_image["conv1d"]


@pytest.mark.parametrize(("name", "operation"), names(*per_image.items()))
@steadily
@given(seed=seeds)
def test_each_image_of_a_batch_stands_alone(name, operation, seed):
    x = exact(np.random.default_rng(seed), 2, 4, 6, 5)
    np.testing.assert_array_equal(operation(x[::-1]), operation(x)[::-1])


@pytest.mark.parametrize(
    ("name", "operation"), names(*pools.items(), ("relu", r.relu), ("leaky_relu", r.leaky_relu))
)
@steadily
@given(seed=seeds)
def test_a_positive_factor_passes_through(name, operation, seed):
    x = exact(np.random.default_rng(seed), *IMAGES)
    np.testing.assert_allclose(operation(4 * x), 4 * operation(x), rtol=0, atol=1e-14)


adjoints = {
    "conv2d_backward": (
        partial(r.conv2d, weight=WEIGHT, stride=(2, 1), padding=1, dilation=(1, 2), groups=2),
        lambda g, x: r.conv2d_backward(
            g, x, WEIGHT, stride=(2, 1), padding=1, dilation=(1, 2), groups=2
        )[0],
    ),
    "avg_pool2d_backward": (
        partial(r.avg_pool2d, kernel_size=3, stride=2, padding=1, count_include_pad=False),
        partial(r.avg_pool2d_backward, kernel_size=3, stride=2, padding=1, count_include_pad=False),
    ),
    "global_avg_pool2d_backward": (r.global_avg_pool2d, r.global_avg_pool2d_backward),
    "dense_backward": (
        lambda x: r.dense(x.reshape(2, -1), np.arange(360.0).reshape(120, 3) / 64),
        lambda g, x: r.dense_backward(g, x.reshape(2, -1), np.arange(360.0).reshape(120, 3) / 64)[
            0
        ].reshape(x.shape),
    ),
}


@pytest.mark.parametrize(
    ("name", "forward", "backward"), names(*((name, *pair) for name, pair in adjoints.items()))
)
@steadily
@given(seed=seeds)
def test_the_gradient_of_a_linear_operation_is_its_adjoint(name, forward, backward, seed):
    """<f(x), g> = <x, f*(g)>"""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(IMAGES)
    out = forward(x)
    grad = rng.standard_normal(out.shape)
    inner = math.fsum((out * grad).ravel())
    assert math.fsum((x * backward(grad, x)).ravel()) == pytest.approx(inner, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "probabilities"),
    names(
        ("softmax", lambda x: r.softmax(x, 1)),
        ("log_softmax", lambda x: np.exp(r.log_softmax(x, 1))),
    ),
)
@steadily
@given(seed=seeds, scale=st.sampled_from([1, 30, 700]))
def test_probabilities_sum_to_one_and_do_not_see_a_shift(name, probabilities, seed, scale):
    x = scale * exact(np.random.default_rng(seed), 3, 7)
    np.testing.assert_allclose(probabilities(x).sum(1), 1, rtol=1e-15 * 16 * scale)
    np.testing.assert_array_equal(probabilities(x + 64), probabilities(x))


permuted = {
    "accuracy": r.accuracy,
    "confusion_matrix": r.confusion_matrix,
    "f1": partial(r.f1, average="macro"),
    "precision": partial(r.precision, average="macro"),
    "recall": partial(r.recall, average="weighted"),
    "specificity": partial(r.specificity, average=None),
    "negative_predictive_value": partial(r.negative_predictive_value, average="macro"),
    "false_positive_rate": partial(r.false_positive_rate, average="micro"),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("name", "metric"), names(*permuted.items()))
@steadily
@given(seed=seeds)
def test_the_order_of_the_samples_does_not_matter(name, metric, seed):
    rng = np.random.default_rng(seed)
    y_true, y_pred, order = *rng.integers(0, 4, (2, 20)), rng.permutation(20)
    np.testing.assert_array_equal(metric(y_true[order], y_pred[order]), metric(y_true, y_pred))


ranked = {
    "roc_auc": r.roc_auc,
    "average_precision": r.average_precision,
    "roc_curve": lambda y, s: np.stack(r.roc_curve(y, s)[:2]),
    "precision_recall_curve": lambda y, s: np.stack(r.precision_recall_curve(y, s)[:2]),
}


@pytest.mark.parametrize(("name", "metric"), names(*ranked.items()))
@steadily
@given(seed=seeds)
def test_only_the_order_of_the_scores_matters(name, metric, seed):
    rng = np.random.default_rng(seed)
    y_true, scores = np.arange(20) % 2, rng.integers(0, 8, 20).astype(float)
    order = rng.permutation(20)
    expected = metric(y_true, scores)
    np.testing.assert_array_equal(metric(y_true, np.exp(scores)), expected)
    np.testing.assert_array_equal(metric(y_true[order], scores[order]), expected)


def step(optimizer):
    """Return the parameter after two steps of the optimizer with the same gradient."""

    def steps(param, grad, **options):
        param, state = optimizer(param, grad, None, **options)
        return optimizer(param, grad, state, **options)[0]

    return steps


optimizers = {name: getattr(r, name) for name in ("sgd", "momentum", "adagrad", "rmsprop", "adam")}


@pytest.mark.parametrize(
    ("name", "optimizer"), names(*optimizers.items(), ("adadelta", r.adadelta))
)
@steadily
@given(seed=seeds)
def test_each_element_of_a_parameter_is_optimized_alone(name, optimizer, seed):
    param, grad = np.random.default_rng(seed).standard_normal((2, 6))
    whole = step(optimizer)(param, grad, learning_rate=0.1)
    parts = [step(optimizer)(param[i], grad[i], learning_rate=0.1) for i in range(6)]
    np.testing.assert_array_equal(whole, parts)


@pytest.mark.parametrize(
    ("name", "optimizer"), names(*optimizers.items(), ("adadelta", r.adadelta))
)
@steadily
@given(seed=seeds)
def test_the_opposite_gradient_steps_the_opposite_way(name, optimizer, seed):
    param, grad = np.zeros(4), np.random.default_rng(seed).standard_normal(4)
    forth = step(optimizer)(param, grad, learning_rate=0.1)
    np.testing.assert_array_equal(step(optimizer)(param, -grad, learning_rate=0.1), -forth)
    assert (np.sign(forth) == -np.sign(grad)).all()
