"""`grade start`: starter files for an assignment or an exercise."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option

if TYPE_CHECKING:
    from grader.course.course import Course


@click.command("start", epilog="Example: grade start a1 homework")
@click.argument("what", metavar="ASSIGNMENT|EXERCISE")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@course_option
def command(what: str, folder: Path, course: Path | None) -> None:
    """Write one starter file per exercise into FOLDER (default: here); never overwrite."""
    from grader.course.course import find_course

    found = find_course(course)
    names = _exercises(found, what)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        exercise = found.exercise(name)
        path = folder / f"{name}{exercise.suffix}"
        starter = (exercise.folder / f"starter{exercise.suffix}").read_bytes()
        try:
            with path.open("xb") as file:
                file.write(starter)
            click.echo(f"wrote {path}")
        except FileExistsError:
            click.echo(f"kept  {path}: it is there already")
    click.echo(f"check with: grade check {folder}")


def _exercises(course: "Course", what: str) -> list[str]:
    from grader.course.names import did_you_mean
    from grader.errors import UsageError

    if what in course.assignments:
        return list(course.assignments[what].points)
    if what in course.exercise_names:
        return [what]
    near = did_you_mean(what, [*course.assignments, *course.exercise_names])
    raise UsageError(f"there is no assignment or exercise {what!r}{near}", "grade list")
