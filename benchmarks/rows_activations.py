"""Activations, soft-target losses and their gradients beside PyTorch, SciPy and NumPy."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.rows import Call, Row, Work, peers

SIZES = (10**4, 10**6)
SHAPES = ((100, 100), (1000, 1000))
SEED, SCALE = 0, 3.0
# PyTorch computes float32 in float32, and slopes from the forward pass's rounded result.
TOLERANCE = {"float32": 1e-5, "float64": 1e-13}
BARS = {"PyTorch": 1.0}

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every function, its gradient, size and dtype."""
    for dtype in ("float32", "float64"):
        for size in SIZES:
            for name in TRUTHS:
                yield _row(name, (size,), dtype, partial(_forward, name))
                yield _row(f"{name}_backward", (size,), dtype, partial(_backward, name))
        for shape in SHAPES:
            yield _row("softmax_backward", shape, dtype, _softmax_backward)
            yield _row("log_softmax_backward", shape, dtype, _log_softmax_backward)
            title = "softmax_cross_entropy of soft targets with gradient"
            yield _row(title, shape, dtype, _soft_targets)


def _row(
    operation: str, shape: tuple[int, ...], dtype: str, make: Callable[[Array, Array], Work]
) -> Row:
    work = partial(_make, make, shape, dtype)
    return Row(operation, "x".join(map(str, shape)), dtype, work)


def _make(make: Callable[[Array, Array], Work], shape: tuple[int, ...], dtype: str) -> Work:
    """Return the work on x and a gradient with respect to what comes out."""
    rng = np.random.default_rng(SEED)
    x, grad = (SCALE * rng.standard_normal(shape), rng.standard_normal(shape))
    return make(grad.astype(dtype), x.astype(dtype))


def _work(
    x: Array,
    ours: Call,
    makers: dict[str, Callable[[], Call]],
    truth: Call,
    moved_bytes: int,
) -> Work:
    return Work(
        ours,
        peers(makers),
        BARS,
        TOLERANCE[x.dtype.name],
        bytes=moved_bytes,
        truth=truth,
    )


def _forward(name: str, _: Array, x: Array) -> Work:
    function = getattr(reference, name)
    makers = {"PyTorch": lambda: _torch(name, x)}
    if name == "sigmoid":
        makers["SciPy"] = lambda: _expit(x)
    elif name == "tanh":
        makers["NumPy"] = lambda: lambda: np.tanh(x)
    return _work(x, lambda: function(x), makers, lambda: TRUTHS[name](x)[0], 2 * x.nbytes)


def _backward(name: str, grad: Array, x: Array) -> Work:
    function = getattr(reference, f"{name}_backward")
    makers = {"PyTorch": lambda: _torch_backward(name, grad, x)}
    if name != "relu":
        makers["PyTorch, result kept"] = lambda: _torch_slopes(name, grad, x)
    return _work(
        x,
        lambda: function(grad, x),
        makers,
        lambda: grad * TRUTHS[name](x)[1],
        3 * x.nbytes,
    )


def _torch(name: str, x: Array) -> Call:
    import torch

    function, tensor = getattr(torch, name), torch.from_numpy(x)
    return lambda: function(tensor)


def _expit(x: Array) -> Call:
    from scipy import special

    return lambda: special.expit(x)


def _torch_backward(name: str, grad: Array, x: Array) -> Call:
    """Return PyTorch's way from x, as ours goes: through the forward pass."""
    import torch

    grads, tensor = torch.from_numpy(grad), torch.from_numpy(x)
    if name == "relu":
        return lambda: torch.ops.aten.threshold_backward(grads, tensor, 0)
    forward, backward = getattr(torch, name), getattr(torch.ops.aten, f"{name}_backward")
    return lambda: backward(grads, forward(tensor))


def _torch_slopes(name: str, grad: Array, x: Array) -> Call:
    """Return PyTorch's way from the result of the forward pass, which a training step has kept."""
    import torch

    grads, kept = torch.from_numpy(grad), getattr(torch, name)(torch.from_numpy(x))
    backward = getattr(torch.ops.aten, f"{name}_backward")
    return lambda: backward(grads, kept)


def _true_sigmoid(x: Array) -> tuple[Array, Array]:
    small = np.exp(-abs(x.astype(np.longdouble)))
    return np.where(x > 0, 1, small) / (1 + small), small / (1 + small) ** 2


def _true_tanh(x: Array) -> tuple[Array, Array]:
    wide = x.astype(np.longdouble)
    small = np.exp(-2 * abs(wide))
    return np.sign(wide) * -np.expm1(-2 * abs(wide)) / (1 + small), 4 * small / (1 + small) ** 2


def _true_relu(x: Array) -> tuple[Array, Array]:
    return np.maximum(x, 0), (x > 0).astype(x.dtype)


# Name -> what gives its values and its slopes.
TRUTHS = {"sigmoid": _true_sigmoid, "tanh": _true_tanh, "relu": _true_relu}


def _probabilities(x: Array) -> Array:
    wide = x.astype(np.longdouble)
    weights = np.exp(wide - wide.max(1, keepdims=True))
    result: Array = weights / weights.sum(1, keepdims=True)
    return result


def _softmax_backward(grad: Array, x: Array) -> Work:
    def truth() -> Array:
        p = _probabilities(x)
        result: Array = p * (grad - (p * grad).sum(1, keepdims=True))
        return result

    return _work(
        x,
        lambda: reference.softmax_backward(grad, x),
        {"PyTorch": lambda: _torch_softmax_backward(grad, x)},
        truth,
        3 * x.nbytes,
    )


def _torch_softmax_backward(grad: Array, x: Array) -> Call:
    """Return PyTorch's way from the logits, as ours goes: through the forward pass."""
    import torch

    grads, logits = torch.from_numpy(grad), torch.from_numpy(x)
    backward = torch.ops.aten._softmax_backward_data
    return lambda: backward(grads, torch.softmax(logits, 1), 1, logits.dtype)


def _log_softmax_backward(grad: Array, x: Array) -> Work:
    def truth() -> Array:
        result: Array = grad - _probabilities(x) * grad.sum(1, keepdims=True, dtype=np.longdouble)
        return result

    return _work(
        x,
        lambda: reference.log_softmax_backward(grad, x),
        {"PyTorch": lambda: _torch_log_softmax_backward(grad, x)},
        truth,
        3 * x.nbytes,
    )


def _torch_log_softmax_backward(grad: Array, x: Array) -> Call:
    import torch

    grads, logits = torch.from_numpy(grad), torch.from_numpy(x)
    backward = torch.ops.aten._log_softmax_backward_data
    return lambda: backward(grads, torch.log_softmax(logits, 1), 1, logits.dtype)


def _soft_targets(grad: Array, x: Array) -> Work:
    targets = reference.softmax(grad.astype(np.float64))

    def truth() -> tuple[Array, Array]:
        p = _probabilities(x)
        total = targets.sum(1, keepdims=True)
        return np.asarray(-(targets * np.log(p)).sum(1).mean()), (p * total - targets) / len(x)

    function = reference.softmax_cross_entropy_with_gradient
    return _work(
        x,
        lambda: function(x, targets),
        {"PyTorch": lambda: _torch_soft_targets(x, targets)},
        truth,
        2 * x.nbytes + targets.nbytes,
    )


def _torch_soft_targets(x: Array, targets: Array) -> Call:
    import torch

    logits = torch.from_numpy(x).requires_grad_()
    distributions = torch.from_numpy(targets.astype(x.dtype))  # ours stay float64

    def call() -> Any:
        with torch.enable_grad():
            loss = torch.nn.functional.cross_entropy(logits, distributions)
            (grad,) = torch.autograd.grad(loss, logits)
        return loss.detach(), grad

    return call
