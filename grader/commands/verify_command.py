"""`grade verify`: prove the course right."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option, json_option
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.verify.backends import Elsewhere
    from grader.verify.course_check import Verified
    from grader.verify.other_backend import Agreement

BACKENDS = ("cpu", "cuda", "all")


@click.command("verify", epilog="Example: grade verify conv2d --matrix")
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
@click.option("--freeze", is_flag=True, help="Renew answers.bin first.")
@click.option("--matrix", is_flag=True, help="Print which misconception passes which case.")
@click.option(
    "--backend",
    type=click.Choice(BACKENDS),
    default="cpu",
    help="Compare the oracle on a GPU with the oracle on the CPU: alone (cuda), or too (all).",
)
@course_option
@json_option
def command(
    names: tuple[str, ...],
    freeze: bool,
    matrix: bool,
    backend: str,
    course: Path | None,
    as_json: bool,
) -> None:
    """Prove the course right: all exercises, or those named.

    The oracle agrees with every number that the lectures print; the solution agrees with the
    oracle; the starter fails kindly; every misconception is caught, is believable and can be told
    from the others; answers.bin is fresh. Exit code 1 when something is not in order.

    With --backend cuda the oracle answers the cases on a GPU, or where there is none the small
    ones in Numba's simulator; and everything for GPUs is compiled where the compilers are.
    """
    from grader.course.course import find_course
    from grader.verify.course_check import renew, verify, verify_assignments

    found = find_course(course)
    if not found.is_whole:
        message = f"{found.folder} is a handout; verifying needs the whole course"
        raise UsageError(message, "grade verify --course DIR")
    if freeze and backend == "cuda":
        raise UsageError("the answers that are frozen are those of the CPU", "--backend all")
    wanted = [found.known(name) for name in names] or found.exercise_names
    if not as_json:
        click.echo(f"course: {found.title} ({found.folder})")
    say = _keep_quiet if as_json else click.echo
    verified = []
    for name in wanted if backend != "cuda" else ():
        if freeze:
            renew(found, name)
        one = verify(found, name)
        verified.append(one)
        say("\n".join(_report(one, matrix or bool(names))))
    elsewhere = None if backend == "cpu" else _compare(found, wanted, say)
    problems = [] if names else [finding.problem for finding in verify_assignments(found)]
    in_order = not problems and all(one.in_order for one in verified)
    in_order = in_order and (elsewhere is None or elsewhere.in_order)
    if as_json:
        exercises = [asdict(one) for one in verified]
        told = {"in_order": in_order, "exercises": exercises, "assignments": problems}
        told |= {} if elsewhere is None else {"cuda": asdict(elsewhere)}
        click.echo(json.dumps(told, indent=2))
    else:
        for problem in problems:
            click.echo(f"{click.style('✗', fg='red')} {problem}")
        click.echo(_summary(verified, in_order, elsewhere))
    click.get_current_context().exit(0 if in_order else 1)


def _keep_quiet(text: str) -> None:
    """Say nothing: JSON is one object, at the end."""


def _compare(course: "Course", names: Sequence[str], say: Callable[[str], None]) -> "Elsewhere":
    """Return how the oracle on the GPU agrees, and tell of each exercise as it is known."""
    from grader.verify.backends import Elsewhere, compare_all, find_place, prove_compiled

    place = find_place()
    say(f"backend cuda: {place.text}")
    agreements = []
    for agreement in compare_all(course, names, place):
        agreements.append(agreement)
        if agreement.has_backends or agreement.problems:
            say("\n".join(_agreement(agreement)))
    without = [one.exercise for one in agreements if not one.has_backends]
    if without:
        say(f"- {len(without)} exercises whose oracle has no backend: {', '.join(without)}")
    proofs = tuple(prove_compiled(course, names))
    for proof in proofs:
        say(f"compile proof of {proof.package}: {proof.text}")
        for fault in proof.faults:
            say(f"    {fault}")
    return Elsewhere(place, tuple(agreements), proofs)


def _agreement(one: "Agreement") -> Iterator[str]:
    mark = click.style("✗", fg="red") if one.problems else click.style("✓", fg="green")
    left = f", {one.too_large} too large to simulate" if one.too_large else ""
    yield f"{mark} {one.exercise}: {one.agreeing} cases as on the CPU{left}"
    for problem in one.problems:
        yield f"    {problem}"


def _report(one: "Verified", with_matrix: bool) -> Iterator[str]:
    from grader.verify.course_check import checks_made_here

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
        yield f"    checks: {', '.join(checks_made_here())}"


def _matrix(passes: dict[str, list[bool]]) -> Iterator[str]:
    width = max(map(len, passes))
    for name, row in passes.items():
        marks = "".join("·" if passed else "x" for passed in row)
        yield f"    {name:{width}}  {marks}  caught by {row.count(False)} of {len(row)}"


def _summary(verified: list["Verified"], in_order: bool, elsewhere: "Elsewhere | None") -> str:
    cases = sum(one.cases for one in verified)
    mistakes = sum(len(one.passes or {}) for one in verified)
    counts = f"{len(verified)} exercises, {cases} cases, {mistakes} misconceptions"
    told = [counts] if verified else []
    told += [] if elsewhere is None else [elsewhere.text]
    if in_order:
        return f"in order: {'; '.join(told)}"
    wrong = sum(not one.in_order for one in verified)
    first = [f"{wrong} of {counts}"] if verified else []
    return f"not in order: {'; '.join([*first, *told[len(first) :]])}"
