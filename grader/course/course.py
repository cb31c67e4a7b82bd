"""The course: where it is, its assignments, its exercises."""

import hashlib
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from grader.course.answers import digest_of, read_fields
from grader.course.exercise import Exercise
from grader.course.names import did_you_mean, shown
from grader.errors import CourseError, StaleAnswers, UsageError

FILE = "assignments.yaml"
BUNDLED = Path(__file__).parents[1] / "_course"


@dataclass(frozen=True)
class Assignment:
    """Some exercises with their points."""

    name: str
    title: str
    points: Mapping[str, float]


@dataclass(frozen=True)
class Course:
    """A folder with assignments.yaml and exercises/."""

    folder: Path
    title: str
    assignments: Mapping[str, Assignment]

    @property
    def exercises_folder(self) -> Path:
        """Where the exercises are."""
        return self.folder / "exercises"

    @cached_property
    def exercise_names(self) -> tuple[str, ...]:
        """Every folder with an exercise.yaml, those of the assignments first and in their order."""
        there = {path.parent.name for path in self.exercises_folder.glob("*/exercise.yaml")}
        assigned = [name for a in self.assignments.values() for name in a.points if name in there]
        return tuple(dict.fromkeys([*assigned, *sorted(there)]))

    @property
    def is_whole(self) -> bool:
        """Whether it holds the secret files too, not only the handout."""
        return any(self.exercises_folder.glob("*/cases.py"))

    @cached_property
    def version(self) -> str:
        """A short hash over what determines every answer, the same for course and handout."""
        points = sorted((a.name, sorted(a.points.items())) for a in self.assignments.values())
        digests = [(n, digest_of(self.exercises_folder / n)) for n in sorted(self.exercise_names)]
        return hashlib.sha256(repr((points, digests)).encode()).hexdigest()[:12]

    def exercise(self, name: str) -> Exercise:
        """Return an exercise. Raises UsageError for an unknown name, CourseError for a bad folder.

        A fresh answers.bin holds the validated exercise.yaml; only where there is none, in the
        whole course, is the YAML validated anew.
        """
        folder = self.exercises_folder / self.known(name)
        try:
            fields = read_fields(folder)
        except StaleAnswers:
            if not (folder / "cases.py").is_file():
                raise
            from grader.course.manifest import exercise_fields

            fields = exercise_fields(folder / "exercise.yaml")
        return Exercise.from_fields(name, folder, fields)

    def known(self, name: str) -> str:
        """Return the name if there is such an exercise."""
        if name not in self.exercise_names:
            if any(name in a.points for a in self.assignments.values()):
                message = f"{FILE} names {name!r}, which has no folder with an exercise.yaml"
                raise CourseError(message, "grade verify")
            near = did_you_mean(name, self.exercise_names)
            raise UsageError(f"there is no exercise {name!r}{near}", "grade list")
        return name

    def assignment(self, name: str) -> Assignment:
        """Return an assignment. Raises UsageError for an unknown name."""
        if name not in self.assignments:
            near = did_you_mean(name, self.assignments)
            known = ", ".join(self.assignments)
            raise UsageError(f"there is no assignment {name!r}{near} (there are: {known})")
        return self.assignments[name]

    def gradable(self, name: str) -> Assignment:
        """Return an assignment of the whole course: a handout cannot make hidden cases."""
        if not self.is_whole:
            message = f"{self.folder} is a handout; grading a batch needs the whole course"
            raise UsageError(message, "--course DIR")
        self.validate()
        return self.assignment(name)

    def validate(self) -> None:
        """Raise CourseError with the place of every mistake in assignments.yaml.

        Students' commands read it as it is: to validate it would take longer than their check.
        """
        from grader.course.manifest import course_fields

        course_fields(self.folder / FILE)

    def assignment_of(self, exercises: list[str]) -> Assignment | None:
        """Return the one assignment that holds all these exercises, if there is one."""
        holding = [a for a in self.assignments.values() if set(exercises) <= set(a.points)]
        return holding[0] if len(holding) == 1 and exercises else None

    def points(self, exercise: str) -> float:
        """Return the points of an exercise: 1 where it is in no assignment."""
        found = [a.points[exercise] for a in self.assignments.values() if exercise in a.points]
        return found[0] if found else 1.0


def find_course(given: Path | None, submissions: Path | None = None) -> Course:
    """Return the course: given, named by GRADE_COURSE, upward from here, or the bundled handout.

    A folder inside `submissions` is never taken: it is a student's.
    """
    named = given or (Path(os.environ["GRADE_COURSE"]) if os.environ.get("GRADE_COURSE") else None)
    if named is not None:
        if not (named / FILE).is_file():
            raise UsageError(f"{named} is no course: it has no {FILE}")
        return load_course(named)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        inside = submissions is not None and folder.is_relative_to(submissions.resolve())
        if (folder / FILE).is_file() and not inside:
            return load_course(folder)
    for folder in (BUNDLED, BUNDLED.parents[1]):
        if (folder / FILE).is_file():
            return load_course(folder)
    raise UsageError("no course is here", "give its folder: --course DIR")


def load_course(folder: Path) -> Course:
    """Return the course of a folder. Raises CourseError with the place of every mistake."""
    path = folder.resolve() / FILE
    try:
        fields = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return _course(path.parent, fields)
    except (
        OSError,
        yaml.YAMLError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
    ):
        from grader.course.manifest import course_fields

        course_fields(path)  # says what is wrong, and where
        raise CourseError(f"{shown(path)} cannot be read") from None


def _course(folder: Path, fields: Any) -> Course:
    assignments = {
        str(name): Assignment(
            str(name), str(a["title"]), {str(e): _points(p) for e, p in a["exercises"].items()}
        )
        for name, a in fields["assignments"].items()
    }
    return Course(folder, str(fields["course"]), assignments)


def _points(told: Any) -> float:
    points = float(told)
    if not 0 < points < math.inf:
        raise ValueError(points)
    return points


def whole_exercise(course: Course, name: str) -> tuple[Exercise, dict[str, Any]]:
    """Return an exercise and its fields from exercise.yaml itself, validated now."""
    from grader.course.manifest import exercise_fields

    folder = course.exercises_folder / course.known(name)
    fields = exercise_fields(folder / "exercise.yaml")
    return Exercise.from_fields(name, folder, fields), fields
