"""Dense layers and the networks that are made of them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from reference.activations import (
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from reference.arguments import FloatArray, check_choice, read_floats
from reference.backends import load_kernels

ACTIVATIONS: dict[str, tuple[Callable[..., FloatArray], Callable[..., FloatArray]]] = {
    "relu": (relu, relu_backward),
    "tanh": (tanh, tanh_backward),
    "sigmoid": (sigmoid, sigmoid_backward),
}
Pair = tuple[FloatArray, FloatArray]


def dense(
    x: ArrayLike, weight: ArrayLike, bias: ArrayLike | None = None, *, backend: str = "cpu"
) -> FloatArray:
    """Return the fully connected layer x @ weight + bias.

    out[n, j] = bias[j] + sum_i x[n, i] * weight[i, j]

    Arguments:
        x: samples, shape (N, I), or (I,) for one. N may be 0.
        weight: shape (I, J): a column for each output.
        bias: shape (J,), or None for no bias.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, J), or (J,) for one sample; float32 when all arrays are float32, else float64.

    Conventions: the weights are (inputs, outputs), as in the lecture of NCU and in Keras. PyTorch's
    linear has (outputs, inputs): pass its transpose. Without an activation. float32 is summed in
    float64.

    Raises ValueError for shapes that do not fit or an unknown backend; TypeError for other dtypes.

    Source: ELTE, case network-neuron, o = g(sum_j w_j x_j + b) without g; NCU, case ncu-mlp,
    Z = X W + b.

    >>> dense([[1.0, 2.0]], [[10.0, 0.0, 1.0], [1.0, 1.0, 1.0]], [0.0, 0.0, 0.5])
    array([[12. ,  2. ,  3.5]])
    """
    named = {"x": x, "weight": weight}
    x, weight, *given = read_floats(backend, **named, **({} if bias is None else {"bias": bias}))
    _check_product(x, weight)
    added = given[0] if given else np.zeros(weight.shape[1], x.dtype, like=x)
    if added.shape != weight.shape[1:]:
        expected = f"{weight.shape[1:]} for weight of shape {weight.shape}"
        raise ValueError(f"bias: got shape {added.shape}, expected {expected}")
    out = np.empty((*x.shape[:-1], weight.shape[1]), x.dtype, like=x)
    load_kernels("networks", backend).dense(np.atleast_2d(out), np.atleast_2d(x), weight, added)
    return out


def dense_backward(
    grad_output: ArrayLike, x: ArrayLike, weight: ArrayLike, *, backend: str = "cpu"
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the gradients of the loss with respect to x, weight and bias of a dense layer.

    grad_x = grad_output @ weight.T;  grad_weight = x.T @ grad_output;  grad_bias = column sums

    Arguments:
        grad_output: the gradient of the loss with respect to dense(x, weight, bias), shape (N, J),
            or (J,) for one sample.
        x, weight: as dense got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (grad_x, grad_weight, grad_bias) of the shapes of x, weight and bias; float32 when all
    arrays are float32, else float64.

    Conventions: the gradients are summed over the samples, as in the lecture of NCU; a loss that
    is a mean has divided already.

    Raises ValueError for shapes that do not fit or an unknown backend; TypeError for other dtypes.

    Source: NCU, case ncu-mlp: dW2 = A1^T dA2, db2 = column sums, dA1 = dA2 W2^T.

    >>> grad_x, grad_weight, grad_bias = dense_backward([[1.0, 2.0]], [[3.0]], [[10.0, 1.0]])
    >>> grad_x, grad_weight, grad_bias  # 1*10 + 2*1; 3*1, 3*2; 1, 2
    (array([[12.]]), array([[3., 6.]]), array([1., 2.]))
    """
    named = {"grad_output": grad_output, "x": x, "weight": weight}
    grad_output, x, weight = read_floats(backend, **named)
    _check_product(x, weight)
    expected = (*x.shape[:-1], weight.shape[1])
    if grad_output.shape != expected:
        raise ValueError(
            f"grad_output: got shape {grad_output.shape}, expected {expected} for x of shape "
            f"{x.shape} and weight of shape {weight.shape}"
        )
    grad_x, grad_weight = np.empty_like(x), np.empty_like(weight)
    grad_bias = np.empty(weight.shape[1], x.dtype, like=x)
    rows = (np.atleast_2d(array) for array in (grad_output, x))
    outs = np.atleast_2d(grad_x), grad_weight, grad_bias
    load_kernels("networks", backend).dense_backward(*outs, *rows, weight)
    return grad_x, grad_weight, grad_bias


def mlp_forward(
    x: ArrayLike,
    parameters: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    activation: str = "relu",
    backend: str = "cpu",
) -> FloatArray:
    """Return the output of a multilayer perceptron: dense layers with an activation between them.

    a[0] = x;  z[l] = a[l-1] @ weight[l] + bias[l];  a[l] = activation(z[l]);  out = z[last]

    Arguments:
        x: samples, shape (N, I), or (I,) for one.
        parameters: (weight, bias) of each layer, weights (inputs, outputs) as in dense.
        activation: "relu", "tanh" or "sigmoid", after every layer but the last.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: shape (N, J) of the last layer, or (J,) for one sample; float32 when all arrays are
    float32, else float64.

    Conventions: the last layer is linear, as in the lecture of NCU: its output goes into a loss.

    Raises ValueError for no layers, shapes that do not fit, an unknown activation or backend;
    TypeError for other dtypes or parameters that are no pairs.

    Source: NCU, case ncu-mlp: two inputs, two hidden units (ReLU), one linear output.

    >>> hidden, last = ([[1.0, -1.0]], [0.0, 0.0]), ([[1.0], [1.0]], [0.5])
    >>> mlp_forward([[2.0], [-3.0]], [hidden, last])  # relu(2) + relu(-2) + 0.5, relu(3) + 0.5
    array([[2.5],
           [3.5]])
    """
    dtype, (samples, pairs) = _read_network(activation, parameters, backend, x=x)
    *_, out = _forward(samples, pairs, activation, backend)
    return out.astype(dtype, copy=False)


def mlp_backward(
    grad_output: ArrayLike,
    x: ArrayLike,
    parameters: Sequence[tuple[ArrayLike, ArrayLike]],
    *,
    activation: str = "relu",
    backend: str = "cpu",
) -> tuple[FloatArray, list[Pair]]:
    """Return the gradients of the loss with respect to x and all parameters of a perceptron.

    Back-propagation: dz[last] = grad_output, and for each layer l, from the last to the first,
    dweight[l] = a[l-1].T @ dz[l];  dbias[l] = column sums of dz[l];  da[l-1] = dz[l] @ weight[l].T;
    dz[l-1] = da[l-1] * activation'(z[l-1])

    Arguments:
        grad_output: the gradient of the loss with respect to mlp_forward(x, parameters).
        x, parameters, activation: as mlp_forward got them.
        backend: "cpu", or "cuda" (see docs/cuda.md).

    Result: (grad_x, [(grad_weight, grad_bias), ...]) of the shapes of x and the parameters; float32
    when all arrays are float32, else float64.

    Conventions: the gradients are summed over the samples, as in the lecture of NCU. The derivative
    of relu at 0 is 0.

    Raises ValueError and TypeError as mlp_forward, and for a grad_output that does not fit.

    Source: NCU, case ncu-mlp, where the loss (A2 - y)^2 gives grad_output = 2 (A2 - y).

    >>> hidden, last = ([[1.0, -1.0]], [0.0, 0.0]), ([[1.0], [1.0]], [0.5])
    >>> grad_x, [(grad_hidden, _), _] = mlp_backward([[1.0]], [[2.0]], [hidden, last])
    >>> grad_x, grad_hidden  # only the first hidden unit is awake
    (array([[1.]]), array([[2., 0.]]))
    """
    named = {"grad_output": grad_output, "x": x}
    dtype, (grad, samples, pairs) = _read_network(activation, parameters, backend, **named)
    *outputs, out = _forward(samples, pairs, activation, backend)
    if grad.shape != out.shape:
        raise ValueError(f"grad_output: got shape {grad.shape}, expected {out.shape}")
    forward, backward = ACTIVATIONS[activation]
    inputs = [samples, *(forward(z, backend=backend) for z in outputs)]
    grads: list[Pair] = []
    for layer in reversed(range(len(pairs))):
        before, *own = dense_backward(grad, inputs[layer], pairs[layer][0], backend=backend)
        grads.insert(0, (own[0].astype(dtype, copy=False), own[1].astype(dtype, copy=False)))
        grad = backward(before, outputs[layer - 1], backend=backend) if layer else before
    return grad.astype(dtype, copy=False), grads


def _forward(x: FloatArray, pairs: list[Pair], activation: str, backend: str) -> list[FloatArray]:
    """Return the output of every layer, before its activation."""
    forward, _ = ACTIVATIONS[activation]
    outputs = [dense(x, *pairs[0], backend=backend)]
    for weight, bias in pairs[1:]:
        hidden = forward(outputs[-1], backend=backend)
        outputs.append(dense(hidden, weight, bias, backend=backend))
    return outputs


def _read_network(
    activation: str,
    parameters: Sequence[tuple[ArrayLike, ArrayLike]],
    backend: str,
    **named: ArrayLike,
) -> tuple[np.dtype[Any], list[Any]]:
    """Return the dtype of the result, and the named arrays and the layers in float64."""
    check_choice("activation", activation, ACTIVATIONS)
    if not isinstance(parameters, list | tuple) or not all(
        isinstance(pair, list | tuple) and len(pair) == 2 for pair in parameters
    ):
        raise TypeError(f"parameters: got {parameters!r:.60}, expected (weight, bias) pairs")
    if not parameters:
        raise ValueError("parameters: got no layers, expected at least one (weight, bias)")
    places = {
        f"parameters[{layer}][{part}]": pair[part]
        for layer, pair in enumerate(parameters)
        for part in (0, 1)
    }
    arrays = read_floats(backend, **named, **places)
    doubles = [array.astype(np.float64, copy=False) for array in arrays]
    first, rest = doubles[: len(named)], doubles[len(named) :]
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    _check_network(first[-1], pairs)
    return arrays[0].dtype, [*first, pairs]


def _check_network(x: FloatArray, pairs: Sequence[Pair]) -> None:
    if x.ndim not in (1, 2):
        raise ValueError(f"x: got shape {x.shape}, expected (N, I) or (I,)")
    width = x.shape[-1]
    for layer, (weight, bias) in enumerate(pairs):
        if weight.ndim != 2 or weight.shape[0] != width:
            expected = f"({width}, J), as {width} numbers come from before"
            raise ValueError(
                f"parameters[{layer}][0]: got shape {weight.shape}, expected {expected}"
            )
        if bias.shape != weight.shape[1:]:
            expected = f"{weight.shape[1:]} for a weight of shape {weight.shape}"
            raise ValueError(f"parameters[{layer}][1]: got shape {bias.shape}, expected {expected}")
        width = weight.shape[1]


def _check_product(x: FloatArray, weight: FloatArray) -> None:
    if x.ndim not in (1, 2):
        raise ValueError(f"x: got shape {x.shape}, expected (N, I) or (I,)")
    if weight.ndim != 2 or weight.shape[0] != x.shape[-1]:
        expected = f"({x.shape[-1]}, J) for x of shape {x.shape}"
        raise ValueError(f"weight: got shape {weight.shape}, expected {expected}")
