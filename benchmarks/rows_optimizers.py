"""Steps of the optimizers in place beside those of torch.optim, its fused ones where there are."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

import reference
from benchmarks.rows import OTHER_SHAPES, Call, Row, Work, peers

SMALL, LARGE = 10_000, 10_000_000
OTHERS = (100, 1_000_000)
SEED, RATE = 0, 1e-3
# Ours -> what it remembers, the class of torch.optim and its options, whether it has a fused form.
OPTIMIZERS: dict[str, tuple[tuple[str, ...], str, dict[str, float], bool]] = {
    "sgd": ((), "SGD", {}, True),
    "momentum": (("velocity",), "SGD", {"momentum": 0.9}, True),
    "adagrad": (("sum",), "Adagrad", {}, True),
    "rmsprop": (("square_avg",), "RMSprop", {}, False),
    "adam": (("step", "exp_avg", "exp_avg_sq"), "Adam", {}, True),
}

Array = NDArray[Any]


def rows() -> Iterator[Row]:
    """Yield the rows of every optimizer, size and dtype."""
    for dtype in ("float32", "float64"):
        for sizes, other in (((SMALL, LARGE), ""), (OTHERS, f", {OTHER_SHAPES}")):
            for size in sizes:
                for name in OPTIMIZERS:
                    work = partial(_step, name, size, dtype)
                    yield Row(f"{name} step{other}", f"{size} parameters", dtype, work)


@lru_cache(maxsize=1)
def _operands(size: int, dtype: str) -> tuple[Array, Array]:
    """Return parameters and their gradients, which steps do not change."""
    rng = np.random.default_rng(SEED)
    return rng.standard_normal(size).astype(dtype), rng.standard_normal(size).astype(dtype)


def _step(name: str, size: int, dtype: str) -> Work:
    (param, grad), (keys, peer, options, has_fused) = _operands(size, dtype), OPTIMIZERS[name]
    makers = {"PyTorch": lambda: _torch(peer, param, grad, options)}
    if has_fused:
        makers["PyTorch fused"] = lambda: _torch(peer, param, grad, options | {"fused": True})
    is_small = param.size <= SMALL
    return Work(
        _ours(name, param, grad, keys),
        peers(makers),
        {"PyTorch": 8.0} if is_small else {"PyTorch fused": 0.95},
        1e-6 if param.dtype == np.float32 else 1e-14,
        bytes=param.nbytes * (3 + 2 * len([key for key in keys if key != "step"])),
    )


def _ours(name: str, param: Array, grad: Array, keys: tuple[str, ...]) -> Call:
    own, step = param.copy(), getattr(reference, name)
    state = {key: np.zeros((), np.int64) if key == "step" else np.zeros_like(param) for key in keys}

    def call() -> Array:
        step(own, grad, state, learning_rate=RATE, out=(own, state))
        return own

    return call


def _torch(name: str, param: Array, grad: Array, options: dict[str, Any]) -> Call:
    import torch

    own = torch.nn.Parameter(torch.from_numpy(param.copy()))
    own.grad = torch.from_numpy(grad.copy())
    optimizer = getattr(torch.optim, name)([own], lr=RATE, **options)

    def call() -> Any:
        optimizer.step()
        return own.detach()

    return call
