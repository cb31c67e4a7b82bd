"""Results: what is known of one submission after grading, and its JSON.

Verdicts on a student: passed, wrong, raised, timed_out, out_of_memory, killed, no_answer,
forbidden, skipped. On us: course_error, infrastructure; then points are None, never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SCHEMA = "gradecheck/result/v1"
PASSED = "passed"
OUR_FAULT = ("course_error", "infrastructure")
ORDER = (
    *OUR_FAULT,
    "forbidden",
    "no_answer",
    "timed_out",
    "out_of_memory",
    "killed",
    "raised",
    "wrong",
    "skipped",
)


@dataclass(frozen=True)
class CaseResult:
    """One case of one exercise. `hidden` cases reach no student but by name and verdict."""

    case: str
    verdict: str
    points: float | None
    max_points: float
    message: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise: the first verdict that is not `passed`, in the order above."""

    exercise: str
    points: float | None
    max_points: float
    verdict: str
    hint: str
    cases: tuple[CaseResult, ...]
    cpu_seconds: float | None = None  # of the submission, as the system counts it; None: unknown


@dataclass(frozen=True)
class Result:
    """One submission."""

    course: str
    course_version: str
    grader_version: str
    assignment: str | None
    isolation: str
    seed: int | None
    points: float | None
    max_points: float
    exercises: tuple[ExerciseResult, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the object that `--json` prints and `batch` stores."""
        exercises = [
            {**vars(exercise), "cases": [dict(vars(case)) for case in exercise.cases]}
            for exercise in self.exercises
        ]
        return {"schema": SCHEMA, **vars(self), "exercises": exercises}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Result":
        """Return the result of a stored object."""
        fields = {key: value for key, value in stored.items() if key != "schema"}
        exercises = tuple(
            ExerciseResult(**{**e, "cases": tuple(CaseResult(**c) for c in e["cases"])})
            for e in fields.pop("exercises")
        )
        return cls(**fields, exercises=exercises)

    @property
    def complete(self) -> bool:
        """False while anything of it is our fault."""
        return self.points is not None

    def summary(self) -> "Summary":
        """Return its row of the gradebook."""
        exercises = {e.exercise: (e.points, e.verdict) for e in self.exercises}
        return Summary(self.points, self.max_points, exercises)


@dataclass(frozen=True)
class Summary:
    """One row of a gradebook: the points, and points and verdict of each exercise."""

    points: float | None
    max_points: float
    exercises: Mapping[str, tuple[float | None, str]]

    @property
    def complete(self) -> bool:
        """False while anything of it is our fault."""
        return self.points is not None


def overall(verdicts: Iterable[str]) -> str:
    """Return the first verdict, in the order of severity, that is not `passed`."""
    present = set(verdicts)
    return next((verdict for verdict in ORDER if verdict in present), PASSED)


def total(points: Iterable[float | None]) -> float | None:
    """Return the sum, or None when a part is unknown."""
    known = list(points)
    return None if None in known else round(sum(p for p in known if p is not None), 6)
