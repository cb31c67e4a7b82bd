"""`grade show`: what an exercise asks for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option

if TYPE_CHECKING:
    from grader.course.exercise import Argument, Exercise


@click.command("show", epilog="Example: grade show softmax")
@click.argument("exercise")
@course_option
def command(exercise: str, course: Path | None) -> None:
    """Show an exercise: the task, the formula, a worked example, the shapes."""
    from grader.course.course import find_course

    found = find_course(course)
    wanted = found.exercise(exercise)
    for line in (wanted.folder / "README.md").read_text(encoding="utf-8").splitlines():
        click.echo(click.style(line, bold=True) if line.startswith("#") else line)
    click.echo()
    click.echo(_table(wanted))
    click.echo(f"\nIt is called as {wanted.call}, by these names.")
    points = found.points(exercise)
    worth = "1 point" if points == 1 else f"{points:g} points"
    click.echo(f"Worth {worth}. Write it with: grade start {exercise}")


def _table(exercise: "Exercise") -> str:
    from tabulate import tabulate

    rows = [_row(argument.name, argument) for argument in exercise.arguments]
    if exercise.returns:
        rows.append(_row("result", exercise.returns))
    return str(tabulate(rows, ["argument", "dtype", "shape", "default", ""], tablefmt="simple"))


def _row(name: str, argument: "Argument") -> list[str]:
    sizes = argument.shape or ()
    comma = "," if len(sizes) == 1 else ""
    shape = "" if argument.shape is None else f"({', '.join(sizes)}{comma})"
    return [name, argument.dtype, shape, argument.default or "", argument.text]
