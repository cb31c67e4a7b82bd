"""What `grade check` prints for a person: few lines an exercise, the hint in plain sight."""

import shlex
from collections.abc import Iterator

import click

from grader.checking import Checked
from grader.course.answering import SolvedCase
from grader.grading import Task
from grader.printable import printable
from grader.results import PASSED, CaseResult, ExerciseResult

MANY = 6
MISSING_SHOWN = 5  # of the exercises of an assignment that were not handed in


def show(checked: Checked) -> None:
    """Print the whole report."""
    for task, result in zip(checked.tasks, checked.result.exercises, strict=True):
        for line in _exercise(checked, task, result):
            click.echo(line)
    if checked.one_case:
        click.echo(_case_in_full(checked.one_case))
    for note in checked.submission.notes:
        click.echo(f"note: {printable(note)}")
    if len(checked.result.exercises) > 1:
        points = click.style(points_of(checked.result.points, checked.result.max_points), bold=True)
        click.echo(f"\n{points}. Advice only: hidden cases are added when it is graded.")
    if checked.missing and not checked.one_case:
        named, more = checked.missing[:MISSING_SHOWN], len(checked.missing) - MISSING_SHOWN
        others = f" and {more} more (grade list)" if more > 0 else ""
        click.echo(f"not found here: {', '.join(named)}{others}")


def points_of(points: float | None, max_points: float) -> str:
    """Return "3.5 of 5 points"."""
    known = "?" if points is None else f"{round(points, 2):g}"
    return f"{known} of {max_points:g} points"


def _exercise(checked: Checked, task: Task, result: ExerciseResult) -> Iterator[str]:
    right = result.verdict == PASSED
    was_read = any(case.seconds for case in result.cases)
    if task.exercise.kind == "sheet" and was_read:
        yield _sheet(task, result)
        return
    mark = click.style("✓", fg="green") if right else click.style("✗", fg="red")
    passed = sum(case.verdict == PASSED for case in result.cases)
    cases = f"{passed} of {len(result.cases)} cases passed"
    name = click.style(result.exercise, bold=not right)
    yield f"{mark} {name}: {points_of(result.points, result.max_points)}, {cases}"
    if right:
        yield from _hint(result)
    else:
        yield from _failure(checked, task, result)


def _hint(result: ExerciseResult) -> Iterator[str]:
    if result.hint:
        label = click.style("hint:", fg="yellow")
        yield f"  {label} {click.wrap_text(result.hint, 88, subsequent_indent=' ' * 8)}"


def _sheet(task: Task, result: ExerciseResult) -> str:
    """Return the line about a well-formed sheet of answers, of which nobody here has the key."""
    empty = [
        solved.case.inputs["question"]
        for case, solved in zip(result.cases, task.cases, strict=True)
        if case.verdict != PASSED
    ]
    mark = click.style("✗", fg="red") if empty else click.style("✓", fg="green")
    answered = f"{len(result.cases) - len(empty)} of {len(result.cases)} questions answered"
    missing = (
        f" (not yet: {', '.join(empty[:MANY])}{', ...' * (len(empty) > MANY)})" if empty else ""
    )
    return f"{mark} {result.exercise}: well formed, {answered}{missing}; it is not graded here"


def _failure(checked: Checked, task: Task, result: ExerciseResult) -> Iterator[str]:
    """The most telling case in full, the others by name, the hint, and what to try."""
    failed, solved = _most_telling(task, result)
    by_case = failed.verdict != "no_answer" and any(case.seconds for case in result.cases)
    if by_case:
        source = f" ({solved.case.source})" if solved.case.source else ""
        yield f"  {result.exercise} · {failed.case}{source}"
    yield from (f"    {line}" for line in failed.message.splitlines())
    others = [c.case for c in result.cases if c.verdict not in (PASSED, "skipped") and c != failed]
    if others and by_case:
        more = f" and {len(others) - MANY} more" if len(others) > MANY else ""
        yield f"    also failed: {', '.join(others[:MANY])}{more}"
    yield from _hint(result)
    if by_case and not checked.one_case:
        where = shlex.join(str(path) for path in checked.paths)
        yield f"  try: grade check {where} --exercise {result.exercise} --case {failed.case}"


def _most_telling(task: Task, result: ExerciseResult) -> tuple[CaseResult, SolvedCase]:
    """Return the failed case with the gravest verdict and, among those, the smallest inputs."""
    failed = [
        (case, solved)
        for case, solved in zip(result.cases, task.cases, strict=True)
        if case.verdict == result.verdict
    ]
    return min(failed, key=lambda pair: (not pair[0].message, len(pair[1].case.frame)))


def _case_in_full(solved: SolvedCase) -> str:
    """Return the inputs and the expected answer of one public case."""
    lines = [f"{name} = {value!r}" for name, value in solved.case.inputs.items()]
    return "\n".join([*lines, f"expected: {solved.expected!r}"])
