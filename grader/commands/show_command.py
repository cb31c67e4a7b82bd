"""`grade show`: what an exercise asks for."""

from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option
from grader.errors import StaleAnswers

if TYPE_CHECKING:
    from grader.course.exercise import Argument, Exercise


@click.command("show", epilog="Example: grade show softmax")
@click.argument("exercise")
@click.option(
    "--case", metavar="NAME", help="Lay out this public case instead of the first hand-worked one."
)
@click.option(
    "--plot",
    type=click.Path(path_type=Path, dir_okay=False),
    is_flag=False,
    flag_value="",
    metavar="[FILE]",
    help="Draw the case too, into a .png, .svg or .pdf file. Default: EXERCISE.png.",
)
@course_option
def command(exercise: str, case: str | None, plot: Path | None, course: Path | None) -> None:
    """Show an exercise: the task, the formula, a worked example, the shapes."""
    from grader.course.course import find_course

    found = find_course(course)
    wanted = found.exercise(exercise)
    only_drawn = plot is not None and wanted.worked_example is None
    steps = "" if only_drawn else _steps(wanted, case)
    drawn = None if plot is None else _drawn(wanted, plot, case)
    for line in (wanted.folder / "README.md").read_text(encoding="utf-8").splitlines():
        click.echo(click.style(line, bold=True) if line.startswith("#") else line)
    click.echo(steps)
    if wanted.kind != "sheet":
        click.echo(f"{_table(wanted)}\n\nIt is called as {wanted.call}.")
    points = found.points(exercise)
    worth = "1 point" if points == 1 else f"{points:g} points"
    click.echo(f"Worth {worth}. Write it with: grade start {exercise}")
    if drawn:
        click.echo(drawn)


def _steps(exercise: "Exercise", case: str | None) -> str:
    """Return the section with the worked example, empty where there is none."""
    from grader.worked import laid_out

    try:
        example = laid_out(exercise, case)
    except StaleAnswers as stale:
        if case is not None:
            raise
        return f"\nNo worked example is laid out: {stale}\n"
    if example is None:
        return ""
    of, text = example
    source = f" ({of.source})" if of.source else ""
    title = click.style(f"## Step by step: {of.name}{source}", bold=True)
    return f"\n{title}\n\n{indent(text, '    ')}\n"


def _drawn(exercise: "Exercise", file: Path, case: str | None) -> str:
    from grader.worked import draw

    file = Path(f"{exercise.name}.png") if file == Path() else file
    return f"The picture of {draw(exercise, file, case).name}: {file}"


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
