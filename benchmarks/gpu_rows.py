"""A row of the GPU's tables: one kernel on one shape, beside PyTorch's, on arrays of the device.

A module of FAMILIES yields rows: `rows(is_tiny) -> Iterator[GpuRow]`; tiny ones are for the
simulator. Ours fills or steps the outputs, as the module of `reference.cuda` does it; PyTorch's
function returns its own, as its users get it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = tuple[Array, ...]
Call = Callable[[], Any]

FAMILIES = (
    *("optimizers", "activations", "probabilities", "pooling"),
    *("convolution", "products", "metrics"),
)
COPY = "copy"  # stands among the peers: the time that a copy of as many bytes takes
# Of what is bound by memory: not behind PyTorch, and 85 % of what a copy reaches.
BARS_OF_MEMORY = {"PyTorch": 1.0, COPY: 0.85}


class GpuRow(NamedTuple):
    """One kernel on one shape; its arrays, which may be large, are made when its turn comes."""

    operation: str
    shape: str
    make: Callable[[], Work]


@dataclass(frozen=True)
class Work:
    """What a row does. Arrays lie on the host here; each call gets copies on the device."""

    outputs: Arrays  # as they are before the call
    inputs: Arrays
    ours: Callable[[Any, Any], object]  # (outputs, inputs), on the device
    torch: Callable[[Any, Any], Call]  # (outputs, inputs), as tensors: the call to be timed
    expected: Call  # what the outputs are after one call, by backend="cpu"
    tolerance: float = 0.0  # of the largest absolute value
    bars: Mapping[str, float] = field(default_factory=dict)  # "PyTorch", "copy": least ratio
    bytes: float = 0.0  # that have to come from memory or go there
    waits: bool = False  # the call waits for the device, so that calls cannot be queued

    @property
    def dtype(self) -> str:
        """The dtype of the first input."""
        return self.inputs[0].dtype.name

    @property
    def footprint(self) -> int:
        """The bytes of all arrays."""
        return sum(array.nbytes for array in (*self.outputs, *self.inputs))


def collect(only: Collection[str], is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of the families or with the texts that are asked for; of none, all."""
    texts = [text.lower() for text in only if text not in FAMILIES]
    for family in FAMILIES:
        if only and not texts and family not in only:
            continue
        for row in import_module(f"benchmarks.gpu_{family}").rows(is_tiny):
            told = f"{row.operation} {row.shape}".lower()
            if not only or family in only or any(text in told for text in texts):
                yield row


def tolerance_of(dtype: Any, terms: float) -> float:
    """Return how far two sums of so many terms may be apart, over their largest value."""
    return float(4 * np.finfo(dtype).eps * max(terms, 1.0) ** 0.5)
