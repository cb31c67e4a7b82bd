"""Python that Numba cannot compile for a GPU, found in the source before anything runs.

The rules are what numba-cuda 0.30 does with each construct: a list may be looped over but not kept,
a comprehension not even that; lambdas and inner functions are inlined. Where no source is to be had
(a function from a prompt), nothing is refused.
"""

import ast
import linecache
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from .adopted import DEVICE, names_of
from .arithmetic import MATH
from .constructs import BUILTINS, CONSTRUCTS, MODULES, NUMPY, UNKNOWN_MATH
from .findings import Finding
from .namespace import device_names
from .shapes import shape_fault
from .sites import is_ours

_NOTHING = object()
BY_FULL_NAME = ("threadIdx", "blockIdx", "blockDim", "gridDim", "shared", "local", "atomic")


def refusals(function: FunctionType) -> tuple[Finding, ...]:
    """Return what Numba would refuse in a function and the device functions that it calls."""
    found: dict[tuple[int, str], Finding] = {}
    for reached in _reached(function):
        definition = _definition(reached.__code__)
        if definition is not None:
            for line, text in _Reader(reached, definition).faults():
                told = f"Numba cannot compile this for a GPU: {text}"
                found.setdefault((line, text), Finding("refused", "", line, told))
    return tuple(found[key] for key in sorted(found))


def _reached(function: FunctionType) -> list[FunctionType]:
    reached, waiting = [], [function]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.append(current)
            held = (_value(current, name) for name in names_of(current.__code__))
            waiting += [v for v in held if isinstance(v, FunctionType) and hasattr(v, DEVICE)]
    return reached


def _value(function: FunctionType, name: str) -> Any:
    """Return what a global or closed-over name of a function stands for."""
    free = function.__code__.co_freevars
    if name in free and function.__closure__:
        try:
            return function.__closure__[free.index(name)].cell_contents
        except ValueError:
            return _NOTHING
    return function.__globals__.get(name, _NOTHING)


def _definition(code: CodeType) -> ast.FunctionDef | None:
    linecache.checkcache(code.co_filename)
    for node in _definitions("".join(linecache.getlines(code.co_filename))):
        if node.name == code.co_name:
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                return node
    return None


@lru_cache(maxsize=16)  # a file is launched from many times
def _definitions(source: str) -> tuple[ast.FunctionDef, ...]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # the source of a prompt, or of a notebook, may have other things in it
        return ()
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


class _Reader:
    """One function, read."""

    def __init__(self, function: FunctionType, definition: ast.FunctionDef) -> None:
        self.function, self.definition = function, definition
        self.locals = {*function.__code__.co_varnames, *function.__code__.co_cellvars}
        self.is_device = hasattr(function, DEVICE)

    def faults(self) -> Iterator[tuple[int, str]]:
        """Yield line and text of each fault."""
        looped_over = {id(n.iter) for n in ast.walk(self.definition) if isinstance(n, ast.For)}
        for statement in self.definition.body:
            for node in ast.walk(statement):
                line = getattr(node, "lineno", 0)
                text = CONSTRUCTS.get(type(node))
                if text is not None and not (
                    isinstance(node, ast.List) and id(node) in looped_over
                ):
                    yield line, text
                yield from ((line, told) for told in self._of(node))

    def _of(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Return(value=value) if not (self.is_device or _is_none(value)):
                if self._is_own(node):
                    yield "a function that is launched returns nothing; write into an argument"
            case ast.Starred(ctx=ast.Store()):
                yield "a starred name"
            case ast.BinOp(op=ast.MatMult()):
                yield "`@` of matrices; write a loop"
            case ast.Attribute(value=ast.Name() as base, attr=attr):
                yield from self._of_attribute(self._resolved(base), base.id, attr)
            case ast.Attribute(value=ast.Attribute(value=ast.Name() as base, attr=part), attr=attr):
                yield from self._of_part(self._resolved(base), part, attr)
            case ast.Call(func=ast.Name(id=name) as called):
                yield from self._of_call(self._resolved(called), name)
            case ast.Subscript(value=ast.Name() as base, ctx=ast.Store()):
                if isinstance(self._resolved(base), np.ndarray):
                    yield f"`{base.id}` is a constant; write into an argument"
        if isinstance(node, ast.Call):
            yield from self._of_shape(node)

    def _is_own(self, node: ast.AST) -> bool:
        inner = [
            n for n in ast.walk(self.definition) if isinstance(n, ast.FunctionDef | ast.Lambda)
        ]
        return not any(node in ast.walk(n) for n in inner if n is not self.definition)

    def _resolved(self, name: ast.Name) -> Any:
        return _NOTHING if name.id in self.locals else _value(self.function, name.id)

    def _of_attribute(self, base: Any, name: str, attr: str) -> Iterator[str]:
        if any(base is device_names()[part] for part in BY_FULL_NAME):
            yield f"write cuda.{name}.{attr}; a name imported from cuda is unknown"
        if _is_cuda(base) and attr not in device_names() and attr != "laneid":
            is_known = isinstance(base, ModuleType) and hasattr(base, attr)
            yield f"cuda.{attr} is for the host" if is_known else f"there is no cuda.{attr}"
        elif base is np and attr in NUMPY:
            yield f"{name}.{attr} makes or works on whole arrays"
        elif _is_for_hosts(base, attr):
            yield f"{name}.{attr} does not exist on a GPU"

    def _of_part(self, base: Any, part: str, attr: str) -> Iterator[str]:
        is_part = _is_cuda(base) and part in ("atomic", "shared", "local", "const")
        if is_part and not hasattr(device_names()[part], attr):
            yield f"there is no cuda.{part}.{attr}"

    def _of_call(self, called: Any, name: str) -> Iterator[str]:
        if called is _NOTHING and name in BUILTINS and name not in self.locals:
            yield f"{name}() does not exist on a GPU"
        elif _is_plain(called):
            yield f"{name} is plain Python; put @cuda.jit(device=True) above it"

    def _of_shape(self, call: ast.Call) -> Iterator[str]:
        match call.func:
            case ast.Attribute(value=ast.Attribute(attr="shared" | "local"), attr="array"):
                given = {keyword.arg: keyword.value for keyword in call.keywords}
                shape = call.args[0] if call.args else given.get("shape")
                if shape is not None:
                    look: Callable[[ast.Name], Any] = self._resolved
                    fault = shape_fault(shape, self.definition, self.locals, look)
                    if fault:
                        yield fault


def _is_cuda(value: Any) -> bool:
    return hasattr(value, "threadIdx") and hasattr(value, "syncthreads")


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _is_plain(value: Any) -> bool:
    is_python = isinstance(value, FunctionType) and not hasattr(value, DEVICE)
    return is_python and not is_ours(value.__code__)


def _is_for_hosts(base: Any, attr: str) -> bool:
    if base is MATH:
        return attr in UNKNOWN_MATH
    return isinstance(base, ModuleType) and base.__name__ in MODULES
