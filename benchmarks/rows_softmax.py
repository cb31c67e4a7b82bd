"""softmax, log_softmax and cross-entropy beside PyTorch, ONNX Runtime, SciPy and NumPy."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.onnx_calls import onnx_call
from benchmarks.rows import OTHER_SHAPES, Call, Row, Work, peers

SHAPES = [(64, 10), (256, 100), (4096, 1000), (32, 50257)]
OTHERS = [(1, 1000), (32, 10), (1000, 10), (10000, 10), (512, 128), (64, 1000), (8, 100000)]
SEED, SCALE = 0, 3.0
# PyTorch sums a row in float32.
TOLERANCE = {"float32": 1e-5, "float64": 1e-13}

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every shape and dtype."""
    for dtype in ("float32", "float64"):
        for shapes, other in ((SHAPES, ""), (OTHERS, f", {OTHER_SHAPES}")):
            for shape in shapes:
                for operation, make in MAKERS.items():
                    work = partial(_make, make, shape, dtype)
                    yield Row(operation + other, "x".join(map(str, shape)), dtype, work)


def _make(make: Callable[..., Work], shape: tuple[int, int], dtype: str) -> Work:
    rng = np.random.default_rng(SEED)
    x = (SCALE * rng.standard_normal(shape)).astype(dtype)
    return make(x, rng.integers(0, shape[1], shape[0]))


def _probabilities(name: str, operator: str, x: Array, _: Array) -> Work:
    function = getattr(reference, name)
    return Work(
        lambda: function(x),
        peers(
            {
                "PyTorch": _torch(name, x),
                "ONNX Runtime": lambda: onnx_call(operator, {"x": x}, axis=1),
                "SciPy": _scipy(name, x),
                "NumPy": lambda: _numpy(name, x),
            }
        ),
        {"PyTorch": 1.3, "ONNX Runtime": 0.9},
        TOLERANCE[x.dtype.name],
        bytes=2 * x.nbytes,
        truth=lambda: _numpy(name, x.astype(np.longdouble))(),
    )


def _torch(name: str, x: Array) -> Callable[[], Call]:
    def make() -> Call:
        import torch

        tensor = torch.from_numpy(x)
        return lambda: getattr(torch, name)(tensor, 1)

    return make


def _scipy(name: str, x: Array) -> Callable[[], Call]:
    def make() -> Call:
        from scipy import special

        return lambda: getattr(special, name)(x, axis=1)

    return make


def _numpy(name: str, x: Array) -> Call:
    def logarithms() -> Array:
        shifted = x - x.max(1, keepdims=True)
        result: Array = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
        return result

    def probabilities() -> Array:
        weights = np.exp(x - x.max(1, keepdims=True))
        result: Array = weights / weights.sum(1, keepdims=True)
        return result

    return probabilities if name == "softmax" else logarithms


def _cross_entropy(x: Array, labels: Array) -> Work:
    function = reference.softmax_cross_entropy_with_gradient
    return Work(
        lambda: function(x, labels),
        peers({"PyTorch": lambda: _torch_cross_entropy(x, labels)}),
        {"PyTorch": 8.0 if x.shape == SHAPES[0] else 2.5},
        TOLERANCE[x.dtype.name],
        bytes=2 * x.nbytes,
        truth=lambda: _true_cross_entropy(x.astype(np.longdouble), labels),
    )


def _true_cross_entropy(x: Array, labels: Array) -> tuple[Array, Array]:
    samples = np.arange(len(x))
    loss = -_numpy("log_softmax", x)()[samples, labels].mean()
    grad = _numpy("softmax", x)()
    grad[samples, labels] -= 1
    return np.asarray(loss), grad / len(x)


def _torch_cross_entropy(x: Array, labels: Array) -> Call:
    import torch

    logits, targets = torch.from_numpy(x).requires_grad_(), torch.from_numpy(labels)

    def call() -> Any:
        with torch.enable_grad():
            loss = torch.nn.functional.cross_entropy(logits, targets)
            (grad,) = torch.autograd.grad(loss, logits)
        return loss.detach(), grad

    return call


MAKERS: dict[str, Callable[[Array, Array], Work]] = {
    "softmax": partial(_probabilities, "softmax", "Softmax"),
    "log_softmax": partial(_probabilities, "log_softmax", "LogSoftmax"),
    "softmax_cross_entropy with gradient": _cross_entropy,
}
