"""An array as checked threads see it: each access is tested and written to the log."""

import operator
from collections.abc import Callable, Iterator
from sys import _getframe
from types import FrameType
from typing import Any

import numpy as np

from .running import Stopped, running
from .scalars import wrapped
from .sites import Site, calling_frame
from .trace import ATOMIC, READ, WRITE, Allocation, Trace

VERBS = {READ: "reads", WRITE: "writes", ATOMIC: "changes"}


class Codes(dict[int, int]):
    """instruction -> upper part of its log entries, for one kind of access to one allocation."""

    def __init__(self, trace: Trace, allocation: Allocation, kind: int) -> None:
        self.trace, self.allocation, self.kind = trace, allocation, kind
        self.by_site: dict[Site, int] = {}

    def __missing__(self, instruction: int) -> int:
        site = running.sites.at(calling_frame(_getframe(1)))
        if site not in self.by_site:  # a site has more than one instruction number: see Sites
            self.by_site[site] = self.trace.code(self.allocation, self.kind, site)
        code = self[instruction] = self.by_site[site]
        return code


class Backing:
    """What all views of one allocation share."""

    __slots__ = ("allocation", "append", "codes", "log", "reads", "writes")

    def __init__(self, trace: Trace, allocation: Allocation) -> None:
        self.allocation = allocation
        self.log, self.append = trace.log, trace.log.append
        self.codes = [Codes(trace, allocation, kind) for kind in (READ, WRITE, ATOMIC)]
        self.reads, self.writes = self.codes[READ], self.codes[WRITE]


class Traced:
    """An array of any number of axes."""

    __slots__ = ("append", "array", "backing", "base", "fetch", "log", "reads", "writes")

    def __init__(self, backing: Backing, array: np.ndarray, base: int) -> None:
        self.backing, self.array, self.base = backing, array, base
        self.log, self.append = backing.log, backing.append
        self.reads, self.writes = backing.reads, backing.writes
        # Integers come as Python's, floats as NumPy's scalars: see scalars.py.
        self.fetch: Callable[[Any], Any] = array.__getitem__
        if array.dtype.kind in "iu":
            self.fetch = array.item

    shape = property(lambda self: self.array.shape)
    size = property(lambda self: self.array.size)
    ndim = property(lambda self: self.array.ndim)
    dtype = property(lambda self: self.array.dtype)
    strides = property(lambda self: self.array.strides)
    itemsize = property(lambda self: self.array.itemsize)
    nbytes = property(lambda self: self.array.nbytes)

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Any]:
        frame = calling_frame(_getframe(1))
        for i in range(len(self.array)):
            yield self._read(i, frame)

    def __getitem__(self, index: Any) -> Any:
        return self._read(index, _getframe(1))

    def __setitem__(self, index: Any, value: Any) -> None:
        self._write(index, value, _getframe(1))

    def change(self, index: Any, operation: Callable[[Any], Any]) -> Any:
        """Return what an element was before an atomic operation on it."""
        frame = calling_frame(_getframe(1))
        place = self._element(index, ATOMIC, frame)
        self._log(place, ATOMIC, frame)
        before = self.fetch(place)
        self._store(place, operation(before))
        return before

    def _read(self, index: Any, frame: FrameType) -> Any:
        if _is_view(index, self.array.ndim):
            return self._view(index, frame)
        place = self._element(index, READ, frame)
        self._log(place, READ, frame)
        return self.fetch(place)

    def _write(self, index: Any, value: Any, frame: FrameType) -> None:
        if _is_view(index, self.array.ndim):
            view = self._view(index, frame)
            if isinstance(value, Traced | np.ndarray):
                raise TypeError("one array is not assigned to another: write a loop")
            values = np.broadcast_to(np.asarray(value), view.shape)
            for place in np.ndindex(view.shape):
                view._write(place, values[place], frame)
            return
        place = self._element(index, WRITE, frame)
        self._log(place, WRITE, frame)
        self._store(place, value)

    def _store(self, place: tuple[int, ...], value: Any) -> None:
        try:
            self.array[place] = value
        except OverflowError:
            self.array[place] = wrapped(value, self.array.dtype)

    def _log(self, place: tuple[int, ...], kind: int, frame: FrameType) -> None:
        code = self.backing.codes[kind][id(frame.f_code) + frame.f_lasti]
        self.append(code + self.base + sum(map(operator.mul, place, self.array.strides)))
        if len(self.log) > running.limit:
            self._give_up(frame)

    def _view(self, index: Any, frame: FrameType) -> "Traced":
        places = index if isinstance(index, tuple) else (index,)
        base, kept = self.base, list[Any]()
        for axis, at in enumerate(places):
            if isinstance(at, slice):
                kept.append(at)
                base += at.indices(self.array.shape[axis])[0] * self.array.strides[axis]
            else:
                place = self._on_axis(axis, at, places, READ, frame)
                kept.append(place)
                base += place * self.array.strides[axis]
        part = self.array[tuple(kept)]
        return type_for(part.ndim)(self.backing, part, base)

    def _element(self, index: Any, kind: int, frame: FrameType) -> tuple[int, ...]:
        places = index if isinstance(index, tuple) else (index,)
        if len(places) != self.array.ndim:
            raise IndexError(f"{len(places)} indices for an array of {self.array.ndim} axes")
        return tuple(self._on_axis(axis, at, places, kind, frame) for axis, at in enumerate(places))

    def _on_axis(self, axis: int, at: Any, index: Any, kind: int, frame: FrameType) -> Any:
        at, length = operator.index(at), self.array.shape[axis]
        if 0 <= at < length:
            return at
        name, place = self.backing.allocation.name, running.place()
        element = f"{name}[{', '.join(map(str, index))}]"
        told = f"{place.with_block()} {VERBS[kind]} {element}, and the shape is {self.shape}"
        line = running.sites.at(frame).line
        if -length <= at < 0:
            told = (
                f"{told}: below zero it counts from the end, here {at + length}; test for the edge"
            )
            running.find("negative", line, told, (place,), name)
            return at + length
        told = f"{told}: it is outside; test the index first"
        running.find("bounds", line, told, (place,), name)
        raise Stopped

    def _give_up(self, frame: FrameType) -> None:
        name, place = self.backing.allocation.name, running.place()
        told = (
            f"{place.with_block()} does not come to an end: an endless loop, or it waits for"
            f" another thread to change `{name}`"
        )
        running.find("spin", running.sites.at(frame).line, told, (place,), name)
        raise Stopped


# Number of axes -> a faster class for it; arrays.py adds its own.
BY_AXES: dict[int, type[Traced]] = {}


def type_for(axes: int) -> type[Traced]:
    """Return the class for arrays of so many axes."""
    return BY_AXES.get(axes, Traced)


def _is_view(index: Any, axes: int) -> bool:
    if isinstance(index, tuple):
        return len(index) < axes or any(isinstance(at, slice) for at in index)
    return isinstance(index, slice) or axes > 1
