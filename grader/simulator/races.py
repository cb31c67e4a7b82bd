"""Data races and uninitialised reads, found from the log of a block by what orders its accesses.

Two accesses to one element race when different threads make them, at least one writes, not both are
atomic, and no barrier stands between: neither syncthreads of the block nor a syncwarp of the warp
of both. So a race is found whichever thread came first, also when the result happens to be right.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from .findings import Place
from .memory import Memory
from .running import WARP, Sizes, Thread, running
from .trace import ADDRESS_BITS, ATOMIC, READ, SHARED, WRITE, Access, Entries, Trace
from .traced import VERBS

SHARED_BYTES = 1 << 17
THREAD_BITS = 10
_ADVICE = "; what many threads add up or count needs cuda.atomic"
_READ, _WRITE, _ATOMIC = 1 << READ, 1 << WRITE, 1 << ATOMIC


class Races:
    """What was accessed in this launch, as far as later accesses may race with it."""

    def __init__(
        self, trace: Trace, threads: Sequence[Thread], memory: Memory, sizes: Sizes
    ) -> None:
        self.accesses, self.threads, self.sizes = trace.accesses, threads, sizes
        self._granule = memory.granule
        self._is_initialised = np.zeros(SHARED_BYTES, np.bool_)
        # For each kind of access and each element, who made it last in an earlier block: access,
        # block and thread; 0 where nobody did.
        elements = memory.global_bytes // memory.granule + 1
        self._before = np.zeros((3, elements), np.int64) if self._has_many_blocks() else None
        self._of_block: list[np.ndarray] = []

    def _has_many_blocks(self) -> bool:
        return self.sizes.grid != (1, 1, 1)

    def look(self, entries: Entries, *, is_last: bool) -> None:
        """Find what is wrong in a stretch of the log, the last one of its block or not."""
        racing = self._find_in_block(entries)
        self._find_uninitialised(entries, racing)
        if self._before is not None:
            self._of_block.append(_first_of_each(entries))
            if is_last:
                self._find_between_blocks(np.concatenate(self._of_block, axis=1))
        if is_last:
            self._of_block.clear()
            self._is_initialised[:] = False

    def _find_in_block(self, e: Entries) -> np.ndarray:
        """Find races within the block and return their addresses."""
        together = e.phase << ADDRESS_BITS | e.address
        if not e.warp_phase.any():
            found = list(_conflicts(together, e.thread, e.kind))
        else:  # a syncwarp orders a warp: apart from it, warps race with warps and lanes with lanes
            found = list(_conflicts(together, e.thread // WARP, e.kind))
            stretch = np.stack([e.phase, e.thread // WARP, e.warp_phase])
            _, number = np.unique(stretch, axis=1, return_inverse=True)
            found += _conflicts(number.ravel() << ADDRESS_BITS | e.address, e.thread, e.kind)
        for group in _one_of_each(found, e.access):
            self._report(e, *_pair(e, group), is_sum=_is_sum(e, group))
        return np.array([e.address[group[0]] for group in found], dtype=np.int64)

    def _report(self, e: Entries, one: int, other: int, *, is_sum: bool) -> None:
        first, second = sorted((one, other), key=lambda i: int(e.thread[i]))
        if _comes_later(e, first, second, self.accesses):
            first, second = second, first
        before, after = self._access(e.access[first]), self._access(e.access[second])
        element = before.allocation.element(int(e.address[first]))
        block = running.block()
        places = [Place(block, self.threads[e.thread[i]].index) for i in (first, second)]
        line = after.site.line
        told = (
            f"a data race on `{after.allocation.name}`: {places[0].in_words()}"
            f" {VERBS[before.kind]} {element}{_elsewhere(before.site.line, line)} and"
            f" {places[1].in_words()} {VERBS[after.kind]} it, with no cuda.syncthreads() between"
            f"{_ADVICE if is_sum else ''}"
        )
        running.find("race", line, told, tuple(places), after.allocation.name)

    def _access(self, number: int) -> Access:
        return self.accesses[number]

    def _find_uninitialised(self, e: Entries, racing: np.ndarray) -> None:
        inside = np.flatnonzero(e.is_shared)
        places, first = np.unique(e.address[inside] - SHARED, return_index=True)
        first = inside[first]
        is_new = ~self._is_initialised[places] & (e.kind[first] != WRITE)
        is_new &= ~np.isin(e.address[first], racing)  # a barrier is missing, not a value
        self._is_initialised[places] = True
        _, each = np.unique(e.access[first[is_new]], return_index=True)
        for at in first[is_new][each]:
            access = self._access(e.access[at])
            place = Place(running.block(), self.threads[e.thread[at]].index)
            name, element = access.allocation.name, access.allocation.element(int(e.address[at]))
            told = (
                f"{place.in_words()} {VERBS[access.kind]} {element}"
                " before any thread has written it: shared memory begins with arbitrary values"
            )
            running.find("uninitialised", access.site.line, told, (place,), name)

    def _find_between_blocks(self, now: np.ndarray) -> None:
        assert self._before is not None
        address, kind, access, thread = now
        for own in (READ, WRITE, ATOMIC):
            for other in {READ: (WRITE, ATOMIC), ATOMIC: (READ, WRITE)}.get(own, (READ, WRITE, 2)):
                mine = np.flatnonzero(kind == own)
                theirs = self._before[other][address[mine] // self._granule]
                mine, theirs = mine[theirs > 0], theirs[theirs > 0] - 1
                pairs = np.stack([access[mine], theirs >> ADDRESS_BITS])
                _, each = np.unique(pairs, axis=1, return_index=True)
                for i in sorted(each):
                    self._report_between(int(theirs[i]), now[:, mine[i]])
        who = access << ADDRESS_BITS | self._block_number() << THREAD_BITS | thread
        self._before[kind, address // self._granule] = who + 1

    def _report_between(self, before: int, now: np.ndarray) -> None:
        address, _, number, thread = (int(value) for value in now)
        then, after = self._access(before >> ADDRESS_BITS), self._access(number)
        block = (before & ((1 << ADDRESS_BITS) - 1)) >> THREAD_BITS
        places = (
            Place(self._block_index(block), self.threads[before & ((1 << THREAD_BITS) - 1)].index),
            Place(running.block(), self.threads[thread].index),
        )
        line, name = after.site.line, after.allocation.name
        told = (
            f"a data race on `{name}` between blocks: {places[0].with_block()}"
            f" {VERBS[then.kind]} {then.allocation.element(address)}"
            f"{_elsewhere(then.site.line, line)} and {places[1].with_block()}"
            f" {VERBS[after.kind]} it: nothing orders two blocks of one launch"
        )
        running.find("block-race", line, told, places, name)

    def _block_number(self) -> int:
        (x, y, z), (across, down, _) = running.block(), self.sizes.grid
        return (z * down + y) * across + x

    def _block_index(self, number: int) -> tuple[int, int, int]:
        across, down, _ = self.sizes.grid
        return number % across, number // across % down, number // (across * down)


def _conflicts(together: np.ndarray, actor: np.ndarray, kind: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the entries of each key that several actors share in a way that is a race."""
    if not len(together):
        return
    order = np.argsort(together, kind="stable")
    keys, actors = together[order], actor[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    kinds = np.bitwise_or.reduceat((1 << kind.astype(np.int64))[order], starts)
    several = np.minimum.reduceat(actors, starts) != np.maximum.reduceat(actors, starts)
    reads_and_changes = _READ | _ATOMIC
    unsafe = ((kinds & _WRITE) > 0) | ((kinds & reads_and_changes) == reads_and_changes)
    ends = np.concatenate((starts[1:], [len(order)]))
    for at in np.flatnonzero(several & unsafe):
        yield order[starts[at] : ends[at]]


def _one_of_each(found: Sequence[np.ndarray], access: np.ndarray) -> Iterator[np.ndarray]:
    """Yield one group for each set of places in the source."""
    seen = set()
    for group in sorted(found, key=lambda group: int(group[0])):
        places = frozenset(access[group].tolist())
        if places not in seen:
            seen.add(places)
            yield group


def _pair(e: Entries, group: np.ndarray) -> tuple[int, int]:
    """Return two entries of a group that race."""
    changes = [int(i) for i in group if e.kind[i] != READ]
    return next((i, int(j)) for i in changes for j in group if _race(e, i, int(j)))


def _race(e: Entries, i: int, j: int) -> bool:
    if e.thread[i] == e.thread[j] or e.kind[i] == e.kind[j] == ATOMIC:
        return False
    return bool(e.warp_phase[i] == e.warp_phase[j] or e.thread[i] // WARP != e.thread[j] // WARP)


def _is_sum(e: Entries, group: np.ndarray) -> bool:
    """Tell whether several threads read an element and write it: a sum, a count, a largest."""
    readers, writers = (set(e.thread[group[e.kind[group] == kind]]) for kind in (READ, WRITE))
    return len(readers & writers) > 1


def _comes_later(e: Entries, one: int, other: int, accesses: Sequence[Access]) -> bool:
    """Tell whether the barrier is missing before the first of two entries, not the second.

    A thread that makes both accesses in this phase shows their order; else the source does.
    """
    for thread in (e.thread[one], e.thread[other]):
        own = (e.phase == e.phase[one]) & (e.thread == thread)
        orders = [e.order[own & (e.access == e.access[i])] for i in (one, other)]
        if all(len(order) for order in orders):
            return bool(orders[0].min() > orders[1].min())
    lines = [accesses[e.access[i]].site.line for i in (one, other)]
    return bool(lines[0] > lines[1])


def _first_of_each(e: Entries) -> np.ndarray:
    """Return address, kind, access and thread of each global address and kind, the first ones."""
    inside = np.flatnonzero(~e.is_shared)
    _, first = np.unique(e.address[inside] * 3 + e.kind[inside], return_index=True)
    at = inside[first]
    return np.stack([e.address[at], e.kind[at], e.access[at], e.thread[at]])


def _elsewhere(line: int, than: int) -> str:
    return "" if line == than else f" (line {line})"
