"""`grade verify`: prove the course right."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option, json_option
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.verify.course_check import Verified


@click.command("verify", epilog="Example: grade verify conv2d --matrix")
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
@click.option("--freeze", is_flag=True, help="Renew answers.bin first.")
@click.option("--matrix", is_flag=True, help="Print which misconception passes which case.")
@course_option
@json_option
def command(
    names: tuple[str, ...], freeze: bool, matrix: bool, course: Path | None, as_json: bool
) -> None:
    """Prove the course right: all exercises, or those named.

    The oracle agrees with every number that the lectures print; the solution agrees with the
    oracle; the starter fails kindly; every misconception is caught, is believable and can be told
    from the others; answers.bin is fresh. Exit code 1 when something is not in order.
    """
    from grader.course.course import find_course
    from grader.verify.course_check import renew, verify, verify_assignments

    found = find_course(course)
    if not found.is_whole:
        message = f"{found.folder} is a handout; verifying needs the whole course"
        raise UsageError(message, "grade verify --course DIR")
    wanted = [found.known(name) for name in names] or found.exercise_names
    if not as_json:
        click.echo(f"course: {found.title} ({found.folder})")
    verified = []
    for name in wanted:
        if freeze:
            renew(found, name)
        one = verify(found, name)
        verified.append(one)
        if not as_json:
            click.echo("\n".join(_report(one, matrix or bool(names))))
    problems = [] if names else [finding.problem for finding in verify_assignments(found)]
    in_order = not problems and all(one.in_order for one in verified)
    if as_json:
        exercises = [asdict(one) for one in verified]
        told = {"in_order": in_order, "exercises": exercises, "assignments": problems}
        click.echo(json.dumps(told, indent=2))
    else:
        for problem in problems:
            click.echo(f"{click.style('✗', fg='red')} {problem}")
        click.echo(_summary(verified, in_order))
    click.get_current_context().exit(0 if in_order else 1)


def _report(one: "Verified", with_matrix: bool) -> Iterator[str]:
    from grader.verify.checks import CHECKS

    passes = one.passes or {}
    if one.in_order:
        facts = f"{one.cases} cases, {one.printed} printed numbers, {len(passes)} misconceptions"
        yield f"{click.style('✓', fg='green')} {one.exercise}: {facts}"
    else:
        yield f"{click.style('✗', fg='red')} {one.exercise}"
    for finding in one.findings:
        yield f"    {finding.check}: {finding.problem}"
    for erratum in one.errata:
        yield f"    erratum: {erratum}"
    if with_matrix and passes:
        yield from _matrix(passes)
        yield f"    checks: {', '.join(CHECKS)}"


def _matrix(passes: dict[str, list[bool]]) -> Iterator[str]:
    width = max(map(len, passes))
    for name, row in passes.items():
        marks = "".join("·" if passed else "x" for passed in row)
        yield f"    {name:{width}}  {marks}  caught by {row.count(False)} of {len(row)}"


def _summary(verified: list["Verified"], in_order: bool) -> str:
    cases = sum(one.cases for one in verified)
    mistakes = sum(len(one.passes or {}) for one in verified)
    counts = f"{len(verified)} exercises, {cases} cases, {mistakes} misconceptions"
    if in_order:
        return f"in order: {counts}"
    wrong = sum(not one.in_order for one in verified)
    return f"not in order: {wrong} of {counts}"
