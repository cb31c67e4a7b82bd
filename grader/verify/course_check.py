"""Verifying exercises and the course around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.compiling import has_compiler
from grader.course.answers import FILE, freeze
from grader.course.course import Course, whole_exercise
from grader.course.lecture import hand_worked
from grader.errors import CourseError
from grader.verify.checks import CHECKS, findings, matrix
from grader.verify.device import find_device
from grader.verify.finding import Finding, Material


@dataclass(frozen=True)
class Verified:
    """What is known of one exercise after verifying it."""

    exercise: str
    findings: tuple[Finding, ...]
    cases: int = 0
    printed: int = 0
    errata: tuple[str, ...] = ()
    passes: dict[str, list[bool]] | None = None  # misconception -> which cases it passes

    @property
    def in_order(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(course: Course, name: str) -> Verified:
    """Return what all checks find in one exercise."""
    try:
        exercise, fields = whole_exercise(course, name)
        material = Material(exercise, fields)
        material.cases  # noqa: B018 - an oracle that raises stops everything else
        worked = hand_worked(exercise)
    except CourseError as error:
        return Verified(name, (Finding("exercise can be read", str(error)),))
    found = tuple(finding for check in CHECKS for finding in findings(material, check))
    return Verified(
        name,
        found,
        cases=len(material.cases),
        printed=sum(len(case.printed_places) for case in worked),
        errata=tuple(
            f"{case.id} {list(e.at)}: printed {e.printed}, exact {e.exact}; {e.why}"
            for case in worked
            for e in case.errata
        ),
        passes=matrix(material),
    )


def checks_made_here() -> list[str]:
    """Return the checks without those for which this machine lacks the compiler, or a GPU."""
    lacking = {
        "solution compiles": not has_compiler(),
        "solution runs on the device": not find_device().is_usable,
    }
    return [check for check in CHECKS if not lacking.get(check)]


def renew(course: Course, name: str) -> int:
    """Write answers.bin anew; return its size."""
    exercise, fields = whole_exercise(course, name)
    content = freeze(exercise, fields)
    (exercise.folder / FILE).write_bytes(content)
    return len(content)


def verify_assignments(course: Course) -> Iterator[Finding]:
    """Assignments are well formed and name exercises; every folder of exercises/ is one."""
    try:
        course.validate()
    except CourseError as error:
        yield Finding("assignments", str(error))
    for assignment in course.assignments.values():
        for name in assignment.points:
            if name not in course.exercise_names:
                problem = f"assignment {assignment.name} names {name!r}, which does not exist"
                yield Finding("assignments", f"assignments.yaml: {problem}")
    for folder in sorted(path for path in course.exercises_folder.glob("[!._]*") if path.is_dir()):
        if folder.name not in course.exercise_names:
            yield Finding("assignments", f"exercises/{folder.name}: exercise.yaml is missing")
