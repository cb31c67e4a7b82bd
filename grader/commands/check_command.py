"""`grade check`: a student's files against the public cases."""

import json
from pathlib import Path

import click

from grader.border.plain import PlainSandbox
from grader.border.sandbox import Session
from grader.commands.options import course_option, json_option


@click.command("check", epilog="Example: grade check conv2d.py --case elte-conv-5x5")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--exercise", "-e", "names", multiple=True, metavar="NAME", help="Only this one.")
@click.option("--case", metavar="NAME", help="Only this case; its inputs are shown.")
@course_option
@json_option
@click.pass_obj
def command(
    started: Session | None,
    paths: tuple[Path, ...],
    names: tuple[str, ...],
    case: str | None,
    course: Path | None,
    as_json: bool,
) -> None:
    """Check files or a folder (default: this one) against the public cases.

    Finds the exercises by their function names, runs them in a process of their own, and says
    what is wrong and why. Advice only: marks come from `grade batch`.
    """
    sandbox = PlainSandbox()
    session = started or sandbox.start(("numpy",))  # it imports NumPy while this process does
    try:
        from grader import checking, terminal

        checked = checking.check(paths or (Path(),), names, case, course, sandbox, session)
    finally:
        session.close()
    if as_json:
        click.echo(json.dumps(checked.result.to_json(), indent=2))
    else:
        terminal.show(checked)
    click.get_current_context().exit(checked.exit_code)
