"""Networks against PyTorch, NumPy and scikit-learn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near

import reference as r
from reference.architectures import keras_cifar10, lenet_5
from reference.layers import AvgPool2d, Conv2d, Dense, Flatten, MaxPool2d, Relu, Tanh

torch = pytest.importorskip("torch")
linear_model = pytest.importorskip("sklearn.linear_model")
nn = torch.nn

steadily = settings(deadline=None, derandomize=True, max_examples=60)
dtypes = st.sampled_from([np.float32, np.float64])
seeds = st.integers(0, 2**32 - 1)


def leaf(array):
    return torch.from_numpy(np.ascontiguousarray(array)).requires_grad_()


@pytest.mark.library("dense", "dense_backward")
@steadily
@given(dtypes, seeds, st.integers(0, 5), st.integers(1, 5), st.integers(1, 5))
def test_dense_is_linear(dtype, seed, samples, inputs, outputs):
    rng = np.random.default_rng(seed)
    x, weight = rng.standard_normal((samples, inputs)), rng.standard_normal((inputs, outputs))
    bias, grad = rng.standard_normal(outputs), rng.standard_normal((samples, outputs))
    x, weight, bias, grad = (array.astype(dtype) for array in (x, weight, bias, grad))
    tensors = leaf(x), leaf(weight), leaf(bias)
    expected = nn.functional.linear(tensors[0], tensors[1].T, tensors[2])
    assert_near("dense", "PyTorch", r.dense(x, weight, bias), expected, size=20)
    expected.backward(torch.from_numpy(grad))
    for actual, tensor in zip(r.dense_backward(grad, x, weight), tensors, strict=True):
        assert_near("dense_backward", "PyTorch", actual, tensor.grad, size=20)


@pytest.mark.library("mlp_forward", "mlp_backward")
@steadily
@given(dtypes, seeds, st.sampled_from(["relu", "tanh", "sigmoid"]), st.integers(1, 4))
def test_a_perceptron_and_its_gradients(dtype, seed, activation, layers):
    rng = np.random.default_rng(seed)
    widths = rng.integers(1, 6, layers + 1)
    x, grad = rng.standard_normal((4, widths[0])), rng.standard_normal((4, widths[-1]))
    x, grad = x.astype(dtype), grad.astype(dtype)
    parameters = [
        tuple(rng.standard_normal(shape).astype(dtype) for shape in ((before, after), (after,)))
        for before, after in pairwise(widths)
    ]
    tensors = [(leaf(weight), leaf(bias)) for weight, bias in parameters]
    out = first = leaf(x)
    for place, (weight, bias) in enumerate(tensors):
        out = (getattr(torch, activation)(out) if place else out) @ weight + bias
    actual = r.mlp_forward(x, parameters, activation=activation)
    assert_near("mlp_forward", "PyTorch", actual, out, size=200)
    out.backward(torch.from_numpy(grad))
    grad_x, gradients = r.mlp_backward(grad, x, parameters, activation=activation)
    assert_near("mlp_backward", "PyTorch", grad_x, first.grad, size=500)
    for pair, peers in zip(gradients, tensors, strict=True):
        for actual, tensor in zip(pair, peers, strict=True):
            assert_near("mlp_backward", "PyTorch", actual, tensor.grad, size=500)


@pytest.mark.library("normal_equation", "linear_regression_cost")
@steadily
@given(seeds, st.booleans())
def test_linear_regression_of_scikit_learn(seed, intercept):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((12, 3)), rng.standard_normal(12)
    peer = linear_model.LinearRegression(fit_intercept=intercept).fit(x, y)
    expected = np.array([*([peer.intercept_] if intercept else []), *peer.coef_])
    theta = r.normal_equation(x, y, intercept=intercept)
    assert_near("normal_equation", "scikit-learn", theta, expected, units=1000)
    cost = np.float64(np.mean((peer.predict(x) - y) ** 2))
    actual = r.linear_regression_cost(theta, x, y, intercept=intercept)
    assert_near("linear_regression_cost", "scikit-learn", actual, cost, units=1000)


def twin(network):
    """Return the same network in PyTorch, with the same weights."""
    modules, shape = [], network.input_shape
    for layer, parameters in zip(network.layers, network.parameters, strict=True):
        tensors = [torch.from_numpy(array.copy()) for array in parameters]
        match layer:
            case Conv2d():
                module = nn.Conv2d(shape[0], layer.out_channels, layer.kernel_size)
                module.weight.data, module.bias.data = tensors
            case Dense():
                module = nn.Linear(shape[0], layer.units)
                module.weight.data, module.bias.data = tensors[0].T.contiguous(), tensors[1]
            case MaxPool2d():
                module = nn.MaxPool2d(layer.kernel_size)
            case AvgPool2d():
                module = nn.AvgPool2d(layer.kernel_size)
            case Flatten():
                module = nn.Flatten()
            case Relu():
                module = nn.ReLU()
            case Tanh():
                module = nn.Tanh()
        modules.append(module)
        shape = layer.output_shape(shape)
    return nn.Sequential(*modules)


@pytest.mark.library("Sequential")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("layers", "shape"), [(lenet_5, (1, 32, 32)), (keras_cifar10, (3, 32, 32))]
)
def test_a_network_learns_as_its_twin_does(layers, shape, dtype):
    network = r.Sequential(layers(), shape, seed=4, dtype=dtype)
    peer = twin(network)
    rng = np.random.default_rng(3)
    x, labels = rng.standard_normal((6, *shape)).astype(dtype), rng.integers(0, 10, 6)
    assert_near("Sequential", "PyTorch", network.forward(x), peer(torch.from_numpy(x)), size=10)
    network.fit(x, labels, epochs=3, batch_size=6, learning_rate=0.1, optimizer="sgd")
    optimizer = torch.optim.SGD(peer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(peer(torch.from_numpy(x)), torch.from_numpy(labels))
        loss.backward()
        optimizer.step()
    expected = peer(torch.from_numpy(x))
    assert_near("Sequential", "PyTorch", network.forward(x), expected, size=10, units=64)


@pytest.mark.library("summary")
@pytest.mark.parametrize(
    ("layers", "shape"), [(lenet_5, (1, 32, 32)), (keras_cifar10, (3, 32, 32))]
)
def test_summary_counts_as_pytorch_does(layers, shape):
    peer = twin(r.Sequential(layers(), shape))
    rows = r.summary(layers(), shape)
    counts = [sum(array.numel() for array in module.parameters()) for module in peer]
    assert [row.parameters for row in rows] == counts
    out = torch.zeros((1, *shape))
    for row, module in zip(rows, peer, strict=True):
        out = module(out)
        assert tuple(out.shape[1:]) == row.output_shape
