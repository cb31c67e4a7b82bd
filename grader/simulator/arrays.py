"""Arrays of one and of two axes, fast: these lines run for every access of every thread.

The common case, whole indices within the array, is straight-line code. Everything else (a slice, a
row, an index outside or of NumPy's int32, a number that wraps) ends in the general way of `Traced`.
"""

from sys import _getframe
from typing import Any

import numpy as np

from .running import running
from .traced import BY_AXES, Backing, Traced, type_for


class Vector(Traced):
    """An array of one axis."""

    __slots__ = ("step",)

    def __init__(self, backing: Backing, array: np.ndarray, base: int) -> None:
        super().__init__(backing, array, base)
        (self.step,) = array.strides

    def __getitem__(self, index: Any) -> Any:
        frame = _getframe(1)
        try:
            value = self.fetch(index)
            if index >= 0:
                code = self.reads[id(frame.f_code) + frame.f_lasti]
                self.append(code + self.base + index * self.step)
                if len(self.log) <= running.limit:
                    return value
        except (TypeError, IndexError, OverflowError):
            pass
        return self._read(index, frame)

    def __setitem__(self, index: Any, value: Any) -> None:
        frame = _getframe(1)
        try:
            self.array[index] = value
            if index >= 0:
                code = self.writes[id(frame.f_code) + frame.f_lasti]
                return self.append(code + self.base + index * self.step)
        except (TypeError, IndexError, OverflowError):
            pass
        return self._write(index, value, frame)


class Matrix(Traced):
    """An array of two axes."""

    __slots__ = ("column_step", "row_step")

    def __init__(self, backing: Backing, array: np.ndarray, base: int) -> None:
        super().__init__(backing, array, base)
        self.row_step, self.column_step = array.strides

    def __getitem__(self, index: Any) -> Any:
        frame = _getframe(1)
        try:
            row, column = index
            value = self.fetch(index)
            if row >= 0 and column >= 0:
                code = self.reads[id(frame.f_code) + frame.f_lasti]
                self.append(code + self.base + row * self.row_step + column * self.column_step)
                if len(self.log) <= running.limit:
                    return value
        except (TypeError, ValueError, IndexError, OverflowError):
            pass
        return self._read(index, frame)

    def __setitem__(self, index: Any, value: Any) -> None:
        frame = _getframe(1)
        try:
            row, column = index
            self.array[index] = value
            if row >= 0 and column >= 0:
                code = self.writes[id(frame.f_code) + frame.f_lasti]
                step = row * self.row_step + column * self.column_step
                return self.append(code + self.base + step)
        except (TypeError, ValueError, IndexError, OverflowError):
            pass
        return self._write(index, value, frame)


BY_AXES[1], BY_AXES[2] = Vector, Matrix


def traced(backing: Backing, array: np.ndarray, base: int) -> Traced:
    """Return an array as checked threads see it."""
    return type_for(array.ndim)(backing, array, base)
