"""What an instructor sees of a running batch, and the table at its end."""

from collections.abc import Iterator

import click
from tabulate import tabulate

from grader.batch.run import Graded
from grader.printable import printable
from grader.results import PASSED, Result


def follow(graded: Iterator[Graded], count: int, in_terminal: bool, silent: bool) -> int:
    """Run the batch to its end, showing progress; return how many were unchanged.

    A bar in a terminal, a line for each submission elsewhere. What was not read of a hand-in, and
    every failure of our own, is said on standard error in any case.
    """
    finished: list[Graded] = []
    if in_terminal and not silent:
        with click.progressbar(graded, length=count, label="grading", show_pos=True) as bar:
            finished.extend(bar)
    else:
        for one in graded:
            finished.append(one)
            if one.result is not None and not silent:
                click.echo(f"  {one.student}: {points_of(one.result)}")
    for one in finished:
        for note in one.notes:
            click.echo(f"note: {one.student}: {printable(note)}", err=True)
        if one.trouble:
            click.echo(f"{one.student}: the grader failed\n{one.trouble}", err=True)
    return sum(one.result is None for one in finished)


def points_of(result: Result) -> str:
    """Return "7 of 10", or "? of 10" while a part is unknown."""
    return f"{_rounded(result.points)} of {result.max_points:g}"


def table(results: list[tuple[str, Result]], exercises: list[str]) -> str:
    """Return a row per student, a column per exercise."""
    rows = []
    for student, result in results:
        cells = {e.exercise: _cell(e.points, e.verdict) for e in result.exercises}
        rows.append([student, *(cells.get(name, "") for name in exercises), points_of(result)])
    return str(tabulate(rows, ["student", *exercises, "points"], disable_numparse=True))


def _cell(points: float | None, verdict: str) -> str:
    return _rounded(points) if verdict == PASSED else f"{_rounded(points)} {verdict}"


def _rounded(points: float | None) -> str:
    return "?" if points is None else f"{round(points, 2):g}"
