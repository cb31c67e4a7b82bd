"""`math` as a GPU has it: nothing raises, and a function of float32 gives float32.

Python's math.exp(1000) raises an OverflowError and math.sqrt(-1) a ValueError; on a GPU they are
infinity and NaN. A running function finds this module in place of Python's.
"""

import math
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

_OF_NUMPY = {"pow": "power", "asin": "arcsin", "acos": "arccos", "atan": "arctan"} | {
    "atan2": "arctan2",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
}


def _without_exceptions(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    # NumPy's function is slower for one number, and knows what a limit or an undefined value is.
    careful = getattr(np, _OF_NUMPY.get(name, name), None)

    def call(*values: Any) -> Any:
        try:
            result = function(*values)
        except (ValueError, OverflowError):
            result = float(careful(*map(np.float64, values))) if careful else math.nan
        if result.__class__ is not float:
            return result
        return (np.float32 if values[0].__class__ is np.float32 else np.float64)(result)

    call.__name__ = name
    return call


FUNCTIONS = {
    name: _without_exceptions(name, function)
    for name, function in vars(math).items()
    if callable(function) and not name.startswith("_")
}
_BY_ORIGINAL = {getattr(math, name): function for name, function in FUNCTIONS.items()}
MATH = ModuleType("math")
vars(MATH).update({**vars(math), **FUNCTIONS})


def on_gpu(value: Any) -> Any:
    """Return what stands for `math`, or for one of its functions; everything else as it is."""
    if value is math:
        return MATH
    is_function = type(value) is type(math.exp)
    return _BY_ORIGINAL.get(value, value) if is_function else value
