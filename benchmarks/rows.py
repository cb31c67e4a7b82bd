"""A row of the tables: one operation on one shape, ours beside the peers' functions for it.

A module `rows_<family>.py` yields rows: `rows() -> Iterator[Row]`. What a row does is made when its
turn comes: its inputs may be large, and peers take long to load. Functions take nothing and return
an array or a tuple of arrays; what they need (inputs, outputs, loaded sessions) is made before they
are timed. The first call of each function is the one whose result is compared, so a step of an
optimizer may go on from there. A peer that is not installed is left out by `peers(...)`; how many
threads a peer may use is `reference.get_num_threads()`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

Call = Callable[[], Any]

# In the title of a table: its shapes are not those for which an operation was made fast.
OTHER_SHAPES = "other shapes"

# Peer -> the package that it is imported from.
PACKAGES = {
    "NumPy": "numpy",
    "SciPy": "scipy",
    "scikit-learn": "sklearn",
    "PyTorch": "torch",
    "ONNX Runtime": "onnxruntime",
}


@dataclass(frozen=True)
class Work:
    """What a row does. Ratios are a peer's time over ours: above 1 we are faster."""

    ours: Call
    peers: Mapping[str, Call]  # "PyTorch", "ONNX Runtime", "SciPy", "scikit-learn", "NumPy"
    bars: Mapping[str, float] = field(default_factory=dict)  # peer, or "*" for all: least ratio
    tolerance: float = 0.0  # results agree within this times the largest absolute value
    flops: float = 0.0  # of the operation, for the floor: multiplications and additions
    bytes: float = 0.0  # that have to come from memory or go there
    peer_threads: bool = True  # False: a peer that cannot use threads
    truth: Call | None = None  # the result in float64 or longdouble, for the errors of all

    def bar(self, peer: str) -> float | None:
        """Return the least ratio to a peer, if one is asked for."""
        return self.bars.get(peer, self.bars.get("*"))


@dataclass(frozen=True)
class Row:
    """One operation on one shape, and what makes the work of it."""

    operation: str  # "conv2d forward", "max_pool2d with indices"
    shape: str  # "LeNet C1: 32x1x32x32 * 6x1x5x5"
    dtype: str  # "float32", "float64", "int64"
    make: Callable[[], Work]


def installed(package: str) -> bool:
    """Return whether a peer can be imported."""
    return importlib.util.find_spec(package) is not None


def missing_peers() -> list[str]:
    """Return the peers that cannot be imported here."""
    return [peer for peer, package in PACKAGES.items() if not installed(package)]


def peers(makers: Mapping[str, Callable[[], Call]]) -> dict[str, Call]:
    """Return the functions of the installed peers; each maker imports its peer and returns one.

    A name begins with that of the peer, so that one may have two functions: "PyTorch fused".
    """
    missing = tuple(missing_peers())
    return {name: make() for name, make in makers.items() if not name.startswith(missing)}


def families() -> list[str]:
    """Return the families that have rows: what stands behind `rows_` in the files' names."""
    paths = Path(__file__).parent.glob("rows_*.py")
    return sorted(path.stem.removeprefix("rows_") for path in paths)


def collect(only: Collection[str] = (), dtypes: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows that are asked for."""
    texts = [text for text in only if text not in families()]
    for family in families():
        if only and not texts and family not in only:
            continue
        wanted = () if family in only else texts
        for row in import_module(f"benchmarks.rows_{family}").rows():
            if is_wanted(row, wanted, dtypes):
                yield row


def is_wanted(row: Row, texts: Collection[str], dtypes: Collection[str]) -> bool:
    """Return whether a row has one of the texts and one of the dtypes; none means any."""
    told = f"{row.operation} {row.shape}".lower()
    has_text = not texts or any(text.lower() in told for text in texts)
    return has_text and (not dtypes or row.dtype in dtypes)
