"""Steps of the optimizers in place, beside torch.optim's, its fused ones where there are."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

import reference
from benchmarks.gpu_rows import BARS_OF_MEMORY, Array, Arrays, Call, GpuRow, Work
from reference.backends import load_kernels

SIZES, TINY_SIZES = (2**24, 2**28), (77,)
SEED, RATE = 0, 1e-3
# Ours -> the module of its kernel, how many arrays it remembers, its numbers after the learning
# rate, the class of torch.optim, and its options. The numbers of Adam are those of the first step.
OPTIMIZERS: dict[str, tuple[str, int, tuple[float, ...], str, dict[str, Any]]] = {
    "sgd": ("optimizers", 0, (), "SGD", {"fused": True}),
    "momentum": ("optimizers", 1, (0.9, 1.0), "SGD", {"momentum": 0.9, "fused": True}),
    "adagrad": ("adaptive_optimizers", 1, (0.0, 1e-10), "Adagrad", {}),
    "adadelta": ("adaptive_optimizers", 2, (0.9, 1e-6), "Adadelta", {}),
    "rmsprop": ("adaptive_optimizers", 1, (0.99, 0.0, 1e-8), "RMSprop", {}),
    "adam": (
        *("adaptive_optimizers", 2, (0.9, 0.999, 1 - 0.9, 1 - 0.999, 0.0, 1e-8)),
        *("Adam", {"fused": True}),
    ),
}


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every optimizer and size."""
    for size in TINY_SIZES if is_tiny else SIZES:
        for name in OPTIMIZERS:
            yield GpuRow(f"{name} step", f"{size} parameters", partial(_step, name, size))


def _step(name: str, size: int) -> Work:
    rng = np.random.default_rng(SEED)
    param, grad = (rng.standard_normal(size, np.float32) for _ in range(2))
    family, remembered, numbers, peer, options = OPTIMIZERS[name]
    kernel: Callable[..., None] = getattr(load_kernels(family, "cuda"), name)

    def ours(outputs: Any, inputs: Any) -> None:
        kernel(*outputs, *inputs, RATE, *numbers)

    return Work(
        outputs=(param, *(np.zeros_like(param) for _ in range(remembered))),
        inputs=(grad,),
        ours=ours,
        torch=partial(_torch, peer, options),
        expected=partial(_expected, name, param, grad),
        tolerance=1e-6,
        bars=BARS_OF_MEMORY,
        bytes=param.nbytes * (3 + 2 * remembered),
    )


def _expected(name: str, param: Array, grad: Array) -> Arrays:
    after, state = getattr(reference, name)(param, grad, learning_rate=RATE)
    return after, *(array for key, array in state.items() if key != "step")


def _torch(peer: str, options: dict[str, Any], outputs: Any, inputs: Any) -> Call:
    import torch

    param = torch.nn.Parameter(outputs[0])
    param.grad = inputs[0]
    optimizer = getattr(torch.optim, peer)([param], lr=RATE, **options)

    def call() -> Any:
        optimizer.step()
        return param, *(None for _ in outputs[1:])

    return call
