"""A row of the tables: one operation on one shape, ours beside the peers' functions for it.

A module `rows_<family>.py` yields rows: `rows() -> Iterator[Row]`. Functions take nothing and
return an array or a tuple of arrays; what they need (inputs, outputs, loaded sessions) is made
before they are timed. A peer that is not installed is left out by `peers(...)`.
"""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Call = Callable[[], Any]


@dataclass(frozen=True)
class Row:
    """One operation on one shape. Ratios are a peer's time over ours: above 1 we are faster."""

    operation: str  # "conv2d forward", "max_pool2d with indices"
    shape: str  # "LeNet C1: 32x1x32x32 * 6x1x5x5"
    dtype: str  # "float32", "float64", "int64"
    ours: Call
    peers: Mapping[str, Call]  # "PyTorch", "ONNX Runtime", "SciPy", "scikit-learn", "NumPy"
    bars: Mapping[str, float] = field(default_factory=dict)  # peer, or "*" for all: least ratio
    tolerance: float = 0.0  # results agree within this times the largest absolute value
    flops: float = 0.0  # of the operation, for the floor: multiplications and additions
    bytes: float = 0.0  # that have to come from memory or go there
    peer_threads: bool = True  # False: a peer that cannot use threads


def installed(package: str) -> bool:
    """Return whether a peer can be imported."""
    return importlib.util.find_spec(package) is not None
