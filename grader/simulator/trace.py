"""The log of every access of a block: which access of the source, which address, which thread.

An entry is one integer, `access number << ADDRESS_BITS | address`. A proxy appends nothing else;
who ran when is kept by the scheduler, as runs: stretches of the log that one thread wrote.
Addresses are bytes of a made-up memory, the same in every run: global arrays from 0, shared memory
from SHARED on.
"""

from array import array
from dataclasses import dataclass

import numpy as np

from .sites import Site

ADDRESS_BITS = 40
ADDRESS = (1 << ADDRESS_BITS) - 1
SHARED = 1 << (ADDRESS_BITS - 1)
READ, WRITE, ATOMIC = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Allocation:
    """A piece of memory with a name: an argument, or an array in shared memory."""

    name: str
    base: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    item_bytes: int

    @property
    def is_shared(self) -> bool:
        """Tell whether it belongs to a block."""
        return self.base >= SHARED

    def element(self, address: int) -> str:
        """Return the element at an address as it stands in the source: "tile[0, 3]"."""
        rest, index = address - self.base, [0] * len(self.shape)
        for axis in sorted(range(len(index)), key=lambda k: -abs(self.strides[k])):
            if self.strides[axis] and self.shape[axis] > 1:
                index[axis] = int(rest / self.strides[axis])
                rest -= index[axis] * self.strides[axis]
        return f"{self.name}[{', '.join(map(str, index))}]"


@dataclass(frozen=True, eq=False)
class Access:
    """One place in the source that reads or changes an allocation."""

    allocation: Allocation
    kind: int
    site: Site


@dataclass(frozen=True, eq=False)
class Entries:
    """A stretch of the log as columns; the threads of a block, the phases between its barriers."""

    access: np.ndarray
    address: np.ndarray
    thread: np.ndarray
    phase: np.ndarray
    warp_phase: np.ndarray
    order: np.ndarray  # how late in its thread's work
    kind: np.ndarray
    is_shared: np.ndarray

    def __len__(self) -> int:
        return len(self.access)


class Trace:
    """The log of the current block and the tables of the launch."""

    def __init__(self) -> None:
        self.log = array("q")
        self.accesses: list[Access] = []
        self._runs = array("q")  # for each run: thread, phase, warp phase, round, end in the log
        self._kinds = array("b")
        self._in_shared = array("b")

    def code(self, allocation: Allocation, kind: int, site: Site) -> int:
        """Return the upper part of the entries of an access, seen for the first time."""
        self.accesses.append(Access(allocation, kind, site))
        self._kinds.append(kind)
        self._in_shared.append(allocation.is_shared)
        return (len(self.accesses) - 1) << ADDRESS_BITS

    def end_run(self, thread: int, phase: int, warp_phase: int, round_: int) -> None:
        """Note that everything since the last run was of this thread."""
        self._runs.extend((thread, phase, warp_phase, round_, len(self.log)))

    def take(self) -> Entries:
        """Return the log as columns and begin a new one."""
        log = np.array(self.log, dtype=np.int64)
        runs = np.array(self._runs, dtype=np.int64).reshape(-1, 5)
        del self.log[:], self._runs[:]
        starts = np.concatenate(([0], runs[:-1, 4])) if len(runs) else runs[:, 4]
        lengths = runs[:, 4] - starts
        log = log[: int(lengths.sum())]
        access, address = log >> ADDRESS_BITS, log & ADDRESS
        thread, phase, warp_phase, late = (np.repeat(runs[:, k], lengths) for k in range(4))
        order = (late << 32) + np.arange(len(log)) - np.repeat(starts, lengths)
        kind = np.array(self._kinds, dtype=np.int8)[access]
        is_shared = np.array(self._in_shared, dtype=np.bool_)[access]
        return Entries(access, address, thread, phase, warp_phase, order, kind, is_shared)
