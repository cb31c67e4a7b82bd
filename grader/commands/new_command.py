"""`grade new`: a new exercise folder that works, with TODOs where yours belongs."""

import keyword
import re
from pathlib import Path

import click

from grader.commands.options import course_option

TEMPLATE = Path(__file__).parents[1] / "new_exercise"


@click.command("new", epilog="Example: grade new batch_norm")
@click.argument("exercise")
@course_option
def command(exercise: str, course: Path | None) -> None:
    """Make the folder exercises/EXERCISE: a working example, to be replaced part by part.

    `grade verify EXERCISE` then says which TODOs are left.
    """
    from grader.course.course import find_course
    from grader.errors import UsageError
    from grader.verify.course_check import renew

    if not re.fullmatch(r"[a-z][a-z0-9_]*", exercise) or keyword.iskeyword(exercise):
        raise UsageError(f"{exercise!r} is no name for an exercise: small letters, digits and _")
    found = find_course(course)
    if not found.is_whole:
        message = f"{found.folder} is a handout; an exercise is added to the whole course"
        raise UsageError(message, "--course DIR")
    folder = found.exercises_folder / exercise
    if folder.exists():
        raise UsageError(f"{folder} is there already")
    folder.mkdir()
    for template in sorted(TEMPLATE.glob("*.template")):
        text = template.read_text(encoding="utf-8").replace("new_exercise", exercise)
        text = text.replace("new-exercise", exercise.replace("_", "-"))
        (folder / template.stem).write_text(text, encoding="utf-8")
    renew(find_course(found.folder), exercise)
    click.echo(f"wrote {folder}")
    click.echo(f"next: grade verify {exercise}; its points belong into assignments.yaml")
