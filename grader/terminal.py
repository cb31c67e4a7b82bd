"""What `grade check` prints for a person: few lines an exercise, the hint in plain sight."""

from collections.abc import Iterator

import click

from grader.checking import Checked
from grader.course.answering import SolvedCase
from grader.grading import Task
from grader.results import PASSED, CaseResult, ExerciseResult

MANY = 6


def show(checked: Checked) -> None:
    """Print the whole report."""
    for task, result in zip(checked.tasks, checked.result.exercises, strict=True):
        for line in _exercise(checked, task, result):
            click.echo(line)
    if checked.one_case:
        click.echo(_case_in_full(checked.one_case))
    for note in checked.submission.notes:
        click.echo(f"note: {note}")
    if len(checked.result.exercises) > 1:
        points = click.style(points_of(checked.result.points, checked.result.max_points), bold=True)
        click.echo(f"\n{points}. Advice only: hidden cases are added when it is graded.")
    if checked.missing and not checked.one_case:
        click.echo(f"not found here: {', '.join(checked.missing)}")


def points_of(points: float | None, max_points: float) -> str:
    """Return "3.5 of 5 points"."""
    return f"{'?' if points is None else f'{points:g}'} of {max_points:g} points"


def _exercise(checked: Checked, task: Task, result: ExerciseResult) -> Iterator[str]:
    passed = sum(case.verdict == PASSED for case in result.cases)
    score = points_of(result.points, result.max_points)
    cases = f"{passed} of {len(result.cases)} cases passed"
    if result.verdict == PASSED:
        yield f"{click.style('✓', fg='green')} {result.exercise}: {score}, {cases}"
        return
    mark = click.style("✗", fg="red")
    yield f"{mark} {click.style(result.exercise, bold=True)}: {score}, {cases}"
    failed, solved = _most_telling(task, result)
    if failed.message.startswith("not written yet"):
        yield "  not written yet"
        return
    source = f" ({solved.case.source})" if solved.case.source else ""
    if passed or result.verdict in ("wrong", "raised", "timed_out"):
        yield f"  {result.exercise} · {failed.case}{source}"
    yield from (f"    {line}" for line in failed.message.splitlines())
    others = [c.case for c in result.cases if c.verdict not in (PASSED, "skipped") and c != failed]
    if others and result.verdict != "no_answer":
        more = f" and {len(others) - MANY} more" if len(others) > MANY else ""
        yield f"    also failed: {', '.join(others[:MANY])}{more}"
    if result.hint:
        yield from _hint(result.hint)
    if failed.verdict in ("wrong", "raised") and not checked.one_case:
        where = " ".join(str(path) for path in checked.paths)
        yield f"  try: grade check {where} --exercise {result.exercise} --case {failed.case}"


def _most_telling(task: Task, result: ExerciseResult) -> tuple[CaseResult, SolvedCase]:
    """Return the failed case with the gravest verdict and, among those, the smallest inputs."""
    failed = [
        (case, solved)
        for case, solved in zip(result.cases, task.cases, strict=True)
        if case.verdict == result.verdict
    ]
    return min(failed, key=lambda pair: (not pair[0].message, len(pair[1].case.frame)))


def _hint(hint: str) -> Iterator[str]:
    label = click.style("hint:", fg="yellow")
    wrapped = click.wrap_text(hint, 88, initial_indent="", subsequent_indent="        ")
    yield f"  {label} {wrapped}"


def _case_in_full(solved: SolvedCase) -> str:
    """Return the inputs and the expected answer of one public case."""
    lines = [f"{name} = {value!r}" for name, value in solved.case.inputs.items()]
    return "\n".join([*lines, f"expected: {solved.expected!r}"])
