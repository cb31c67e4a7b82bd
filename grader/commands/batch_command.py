"""`grade batch`: a folder of submissions."""

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands.options import course_option, json_option
from grader.errors import MachineError

if TYPE_CHECKING:
    from grader.batch.run import Graded
    from grader.border.sandbox import Sandbox
    from grader.results import Result

EXAMPLE = "Example: grade batch submissions --assignment a1 --out grades --isolation best"


@click.command("batch", epilog=EXAMPLE)
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--assignment", "-a", required=True, metavar="NAME", help="As in assignments.yaml.")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Store, gradebook and feedback; run again in it to go on.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    metavar="N",
    help="Submissions graded side by side. Default: one a core.",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    metavar="N",
    help="Of the hidden cases. Default: DIR's, else drawn.",
)
@click.option(
    "--isolation",
    type=click.Choice(["full", "strong", "weak", "none", "best"]),
    default="strong",
    show_default=True,
    help="How strangers' code is kept in; best: what this machine proves.",
)
@click.option("--regrade", is_flag=True, help="Grade everything anew; old results stay as history.")
@course_option
@json_option
def command(
    submissions: Path,
    assignment: str,
    out: Path,
    jobs: int | None,
    seed: int | None,
    isolation: str,
    regrade: bool,
    course: Path | None,
    as_json: bool,
) -> None:
    """Grade a folder with one folder or .py file per student.

    Every result is stored as it arrives: stop it, kill it, run it again, and only what is missing
    or changed is graded. Leaves DIR/gradebook.csv, DIR/feedback/ and DIR/results.sqlite.
    """
    from grader.batch.hand_ins import hand_ins
    from grader.batch.run import Batch, batch_tasks, run
    from grader.batch.store import Store, seed_of
    from grader.course.course import find_course

    sandbox = _sandbox(isolation)
    found = find_course(course, submissions)
    wanted = found.assignment(assignment)
    students, notes = hand_ins(submissions)
    store = Store(out)
    try:
        _same_assignment(store, assignment, out)
        settled = seed_of(store, secrets.randbelow(1 << 31), seed, regrade)
        _say(f"course: {found.title} ({found.folder})", as_json)
        _say(f"isolation: {sandbox.level}   seed: {settled}   {len(students)} submissions", as_json)
        batch = Batch(found, wanted, batch_tasks(found, wanted, settled), sandbox, settled)
        graded = run(batch, students, store, jobs or _cores(), regrade)
        skipped = _follow(graded, len(students), as_json)
        results = list(store.newest())
    finally:
        store.close()
    _leave(out, batch.tasks, results)
    if as_json:
        rows: list[Any] = [{"student": student, **r.to_json()} for student, r in results]
        click.echo(json.dumps(rows, indent=2))
        return
    for note in notes:
        click.echo(f"note: {note}")
    click.echo(_table(results, list(wanted.points)))
    if skipped:
        click.echo(f"{skipped} unchanged, not graded again")
    click.echo(f"gradebook: {out / 'gradebook.csv'}   feedback: {out / 'feedback'}{os.sep}")


def _sandbox(isolation: str) -> "Sandbox":
    from grader.border.plain import PlainSandbox

    if isolation in ("none", "best"):
        return PlainSandbox()
    raise MachineError(
        f"isolation {isolation!r} is not proved on this machine: this version has only 'none'",
        "--isolation best (protects from hangs and crashes, not from hostile code)",
    )


def _same_assignment(store: Any, assignment: str, out: Path) -> None:
    from grader.errors import UsageError

    begun = store.settle({"assignment": assignment})["assignment"]
    if begun != assignment:
        raise UsageError(
            f"{out} holds the results of {begun}, not of {assignment}", "another --out"
        )


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _follow(graded: "Iterator[Graded]", count: int, as_json: bool) -> int:
    """Show progress: a bar in a terminal, a line for each submission elsewhere."""
    skipped = 0
    if as_json:
        return sum(one.result is None for one in graded)
    if os.isatty(1):
        with click.progressbar(graded, length=count, label="grading", show_pos=True) as bar:
            for one in bar:
                skipped += one.result is None
        return skipped
    for one in graded:
        skipped += one.result is None
        if one.result is not None:
            click.echo(f"  {one.student}: {_points(one.result)}")
        if one.trouble:
            click.echo(one.trouble, err=True)
    return skipped


def _points(result: "Result") -> str:
    points = "?" if result.points is None else f"{round(result.points, 2):g}"
    return f"{points} of {result.max_points:g}"


def _leave(out: Path, tasks: Iterable[Any], results: "list[tuple[str, Result]]") -> None:
    """Write the gradebook and the feedback pages."""
    from grader.batch.gradebook import case_sources, feedback, gradebook, write

    names = [task.exercise.name for task in tasks]
    sources = case_sources((t.exercise.name, case) for t in tasks for case in t.cases)
    for student, result in results:
        write(out / "feedback" / f"{student}.md", feedback(student, result, sources))
    write(out / "gradebook.csv", gradebook(results, names))


def _table(results: "list[tuple[str, Result]]", names: list[str]) -> str:
    from tabulate import tabulate

    rows = []
    for student, result in results:
        cells = {e.exercise: _exercise_cell(e.points, e.verdict) for e in result.exercises}
        rows.append([student, *(cells.get(name, "") for name in names), _points(result)])
    return str(tabulate(rows, ["student", *names, "points"], tablefmt="simple"))


def _exercise_cell(points: float | None, verdict: str) -> str:
    shown = "?" if points is None else f"{round(points, 2):g}"
    return shown if verdict == "passed" else f"{shown} {verdict}"


def _say(line: str, as_json: bool) -> None:
    if not as_json:
        click.echo(line)
