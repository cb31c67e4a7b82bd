"""The command line: finds the command, runs it, and turns every GradeError into text and exit code.

Commands are imported when they are called: `grade --help` and `grade check` need neither Numba nor
matplotlib, and the help text must not wait for NumPy.
"""

import importlib
import os
import sys
import warnings

import click

from grader import __version__
from grader.border.sandbox import Session
from grader.errors import GradeError, MachineError

COMMANDS = {
    "list": "the course: assignments, exercises, points, and how your files stand",
    "show": "the statement of an exercise, its worked example, its shapes",
    "start": "write starter files; never overwrites",
    "check": "check files or a folder, and name the mistake",
    "batch": "grade a folder of submissions, in parallel, resumable",
    "verify": "prove the course right: oracles, cases, misconceptions",
    "doctor": "what isolation this machine proves to have",
    "new": "a new exercise folder that verifies up to its TODOs",
}


class LazyGroup(click.Group):
    """A group whose commands live in grader.commands, imported one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which a course is used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"grader.commands.{name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown one."""
        from grader.course.names import did_you_mean

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = did_you_mean(args[0], COMMANDS)
            ctx.fail(f"there is no command {args[0]!r}{near}")
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, epilog="Example: grade check conv2d.py")
@click.version_option(__version__, prog_name="grade")
@click.pass_context
def grade(ctx: click.Context) -> None:
    """Check and grade exercises of deep-learning courses."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main() -> None:
    """Run `grade` in this process and exit."""
    sys.exit(run())


def run(session: Session | None = None) -> int:
    """Run `grade`; return its exit code. `session` is a child that has been started for a check."""
    for stream in (sys.stdout, sys.stderr):  # a student's text may hold anything
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    warnings.simplefilter("ignore", SyntaxWarning)  # of students' files, which are only parsed here
    try:
        return int(grade(prog_name="grade", standalone_mode=False, obj=session) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except GradeError as error:
        click.echo(f"grade: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("grade: stopped", err=True)
        return 130
    except SystemExit:  # click's way to end when nobody reads any more: `grade list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"grade: {error}", err=True)
        return MachineError.exit_code
