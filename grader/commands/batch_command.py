"""`grade batch`: a folder of submissions."""

import contextlib
import json
import os
from pathlib import Path

import click

from grader.commands.options import course_option, json_option
from grader.errors import MachineError, UsageError

LEVELS = ["full", "strong", "weak", "none", "best"]
EXAMPLE = "Example: grade batch submissions --assignment a1 --out grades --isolation best"
OUT_HELP = "Store, gradebook and feedback; run again in it to go on."
ISOLATION_HELP = "How strangers' code is kept in, at least; best: as this machine can."


@click.command("batch", epilog=EXAMPLE)
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--assignment", "-a", required=True, metavar="NAME", help="As in assignments.yaml.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help=OUT_HELP)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Side by side. Default: one a core.")
@click.option("--seed", type=click.IntRange(min=0), help="Of the hidden cases. Default: DIR's own.")
@click.option(
    "--isolation",
    type=click.Choice(LEVELS),
    default="strong",
    show_default=True,
    help=ISOLATION_HELP,
)
@click.option("--regrade", is_flag=True, help="Grade everything anew; old results are kept.")
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
    from grader.batch.gradebook import leave
    from grader.batch.hand_ins import hand_ins
    from grader.batch.lock import Lock
    from grader.batch.progress import follow, table
    from grader.batch.run import begin, run
    from grader.batch.store import Store
    from grader.border.proof import choose
    from grader.course.course import find_course

    found = find_course(course, submissions)
    wanted = found.gradable(assignment)
    if out.resolve().is_relative_to(submissions.resolve()):
        raise UsageError(f"--out {out} lies inside the submissions", "another folder for --out")
    students, notes = hand_ins(submissions)
    with (
        contextlib.closing(choose(isolation)) as sandbox,
        Lock(out),
        contextlib.closing(Store(out)) as store,
    ):
        batch = begin(found, wanted, sandbox, store, seed, regrade)
        if not as_json:
            click.echo(f"course: {found.title} ({found.folder})")
            facts = f"isolation: {sandbox.level}   seed: {batch.seed}"
            click.echo(f"{facts}   {len(students)} submissions")
        graded = run(batch, students, store, jobs or _cores(), regrade)
        unchanged = follow(graded, len(students), os.isatty(1), silent=as_json)
        leave(out, list(wanted.points), store, batch.sources)
        summaries = list(store.summaries())
        results = dict(store.newest()) if as_json else {}
    for note in notes:
        click.echo(f"note: {note}", err=True)
    if as_json:
        told = {"assignment": assignment, "seed": batch.seed, "isolation": sandbox.level}
        by_student = {student: result.to_json() for student, result in results.items()}
        click.echo(json.dumps({**told, "students": by_student}, indent=2))
    else:
        click.echo(table(summaries, list(wanted.points)))
        if unchanged:
            click.echo(f"{unchanged} unchanged, not graded again")
        click.echo(f"gradebook: {out / 'gradebook.csv'}   feedback: {out / 'feedback'}{os.sep}")
    incomplete = [student for student, one in summaries if not one.complete]
    if incomplete:
        reason = f"the grader failed on {', '.join(incomplete[:5])}; their points are left blank"
        raise MachineError(reason, "the same command again: only these are graded")


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
