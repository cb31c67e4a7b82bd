"""Which thread of a launch's first block touches which elements, access by access of the source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from greenlet import getcurrent

from .adopted import adopted
from .launch import BUDGET, Launch, _three
from .running import Sizes, running
from .trace import Access, Allocation, Entries

FIRST = (0, 0, 0)


@dataclass(frozen=True)
class Step:
    """One array in one line of the source: what the threads of the block do with it.

    `touches` has a row for each access: the thread, the element (counted through all axes) and the
    kind, 0 to read, 1 to write, 2 for an atomic operation; rows that are equal are there once.
    """

    array: str
    shape: tuple[int, ...]
    is_shared: bool
    touches: np.ndarray


def traffic(
    function: Callable[..., Any],
    grid: int | Sequence[int],
    block: int | Sequence[int],
    arguments: Sequence[Any],
    shared_bytes: int = 0,
) -> tuple[Step, ...]:
    """Return what the first block of a launch does, in the order of the source's lines."""
    sizes = Sizes(_three(grid), _three(block), shared_bytes)
    running.begin(sizes, getcurrent())
    running.is_active = True
    try:
        launched = _Recorded(adopted(function), sizes, arguments, True, BUDGET)
        launched.run()
    finally:
        running.is_active = False
    return tuple(launched.steps())


class _Recorded(Launch):
    """A launch that keeps the log of its first block."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.kept: list[Entries] = []
        assert self.trace is not None
        take = self.trace.take

        def keep() -> Entries:
            entries = take()
            if running.block() == FIRST:
                self.kept.append(entries)
            return entries

        self.trace.take = keep  # type: ignore[method-assign]

    def steps(self) -> list[Step]:
        """Return the accesses by line and array."""
        assert self.trace is not None
        known = self.trace.accesses
        by_place: dict[tuple[int, Allocation], list[int]] = {}
        for number, access in enumerate(known):
            by_place.setdefault((access.site.line, access.allocation), []).append(number)
        places = sorted(by_place.items(), key=lambda item: item[0][0])
        return [self._step(place[1], known, numbers) for place, numbers in places]

    def _step(self, of: Allocation, known: Sequence[Access], numbers: list[int]) -> Step:
        kinds = np.array([access.kind for access in known])
        rows = [np.zeros((0, 3), np.int64)]
        for entries in self.kept:
            here = np.isin(entries.access, numbers)
            elements = _elements(of, entries.address[here])
            rows.append(np.stack([entries.thread[here], elements, kinds[entries.access[here]]], 1))
        touches = np.unique(np.concatenate(rows), axis=0).astype(np.int32)
        return Step(of.name, of.shape, of.is_shared, touches)


def _elements(of: Allocation, addresses: np.ndarray) -> np.ndarray:
    """Return the numbers of elements, counted through all axes, at addresses."""
    rest, elements = addresses - of.base, np.zeros(len(addresses), np.int64)
    sizes = np.cumprod([1, *of.shape[:0:-1]])[::-1]
    for axis in sorted(range(len(of.shape)), key=lambda k: -abs(of.strides[k])):
        if of.strides[axis] and of.shape[axis] > 1:
            at = rest // of.strides[axis]
            elements += at * sizes[axis]
            rest -= at * of.strides[axis]
    return elements
