"""Is a score for speed the same whenever it is given? Each hand-in is graded many times.

For every exercise of the kind `timed`: its solution and its wrong hand-ins, public cases, at the
strongest isolation level that is proved. Fails when one hand-in gets two different scores.

Run: python -m benchmarks.timed_scores [--runs N] [--json]
"""

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.measuring import heading, machine
from grader.border.proof import choose
from grader.border.sandbox import Sandbox
from grader.course.answering import solve
from grader.course.case import public_cases
from grader.course.course import load_course
from grader.course.exercise import Exercise
from grader.grading import Task, grade
from grader.judging.kinds import judge_of
from grader.submission import Source, Submission
from grader.timing import timer_of

ROOT = Path(__file__).parents[1]


@click.command()
@click.option("--runs", default=50, show_default=True, help="Of each hand-in.")
@click.option("--json", "as_json", is_flag=True)
def main(runs: int, as_json: bool) -> None:
    """Show that a hand-in gets the same score for its speed in every run."""
    course = load_course(ROOT)
    exercises = [course.exercise(name) for name in course.exercise_names]
    timed = [exercise for exercise in exercises if exercise.kind == "timed"]
    with contextlib.closing(choose("best")) as sandbox:
        rows = [row for exercise in timed for row in scores_of(exercise, sandbox, runs)]
    if as_json:
        click.echo(json.dumps({**machine(), "scores": rows}, indent=2))
    else:
        show(rows)
    if any(len(row["scores"]) > 1 for row in rows):
        raise SystemExit("a hand-in got more than one score")


def scores_of(exercise: Exercise, sandbox: Sandbox, runs: int) -> Iterator[dict]:
    """Yield for each hand-in of an exercise which share of the points it got how often."""
    task = Task(
        exercise,
        solve(exercise, public_cases(exercise)),
        {},
        1.0,
        judge_of(exercise),
        timer_of(exercise),
    )
    for file in ("solution.py", *exercise.wrong_hand_ins):
        source = Source(f"{exercise.name}.py", (exercise.folder / file).read_bytes())
        counted: Counter[float] = Counter()
        for _ in range(runs):
            (result,) = grade(Submission("one", (source,)), (task,), sandbox)
            counted[-1.0 if result.points is None else result.points] += 1
        yield {
            "exercise": exercise.name,
            "hand_in": file,
            "isolation": sandbox.level,
            "scores": {str(score): count for score, count in counted.items()},
        }


def show(rows: list[dict]) -> None:
    """Print a line for each hand-in."""
    click.echo(heading(machine()))
    table = [
        [row["exercise"], row["hand_in"], row["isolation"], sum(row["scores"].values()), told(row)]
        for row in rows
    ]
    click.echo(tabulate(table, ["exercise", "hand-in", "level", "runs", "share of the points"]))


def told(row: dict) -> str:
    """Return which shares a hand-in got, and how often."""
    return ", ".join(f"{share} ({count} times)" for share, count in row["scores"].items())


if __name__ == "__main__":
    main()
