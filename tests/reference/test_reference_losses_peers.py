"""The losses and their gradients against PyTorch, SciPy and scikit-learn, option by option."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near, assert_same

import reference as r

torch = pytest.importorskip("torch")
metrics = pytest.importorskip("sklearn.metrics")
special = pytest.importorskip("scipy.special")
functional = torch.nn.functional

steadily = settings(deadline=None, derandomize=True, max_examples=60)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)
reductions = st.sampled_from(["mean", "sum", "none"])


def leaf(array):
    return torch.from_numpy(np.asarray(array)).requires_grad_()


def tensor(array):
    return torch.from_numpy(np.asarray(array))


def compare(name, peer, values, targets, reduction, size, **options):
    """Compare a loss and, for a random gradient of its result, the gradient."""
    x = leaf(values)
    expected = peer(x, tensor(targets), reduction=reduction)
    actual = getattr(r, name)(values, targets, reduction=reduction, **options)
    assert_near(name, "PyTorch", actual, expected, size=size)
    grad = np.random.default_rng(1).standard_normal(expected.shape).astype(values.dtype)
    expected.backward(tensor(grad))
    actual = getattr(r, f"{name}_backward")(
        values, targets, reduction=reduction, grad_output=grad, **options
    )
    assert_near(f"{name}_backward", "PyTorch", actual, x.grad, size=size)


@pytest.mark.library("softmax_cross_entropy", "softmax_cross_entropy_backward")
@steadily
@given(dtypes, seeds, reductions, st.integers(1, 5), st.sampled_from([1, 30]))
def test_softmax_cross_entropy(dtype, seed, reduction, samples, scale):
    rng = np.random.default_rng(seed)
    logits = (scale * rng.standard_normal((samples, 4))).astype(dtype)
    soft = r.softmax(rng.standard_normal((samples, 4))).astype(dtype)
    for targets in (rng.integers(0, 4, samples), soft):
        args = ("softmax_cross_entropy", functional.cross_entropy, logits, targets, reduction)
        compare(*args, size=8 * scale * samples)


@pytest.mark.library("cross_entropy", "cross_entropy_backward")
@steadily
@given(dtypes, seeds, reductions, st.integers(1, 5))
def test_cross_entropy_is_the_negative_log_likelihood(dtype, seed, reduction, samples):
    rng = np.random.default_rng(seed)
    probabilities = r.softmax(rng.standard_normal((samples, 4))).astype(dtype)

    def likelihood(p, labels, reduction):
        return functional.nll_loss(p.log(), labels, reduction=reduction)

    labels = rng.integers(0, 4, samples)
    compare("cross_entropy", likelihood, probabilities, labels, reduction, size=40 * samples)


@pytest.mark.library("cross_entropy")
def test_cross_entropy_is_log_loss():
    rng = np.random.default_rng(1)
    predictions, labels = r.softmax(rng.standard_normal((50, 4))), rng.integers(0, 4, 50)
    expected = metrics.log_loss(labels, predictions, labels=range(4))
    assert_near("cross_entropy", "scikit-learn", r.cross_entropy(predictions, labels), expected)


@pytest.mark.library("binary_cross_entropy", "binary_cross_entropy_backward")
@steadily
@given(dtypes, seeds, reductions, st.sampled_from([(), (3,), (2, 3)]))
def test_binary_cross_entropy(dtype, seed, reduction, shape):
    rng = np.random.default_rng(seed)
    predictions = np.asarray(rng.uniform(0.05, 0.95, shape)).astype(dtype)
    targets = np.asarray(rng.random(shape)).astype(dtype)
    args = ("binary_cross_entropy", functional.binary_cross_entropy, predictions, targets)
    compare(*args, reduction, size=60)


@pytest.mark.library("binary_cross_entropy", "cross_entropy")
@steadily
@given(seeds, st.sampled_from([2, 10, np.e]))
def test_zeros_that_cost_nothing_are_those_of_xlogy(seed, base):
    rng = np.random.default_rng(seed)
    t = rng.choice([0.0, 0.3, 1.0], (5, 3))
    p = np.where((t != 0.3) & (rng.random((5, 3)) < 0.5), t, 0.25)  # half of the sure ones right
    terms = special.xlogy(t, p) / np.log(base)
    actual = r.cross_entropy(p, t, base=base, reduction="none")
    assert_near("cross_entropy", "SciPy", actual, -terms.sum(1))
    terms += special.xlog1py(1 - t, -p) / np.log(base)
    actual = r.binary_cross_entropy(p, t, base=base, reduction="none")
    assert_near("binary_cross_entropy", "SciPy", actual, -terms)


@pytest.mark.library("binary_cross_entropy")
@steadily
@given(seeds)
def test_binary_cross_entropy_is_log_loss_of_two_classes(seed):
    rng = np.random.default_rng(seed)
    p, labels = rng.uniform(0.01, 0.99, 20), rng.integers(0, 2, 20)
    expected = np.float64(metrics.log_loss(labels, p, labels=[0, 1]))
    assert_near("binary_cross_entropy", "scikit-learn", r.binary_cross_entropy(p, labels), expected)


@pytest.mark.library("softmax_cross_entropy", "softmax_cross_entropy_backward")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("label", [0, 1, 2])
@pytest.mark.parametrize(
    "row",
    [
        [0.0, -np.inf, 1.0],
        [np.nan, 0.0, 1.0],
        [np.inf, 0.0, 1.0],
        [-np.inf, -np.inf, -np.inf],
        [1000.0, -1000.0, 0.0],
        [5.0, 5.0, 5.0],
    ],
)
def test_special_logits(dtype, row, label):
    args = ("softmax_cross_entropy", functional.cross_entropy, np.array([row], dtype))
    compare(*args, np.array([label]), "sum", size=1)


@pytest.mark.library("binary_cross_entropy", "rmse_backward")
def test_the_docstrings_say_what_pytorch_does_otherwise():
    zero, one = torch.zeros(1), torch.ones(1)
    assert functional.binary_cross_entropy(zero, one) == 100
    x = leaf(np.zeros(1))
    functional.mse_loss(x, torch.zeros(1, dtype=torch.float64)).sqrt().backward()
    assert torch.isnan(x.grad).all()
    x = leaf(np.zeros(1))
    functional.binary_cross_entropy(x, torch.ones(1, dtype=torch.float64)).backward()
    assert float(x.grad) == pytest.approx(-1e12)  # 0 here, where the loss is clipped


@pytest.mark.library("mse", "mse_backward")
@steadily
@given(dtypes, seeds, reductions, st.sampled_from([(), (3,), (2, 3)]))
def test_mse(dtype, seed, reduction, shape):
    rng = np.random.default_rng(seed)
    p, t = (np.asarray(rng.standard_normal(shape)).astype(dtype) for _ in range(2))
    compare("mse", functional.mse_loss, p, t, reduction, size=20)


@pytest.mark.library("mse", "rmse")
@steadily
@given(seeds)
def test_squared_errors_of_scikit_learn(seed):
    p, t = np.random.default_rng(seed).standard_normal((2, 5, 3))
    assert_near("mse", "scikit-learn", r.mse(p, t), np.float64(metrics.mean_squared_error(t, p)))
    mean_of_rows = 3 * metrics.mean_squared_error(t, p)
    assert_near(
        "mse", "scikit-learn", r.mse(p, t, reduction="per_sample"), np.float64(mean_of_rows)
    )
    root = metrics.root_mean_squared_error(t.ravel(), p.ravel())
    assert_near("rmse", "scikit-learn", r.rmse(p, t), np.float64(root))


@pytest.mark.library("rmse_backward")
@steadily
@given(dtypes, seeds)
def test_gradient_of_rmse(dtype, seed):
    p, t = np.random.default_rng(seed).standard_normal((2, 5, 3)).astype(dtype)
    x = leaf(p)
    functional.mse_loss(x, tensor(t)).sqrt().backward()
    assert_near("rmse_backward", "PyTorch", r.rmse_backward(p, t), x.grad)


@pytest.mark.library("one_hot")
@steadily
@given(st.lists(st.integers(0, 6), max_size=9))
def test_one_hot(labels):
    array = np.array(labels, np.int64)
    expected = functional.one_hot(tensor(array), 7).to(torch.float64)
    assert_same("one_hot", "PyTorch", r.one_hot(array, 7), expected)
