"""A function ready for the simulator: a copy, whose globals hold what a GPU has.

`math` is one that does not raise. A function that was imported with the real Numba finds our
`cuda` for Numba's, and Python functions for compiled ones. Its code stays the same object.
"""

from collections.abc import Callable
from types import CellType, CodeType, FunctionType, ModuleType
from typing import Any

from .arithmetic import on_gpu
from .host import Launchable
from .namespace import DeviceNames, device_names
from .scalars import number_types

_PACKAGES = ("numba", "numba_cuda", "numba_cuda_mlir")
_MODULES = ("numba.cuda", "numba_cuda.numba.cuda", "numba_cuda_mlir.cuda")
DEVICE = "is_device_function"  # an attribute of functions under @cuda.jit(device=True)


def adopted(function: Callable[..., Any]) -> FunctionType:
    """Return the Python function to run."""
    return _Adoption().function(function)


def names_of(code: CodeType) -> set[str]:
    """Return the global and closed-over names of a function and of those inside of it."""
    inner = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return {*code.co_names, *code.co_freevars}.union(*map(names_of, inner))


class _Adoption:
    def __init__(self) -> None:
        self._done: dict[int, FunctionType] = {}

    def function(self, given: Any) -> FunctionType:
        python = _python_function(given)
        if python is None:
            raise TypeError(f"{given!r} is not a Python function, nor one under @cuda.jit")
        if id(python) in self._done:
            return self._done[id(python)]
        return self._copy(python)

    def _copy(self, python: FunctionType) -> FunctionType:
        world = dict(python.__globals__)
        cells = tuple(CellType() for _ in python.__closure__ or ())
        copy = FunctionType(
            python.__code__, world, python.__name__, python.__defaults__, cells or None
        )
        copy.__kwdefaults__ = python.__kwdefaults__
        vars(copy).update(vars(python))
        self._done[id(python)] = copy
        for name in names_of(python.__code__) & set(world):
            world[name] = self._value(world[name])
        for new, old in zip(cells, python.__closure__ or (), strict=True):
            if _is_filled(old):
                new.cell_contents = self._value(old.cell_contents)
        return copy

    def _value(self, value: Any) -> Any:
        if isinstance(value, ModuleType):
            return DeviceNames() if _is_numba(value) else on_gpu(value)
        is_compiled = _is_numba(value) or isinstance(value, Launchable)
        if is_compiled and _python_function(value) is not None:
            function = self.function(value)
            setattr(function, DEVICE, True)
            return function
        if isinstance(value, FunctionType) and hasattr(value, DEVICE):
            return self.function(value)
        if _is_type(value):
            return number_types().get(str(value), value)
        name = getattr(value, "__name__", "")
        return device_names().get(name, value) if _is_numba(value) else on_gpu(value)


def _python_function(value: Any) -> FunctionType | None:
    for candidate in (value, getattr(value, "py_func", None), getattr(value, "fn", None)):
        if isinstance(candidate, FunctionType):
            return candidate
    return None


def _is_numba(value: Any) -> bool:
    """Tell whether a value is Numba's `cuda` module, or something of it, and not ours."""
    if isinstance(value, ModuleType):
        return value.__name__ in _MODULES and not hasattr(value, "is_of_gradecheck")
    return type(value).__module__.partition(".")[0] in _PACKAGES


def _is_type(value: Any) -> bool:
    return _is_numba(value) and hasattr(value, "bitwidth")


def _is_filled(cell: CellType) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True
