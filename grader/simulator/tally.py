"""Measures from the log: accesses of a thread, and what a warp's accesses move.

The n-th time that each lane of a warp comes to a place in the source is taken as one request of the
warp. That is exact where lanes go the same way, and close where they do not.
"""

from collections import defaultdict

import numpy as np

from .measures import Measures
from .running import WARP
from .trace import ATOMIC, Entries, Trace

SECTOR = 32  # bytes that global memory moves at a time
BANKS, WORD = 32, 4
KINDS = 3
_COUNTS = [
    *("global_reads", "global_writes", "global_atomics"),
    *("shared_reads", "shared_writes", "shared_atomics"),
]


class Tally:
    """The counts of a launch so far."""

    def __init__(self, trace: Trace, threads: int) -> None:
        self.accesses, self.threads = trace.accesses, threads
        self._of_block = np.zeros(threads * 2 * KINDS, np.int64)
        self._most = np.zeros(2 * KINDS, np.int64)
        # line -> what was needed at the least, and what it took
        self._sectors: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._passes: dict[int, list[int]] = defaultdict(lambda: [0, 0])

    def add(self, e: Entries, *, is_last: bool) -> None:
        """Count a stretch of the log, the last one of its block or not."""
        which = (e.thread * 2 + e.is_shared) * KINDS + e.kind
        self._of_block += np.bincount(which, minlength=len(self._of_block))
        if is_last:
            most = self._of_block.reshape(self.threads, -1).max(axis=0)
            self._most = np.maximum(self._most, most)
            self._of_block[:] = 0
        if len(e):
            self._count_requests(e)

    def _count_requests(self, e: Entries) -> None:
        size = np.array([access.allocation.item_bytes for access in self.accesses])
        of_warp = np.flatnonzero(e.kind != ATOMIC)
        if not len(of_warp):
            return
        request = _requests(e, of_warp, size)
        order = np.lexsort((e.address[of_warp], request))
        request, at = request[order], of_warp[order]
        address, access, is_shared = e.address[at], e.access[at], e.is_shared[at]
        begins = np.concatenate(([True], request[1:] != request[:-1]))
        starts = np.flatnonzero(begins)
        number = np.cumsum(begins) - 1
        is_new = _changes(address) | begins
        asked = np.add.reduceat(is_new * size[access], starts)
        moved = np.add.reduceat(_changes(address // SECTOR) | begins, starts)
        shared = is_shared[starts]
        self._sum(self._sectors, access[starts], -(-asked // SECTOR), moved, ~shared)
        if shared.any():
            word = address // WORD
            new_word = (_changes(word) | begins) & is_shared
            bank = number[new_word] * BANKS + word[new_word] % BANKS
            passes = np.bincount(bank, minlength=len(starts) * BANKS).reshape(-1, BANKS).max(axis=1)
            self._sum(self._passes, access[starts], np.ones_like(passes), passes, shared)

    def _sum(
        self,
        sums: dict[int, list[int]],
        access: np.ndarray,
        least: np.ndarray,
        took: np.ndarray,
        chosen: np.ndarray,
    ) -> None:
        numbers = len(self.accesses)
        needed = np.bincount(access[chosen], least[chosen], minlength=numbers)
        taken = np.bincount(access[chosen], took[chosen], minlength=numbers)
        for number in np.flatnonzero(taken):
            sums_of_line = sums[self.accesses[number].site.line]
            sums_of_line[0] += int(needed[number])
            sums_of_line[1] += int(taken[number])

    def measures(self, barriers: int, shared_bytes: int) -> Measures:
        """Return the measures of the launch."""
        most = dict(zip(_COUNTS, map(int, self._most), strict=True))
        return Measures(
            **most,
            barriers=barriers,
            shared_bytes=shared_bytes,
            coalescing={k: least / took for k, (least, took) in sorted(self._sectors.items())},
            bank_conflicts={k: took / least for k, (least, took) in sorted(self._passes.items())},
        )


def _changes(values: np.ndarray) -> np.ndarray:
    """Tell of each value whether it differs from the one before it."""
    return np.concatenate(([True], values[1:] != values[:-1]))


def _requests(e: Entries, chosen: np.ndarray, size: np.ndarray) -> np.ndarray:
    """Return a number for each chosen entry, the same for those that a warp asks for at once."""
    thread, access = e.thread[chosen], e.access[chosen]
    place = e.phase[chosen] * len(size) + access
    key = place << 10 | thread
    order = np.argsort(key, kind="stable")
    begins = _changes(key[order])
    starts = np.flatnonzero(begins)
    position = np.arange(len(order))
    turn = np.empty_like(position)
    turn[order] = position - starts[np.cumsum(begins) - 1]
    # Shared memory serves half a warp at a time where the elements have 8 bytes.
    lanes = np.where(e.is_shared[chosen] & (size[access] > WORD), WARP // 2, WARP)
    group = place * (1024 // (WARP // 2)) + thread // lanes
    numbers: np.ndarray = group * (int(turn.max()) + 1) + turn
    return numbers
