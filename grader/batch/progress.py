"""What an instructor sees of a running batch, and the table at its end."""

from collections.abc import Iterable, Iterator, Sequence

import click
from tabulate import tabulate

from grader.batch.run import Graded
from grader.printable import printable
from grader.results import PASSED, Summary


def follow(graded: Iterator[Graded], count: int, in_terminal: bool, silent: bool) -> int:
    """Run the batch to its end, showing progress; return how many were unchanged.

    A bar in a terminal, a line for each submission elsewhere. What was not read of a hand-in, and
    every failure of our own, is said on standard error in any case.
    """
    unchanged, notes = 0, list[str]()

    def seen(one: Graded) -> Graded:
        nonlocal unchanged
        unchanged += one.summary is None
        notes.extend(f"note: {one.student}: {printable(note)}" for note in one.notes)
        if one.trouble:
            notes.append(f"{one.student}: the grader failed\n{one.trouble}")
        return one

    if in_terminal and not silent:
        with click.progressbar(graded, length=count, label="grading", show_pos=True) as bar:
            for one in bar:
                seen(one)
    else:
        for one in graded:
            summary = seen(one).summary
            if summary is not None and not silent:
                click.echo(f"  {one.student}: {points_of(summary)}")
    for note in notes:
        click.echo(note, err=True)
    return unchanged


def points_of(summary: Summary) -> str:
    """Return "7 of 10", or "? of 10" while a part is unknown."""
    return f"{_rounded(summary.points)} of {summary.max_points:g}"


def table(summaries: Iterable[tuple[str, Summary]], exercises: Sequence[str]) -> str:
    """Return a row per student, a column per exercise."""
    rows = []
    for student, summary in summaries:
        cells = {name: _cell(*cell) for name, cell in summary.exercises.items()}
        rows.append([student, *(cells.get(name, "") for name in exercises), points_of(summary)])
    return str(tabulate(rows, ["student", *exercises, "points"], disable_numparse=True))


def _cell(points: float | None, verdict: str) -> str:
    return _rounded(points) if verdict == PASSED else f"{_rounded(points)} {verdict}"


def _rounded(points: float | None) -> str:
    return "?" if points is None else f"{round(points, 2):g}"
