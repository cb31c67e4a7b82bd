"""Cases: the inputs on which an answer is judged.

A hand-worked case comes from lecture.yaml and carries what the lecture printed. Further cases come
from cases.py and a seed. Neither holds the expected answer: the oracle gives it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.border import frames
from grader.border.kernel import CONFIGURATION
from grader.course.exercise import Exercise
from grader.course.modules import from_file
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course.lecture import HandWorked


@dataclass(frozen=True)
class Case:
    """One set of inputs. `inputs` is a frame, so that every user of it gets fresh arrays."""

    name: str
    group: str
    frame: bytes
    source: str = ""
    printed: tuple[tuple[tuple[int, ...], str], ...] = ()  # (index in the answer, as printed)
    hidden: bool = False
    secret: bytes = b""  # a frame of what the oracle alone is told, no submission

    @property
    def inputs(self) -> Any:
        """Fresh, writable copies of the inputs."""
        return frames.decode(self.frame)

    @cached_property
    def precision(self) -> str:
        """The dtype that decides the tolerance: the coarsest float among the inputs."""
        return "float32" if _has_float32(self.inputs) else "float64"


def _has_float32(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return bool(value.dtype.kind == "f" and value.dtype.itemsize < 8)
    items = value.values() if isinstance(value, dict) else value
    return isinstance(value, dict | list) and any(_has_float32(item) for item in items)


def public_cases(exercise: Exercise) -> tuple[Case, ...]:
    """Return the hand-worked cases, then those of cases.py with the exercise's public seed."""
    from grader.course.lecture import hand_worked  # a check reads frozen cases, not YAML

    worked = [_from_lecture(case) for case in hand_worked(exercise)]
    if exercise.kind == "sheet":  # what is printed is the key
        worked = [replace(case, printed=()) for case in worked]
    return _checked(exercise, [*worked, *_generated(exercise, exercise.seed)])


def hidden_cases(exercise: Exercise, seed: int) -> tuple[Case, ...]:
    """Return the cases of cases.py with a secret seed; the questions of a sheet are all public."""
    if exercise.kind == "sheet":
        return ()
    digest = hashlib.sha256(f"{seed}:{exercise.name}".encode()).digest()
    secret = int.from_bytes(digest[:8], "big")
    drawn = _generated(exercise, secret)
    hidden = [replace(case, name=f"{case.name}-hidden", hidden=True) for case in drawn]
    return _checked(exercise, hidden)


def _from_lecture(worked: "HandWorked") -> Case:
    """Return the case; what the lecture prints wrongly, or not at all, is not shown as printed."""
    wrong = {
        (erratum.at[-len(i) :] if i else (), erratum.printed)
        for i, _ in worked.printed_places
        for erratum in worked.errata
    }
    places = () if worked.derived else worked.printed_places
    printed = tuple(place for place in places if place not in wrong)
    return Case(worked.id, "lecture", frames.encode(worked.inputs), worked.source, printed)


def _generated(exercise: Exercise, seed: int) -> Iterator[Case]:
    path = exercise.folder / "cases.py"
    module = from_file(path)
    if not hasattr(module, "cases"):
        raise CourseError(f"{path} does not define cases(rng)")
    for item in module.cases(np.random.default_rng(seed)):
        match item:
            case (str(name), str(group), dict(inputs)):
                yield Case(name, group, frames.encode(inputs))
            case (str(name), str(group), dict(inputs), dict(secret)):
                yield Case(name, group, frames.encode(inputs), secret=frames.encode(secret))
            case _:
                raise CourseError(f"{path} yields {item!r:.80}, expected (name, group, inputs)")


def _checked(exercise: Exercise, cases: list[Case]) -> tuple[Case, ...]:
    """Names are unique, groups are those of exercise.yaml, inputs are the entry point's."""
    seen: set[str] = set()
    arguments = {argument.name for argument in exercise.arguments}
    for case in cases:
        if case.name in seen:
            raise CourseError(f"{exercise.name}: two cases are called {case.name!r}")
        seen.add(case.name)
        if case.group not in exercise.groups:
            groups = ", ".join(exercise.groups)
            raise CourseError(
                f"{exercise.name}, case {case.name!r}: group {case.group!r} has no weight in"
                f" exercise.yaml, which has: {groups}"
            )
        inputs = case.inputs
        if not isinstance(inputs, dict):
            raise CourseError(f"{exercise.name}, case {case.name!r}: its inputs cannot be packed")
        unknown = set(inputs) - arguments - set(CONFIGURATION if exercise.is_launched else ())
        if exercise.harness is None and unknown:
            raise CourseError(
                f"{exercise.name}, case {case.name!r}: inputs {sorted(unknown)} are not among the"
                f" arguments in exercise.yaml: {sorted(arguments)}"
            )
        missing = sorted({"grid", "block", *arguments} - set(inputs))
        if exercise.is_launched and missing:
            raise CourseError(f"{exercise.name}, case {case.name!r}: no {', '.join(missing)}")
    return tuple(cases)
