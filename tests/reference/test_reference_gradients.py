"""Every gradient against central differences of the operation that it belongs to."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest

import reference as r

# With Richardson's extrapolation the error is of the order of h**4 plus eps/h.
H = 2.0**-8


def some(seed, *shape):
    return np.random.default_rng(seed).standard_normal(shape)


def apart(*shape):
    """Return numbers of which no two are nearer than 4 h: no step changes which is the largest."""
    size = int(np.prod(shape))
    order = np.random.default_rng(5).permutation(size)
    return ((order - size / 2 + 0.25) * 8 * H).reshape(shape)


@dataclass(frozen=True)
class Gradient:
    """backward(grad_output, *arrays) returns the gradients of forward(*arrays)."""

    name: str
    forward: object
    backward: object
    arrays: tuple


def of(name, *arrays, forward=None, **options):
    """The gradient of an operation with these options, by the rule of their names."""
    operation = forward or getattr(r, name.removesuffix("_backward"))
    return Gradient(
        name, partial(operation, **options), partial(getattr(r, name), **options), arrays
    )


def of_loss(name, predictions, targets, **options):
    loss = getattr(r, name.removesuffix("_backward"))
    backward = getattr(r, name)

    def gradient(grad_output, predictions):
        grad = grad_output if options.get("reduction") == "none" else float(grad_output)
        return backward(predictions, targets, grad_output=grad, **options)

    return Gradient(name, lambda p: loss(p, targets, **options), gradient, (predictions,))


def conv2d_with_bias(x, weight, bias, **options):
    return r.conv2d(x, weight, bias, **options)


def conv2d_gradients(options):
    def backward(grad_output, x, weight, bias):
        return r.conv2d_backward(grad_output, x, weight, **options)

    forward = partial(conv2d_with_bias, **options)
    arrays = (some(1, 2, 4, 5, 6), some(2, 6, 4 // options.get("groups", 1), 3, 2), some(3, 6))
    return Gradient("conv2d_backward", forward, backward, arrays)


def dense_gradients(grad_output, x, weight, bias):
    return r.dense_backward(grad_output, x, weight)


def mlp(x, w1, b1, w2, b2, **options):
    return r.mlp_forward(x, [(w1, b1), (w2, b2)], **options)


def mlp_gradients(grad_output, x, w1, b1, w2, b2, **options):
    grad_x, pairs = r.mlp_backward(grad_output, x, [(w1, b1), (w2, b2)], **options)
    return grad_x, *(grad for pair in pairs for grad in pair)


PROBABILITIES = np.random.default_rng(3).uniform(0.05, 0.95, (4, 3))
TARGETS = np.random.default_rng(4).random((4, 3))
LABELS = np.array([0, 2, 1, 1])
MLP = (some(1, 4, 3), some(2, 3, 5), some(3, 5), some(4, 5, 2), some(5, 2))
GRADIENTS = [
    conv2d_gradients({}),
    conv2d_gradients({"stride": (2, 1), "padding": ((1, 0), (2, 1)), "dilation": (1, 2)}),
    conv2d_gradients({"padding": "same", "groups": 2}),
    of("max_pool2d_backward", apart(2, 2, 5, 6), kernel_size=(2, 3), stride=2, padding=1),
    of("max_pool2d_backward", apart(1, 2, 5, 6), kernel_size=2, stride=1, dilation=2),
    of("min_pool2d_backward", apart(2, 2, 5, 6), kernel_size=3, stride=2, ceil_mode=True),
    of("avg_pool2d_backward", some(1, 2, 2, 5, 6), kernel_size=3, stride=2, padding=1),
    of(
        "avg_pool2d_backward",
        some(1, 2, 5, 6),
        kernel_size=3,
        stride=2,
        padding=1,
        ceil_mode=True,
        count_include_pad=False,
    ),
    of("global_avg_pool2d_backward", some(1, 2, 3, 4, 5)),
    of("global_avg_pool2d_backward", some(1, 2, 3, 4, 5), keepdims=True),
    of("sigmoid_backward", 3 * some(1, 4, 5)),
    of("tanh_backward", 3 * some(1, 4, 5)),
    of("relu_backward", apart(4, 5)),
    of("leaky_relu_backward", apart(4, 5), negative_slope=0.3),
    of("softmax_backward", some(1, 3, 4, 2), axis=1),
    of("log_softmax_backward", some(1, 3, 4)),
    *[
        of_loss(name, PROBABILITIES, targets, reduction=reduction, base=base)
        for name, targets in [
            ("cross_entropy_backward", TARGETS),
            ("cross_entropy_backward", LABELS),
            ("binary_cross_entropy_backward", TARGETS),
        ]
        for reduction, base in [("mean", 10), ("sum", np.e), ("none", 2)]
    ],
    *[
        of_loss("softmax_cross_entropy_backward", some(1, 4, 3), targets, reduction=reduction)
        for targets in (TARGETS / TARGETS.sum(1, keepdims=True), LABELS)
        for reduction in ("mean", "sum", "none")
    ],
    *[
        of_loss("mse_backward", some(1, 4, 3), some(2, 4, 3), reduction=reduction)
        for reduction in ("mean", "sum", "per_sample", "none")
    ],
    of_loss("rmse_backward", some(1, 4, 3), some(2, 4, 3)),
    Gradient(
        "dense_backward", r.dense, dense_gradients, (some(1, 4, 3), some(2, 3, 2), some(3, 2))
    ),
    *[
        Gradient(
            "mlp_backward",
            partial(mlp, activation=activation),
            partial(mlp_gradients, activation=activation),
            MLP,
        )
        for activation in ("relu", "tanh", "sigmoid")
    ],
]


def numerical(forward, arrays, position, grad_output):
    """Return the derivative of sum(forward(*arrays) * grad_output) by arrays[position]."""

    def loss(index, by):
        moved = [array.copy() for array in arrays]
        moved[position][index] += by
        return float(np.sum(np.asarray(forward(*moved)) * grad_output))

    def slope(index, h):
        return (loss(index, h) - loss(index, -h)) / (2 * h)

    grad = np.empty(arrays[position].shape)
    for index in np.ndindex(grad.shape):
        grad[index] = (4 * slope(index, H / 2) - slope(index, H)) / 3
    return grad


@pytest.mark.parametrize(
    "gradient",
    [pytest.param(g, marks=pytest.mark.property(g.name), id=g.name) for g in GRADIENTS],
)
def test_gradient_agrees_with_central_differences(gradient):
    out = np.asarray(gradient.forward(*gradient.arrays))
    grad_output = np.random.default_rng(9).standard_normal(out.shape)
    grads = gradient.backward(grad_output, *gradient.arrays)
    grads = grads if isinstance(grads, tuple) else (grads,)
    for position, grad in enumerate(grads):
        expected = numerical(gradient.forward, gradient.arrays, position, grad_output)
        np.testing.assert_allclose(grad, expected, rtol=1e-7, atol=1e-7, strict=True)


def test_every_gradient_is_in_the_table():
    there = {name for name in r.__all__ if name.endswith("_backward")}
    assert {gradient.name for gradient in GRADIENTS} == there
