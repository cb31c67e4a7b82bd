"""Files of the course as modules, and functions by the names that exercise.yaml gives."""

import contextlib
import importlib
import importlib.util
import sys
import types
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from grader.course.exercise import Exercise
from grader.course.names import did_you_mean, shown
from grader.errors import CourseError


def from_file(path: Path, is_launched: bool = False) -> types.ModuleType:
    """Load a Python file of the course under a private name, anew each time.

    Of an exercise that is launched, it meets the simulator where it imports Numba.
    """
    name = f"_course_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise CourseError(f"{shown(path)} is not there")
    module = importlib.util.module_from_spec(spec)
    writes = sys.dont_write_bytecode
    sys.dont_write_bytecode = True  # no __pycache__ in exercise folders
    try:
        with _simulated() if is_launched else contextlib.nullcontext():
            spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # `exit()` in a file must not end us quietly
        raise CourseError(f"{shown(path)} cannot be imported: {error!r}") from error
    finally:
        sys.dont_write_bytecode = writes
    return module


@contextlib.contextmanager
def _simulated() -> Iterator[None]:
    """Put the simulator in the place of Numba, which may be imported already."""
    from grader.simulator import stub_modules

    stubs = stub_modules()
    tops = {name.partition(".")[0] for name in stubs}
    real = {name: m for name, m in sys.modules.items() if name.partition(".")[0] in tops}
    for name in real:
        del sys.modules[name]
    sys.modules.update(stubs)
    try:
        yield
    finally:
        for name in stubs:
            sys.modules.pop(name, None)
        sys.modules.update(real)


def own(exercise: Exercise, file: str) -> Callable[..., Any]:
    """Return the entry point in a file of the exercise's folder: its solution, its starter."""
    return function(exercise.folder / file, exercise.entry_point, exercise.is_launched)


def function(path: Path, name: str, is_launched: bool = False) -> Callable[..., Any]:
    """Return a function of a file of the course."""
    module = from_file(path, is_launched)
    found = getattr(module, name, None)
    if not callable(found):
        raise CourseError(
            f"{shown(path)} does not define {name}(){did_you_mean(name, vars(module))}"
        )
    callable_found: Callable[..., Any] = found
    return callable_found


def named(exercise: Exercise, reference: str) -> Callable[..., Any]:
    """Return a function that exercise.yaml names: package:function, or ./file.py:function."""
    where, _, name = reference.rpartition(":")
    if where.startswith("./"):
        return function(exercise.folder / where, name)
    try:
        module = importlib.import_module(where)
    except ImportError as error:
        raise CourseError(f"{exercise.name}: {reference}: {error}") from error
    if not hasattr(module, name):
        near = did_you_mean(name, dir(module))
        raise CourseError(f"{exercise.name}: {where} has no {name}{near}")
    found: Callable[..., Any] = getattr(module, name)
    return found


def oracle(exercise: Exercise) -> Callable[..., Any]:
    """Return the exercise's oracle, with the conventions that the exercise fixes."""
    found = named(exercise, exercise.oracle)
    return partial(found, **exercise.oracle_arguments) if exercise.oracle_arguments else found


def misconceptions(exercise: Exercise) -> dict[str, Callable[..., Any]]:
    """Return the public functions that misconceptions.py defines, by name."""
    if not exercise.has_misconceptions:
        return {}
    module = from_file(exercise.folder / "misconceptions.py", exercise.is_launched)
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and _is_defined_in(module, value)
    }


def _is_defined_in(module: types.ModuleType, value: Any) -> bool:
    """Return whether it is a function of this file, or what a decorator has made of one."""
    function = getattr(value, "py_func", value)
    return isinstance(function, types.FunctionType) and function.__module__ == module.__name__


def hint(misconception: Callable[..., Any]) -> str:
    """Return what the student reads: the docstring between its first line and any reservation."""
    paragraphs = [" ".join(p.split()) for p in (misconception.__doc__ or "").split("\n\n")]
    return "\n".join(p for p in paragraphs[1:] if p and not p.startswith(RESERVATION))


def hints(exercise: Exercise) -> dict[str, str]:
    """Return the hint of every misconception, by name."""
    return {name: hint(function) for name, function in misconceptions(exercise).items()}


def reservation(misconception: Callable[..., Any]) -> str:
    """Return why no case can pass, where the docstring says so."""
    paragraphs = [" ".join(p.split()) for p in (misconception.__doc__ or "").split("\n\n")]
    return next((p for p in paragraphs if p.startswith(RESERVATION)), "")


RESERVATION = "No case passes:"
