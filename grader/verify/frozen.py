"""The check of answers.bin: it is fresh, and says what the live course says."""

from collections.abc import Iterator
from dataclasses import replace

from grader.border.frames import encode
from grader.course.answering import SolvedCase, solve
from grader.course.answers import read_answers, read_fields
from grader.course.case import Case
from grader.course.modules import hints
from grader.course.traffic import recorded
from grader.judging.explain import alike
from grader.verify.finding import Material


def frozen(material: Material) -> Iterator[str]:
    """answers.bin is fresh, and says what the live oracle and misconceptions say."""
    folder = material.exercise.folder
    answers = read_answers(folder)
    if read_fields(folder) != material.fields:
        yield "answers.bin holds other fields than exercise.yaml"
    if answers.hints != hints(material.exercise):
        yield "answers.bin holds other hints than misconceptions.py"
    if [s.case.name for s in answers.cases] != [s.case.name for s in material.cases]:
        yield "answers.bin holds other cases"
        return
    here = zip(answers.cases, material.cases, strict=True)
    cases = tuple(replace(stored.case, secret=now.case.secret) for stored, now in here)
    live = solve(material.exercise, cases)
    for stored, solved, now in zip(answers.cases, live, material.cases, strict=True):
        fault = _fault(material, stored, solved, now)
        if fault:
            yield f"{now.case.name}: answers.bin holds {fault}"


def _fault(material: Material, stored: SolvedCase, live: SolvedCase, now: SolvedCase) -> str:
    """Return what is wrong with a frozen case; `live` is its inputs, answered now."""
    if _identity(stored.case) != _identity(now.case):
        return "other inputs, or another group or source"
    if material.exercise.kind == "sheet":
        return "" if stored.expected is None else "the key"
    if not material.judge.alike(live, stored.expected, live.expected):
        return "another answer than the oracle's"
    if encode(stored.traffic) != encode(recorded(material.exercise, stored.case)):
        return "other memory traffic than the solution's"
    return "" if _same_mistakes(material, stored, live) else "other answers of the misconceptions"


def _identity(case: Case) -> Case:
    """The case without generated inputs: another NumPy may draw other numbers from a seed."""
    return replace(case, secret=b"") if case.source else replace(case, frame=b"", secret=b"")


def _same_mistakes(material: Material, stored: SolvedCase, live: SolvedCase) -> bool:
    if set(stored.mistakes) != set(live.mistakes):
        return False
    both = SolvedCase(
        live.case,
        live.expected,
        {**{f"stored {n}": o for n, o in stored.mistakes.items()}, **live.mistakes},
    )
    return all(mistakes_alike(material, both, f"stored {name}", name) for name in live.mistakes)


def mistakes_alike(material: Material, solved: SolvedCase, one: str, other: str) -> bool:
    """Return whether two misconceptions answer a case alike."""
    return alike(material.judge, solved, solved.mistakes[one], solved.mistakes[other])
