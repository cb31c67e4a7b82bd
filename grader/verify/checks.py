"""The checks of one exercise, in the order in which they make sense.

Each takes the material and yields what is not in order; an exception of the course's own files is
a finding too. A check that finds nothing has proved what its name says.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.border.frames import Foreign
from grader.border.plain import PlainSandbox
from grader.border.sandbox import Raised
from grader.compiling import Word, asked
from grader.course.answering import SolvedCase, solve
from grader.course.case import hidden_cases
from grader.course.lecture import disagreements, hand_worked
from grader.course.modules import hint, reservation
from grader.errors import CourseError
from grader.policy import imported_names
from grader.submission import Source, Submission
from grader.verify.device import find_device
from grader.verify.finding import Finding, Material
from grader.verify.frozen import frozen, mistakes_alike

SHARE_TOLERANCE = 1e-6
SEEDS = (1, 2, 3)  # a batch draws other cases than the public ones: these stand for them
STRANGE: tuple[Any, ...] = (
    None,
    0,
    -1,
    True,
    float("nan"),
    1j,
    "text",
    [],
    {},
    [None],
    [["ragged"], 3],
    np.array(0.5),
    np.zeros(0),
    np.full((2, 2), np.nan),
    np.array([True]),
    Foreign("an object"),
    [Foreign("an object")],
)


def complete(material: Material) -> Iterator[str]:
    """Every file is there, and no TODO is left in any."""
    folder = material.exercise.folder
    for name in material.exercise.required:
        if not (folder / name).is_file():
            yield f"{name} is missing"
    for path in sorted(folder.iterdir()):
        if path.suffix in (".md", ".py", ".yaml"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if "TODO" in line:
                    yield f"{path.name}, line {number}: a TODO is left"


def lecture(material: Material) -> Iterator[str]:
    """The oracle agrees with every number that the lectures print; errata are errata."""
    answers = {solved.case.name: solved.answer for solved in material.cases}
    for worked in hand_worked(material.exercise):
        for disagreement in disagreements(worked, answers[worked.id]):
            yield f"{worked.id} ({worked.place}): {disagreement}"


def oracle(material: Material) -> Iterator[str]:
    """The oracle's own answers pass its judge."""
    for solved in material.cases:
        judgement = material.judge.judge(solved, solved.expected)
        if not judgement.right:
            yield f"{solved.case.name}: the oracle's answer is judged wrong: {judgement.message}"


def solution(material: Material) -> Iterator[str]:
    """The solution agrees with the oracle on the public cases and on fresh ones."""
    entry = material.own(material.solution)
    yield from _solution_on(material, entry, material.cases)
    for seed in SEEDS[:1] if material.exercise.kind == "trained" else SEEDS:
        fresh = solve(material.exercise, hidden_cases(material.exercise, seed))
        yield from (f"seed {seed}, {p}" for p in _solution_on(material, entry, fresh))


def _solution_on(
    material: Material, entry: Callable[..., object], cases: tuple[SolvedCase, ...]
) -> Iterator[str]:
    for solved in cases:
        answer = material.answer(entry, solved)
        if isinstance(answer, Raised):
            yield f"{solved.case.name}: {material.solution} raises {answer.type}: {answer.text}"
        else:
            judgement = material.judge.judge(solved, answer.value)
            if not judgement.right:
                where = f"{solved.case.name}: {material.solution} and the oracle differ"
                yield f"{where}: {judgement.message}"


def starter(material: Material) -> Iterator[str]:
    """The starter says on every case that it is not written yet."""
    entry = material.own(material.starter)
    for solved in material.cases:
        answer = material.answer(entry, solved)
        if not isinstance(answer, Raised) or answer.type != "NotImplementedError":
            got = f"raises {answer.type}" if isinstance(answer, Raised) else "answers"
            yield f"{solved.case.name}: {material.starter} {got}, expected NotImplementedError"
            return


def caught(material: Material) -> Iterator[str]:
    """Every misconception fails a case, and passes one, or says why none can."""
    if material.exercise.has_misconceptions and not material.misconceptions:
        yield "misconceptions.py defines no misconception"
    for name, passed in matrix(material).items():
        function = material.misconceptions[name]
        if all(passed):
            yield f"{name}: no case catches it; add a case that does"
        elif not any(passed) and not reservation(function):
            why = "add a case it passes, or a paragraph 'No case passes: why'"
            yield f"{name}: passes no case, so nobody believes it; {why}"
        elif any(passed) and reservation(function):
            yield f"{name}: says that no case passes, but one does"
        if not hint(function):
            yield f"{name}: its docstring has no hint after the first line"


def distinct(material: Material) -> Iterator[str]:
    """Any two misconceptions answer some case differently, or share their hint."""
    functions = material.misconceptions
    names = list(functions)
    for position, one in enumerate(names):
        for other in names[position + 1 :]:
            alike = all(mistakes_alike(material, solved, one, other) for solved in material.cases)
            if alike and hint(functions[one]) != hint(functions[other]):
                yield f"{one} and {other} answer every case alike; add a case that tells them apart"


def compiled(material: Material) -> Iterator[str]:
    """The compiler for GPUs, where it is installed, takes a solution that is launched."""
    if material.exercise.is_launched and (refused := _asked(material).refused):
        yield f"{material.solution}: {refused}"


def on_device(material: Material) -> Iterator[str]:
    """A GPU, where there is one that can be used, fills what the simulator fills."""
    if material.exercise.is_launched and find_device().is_usable:
        simulated = material.answer(material.own(material.solution), material.cases[0])
        fault = _asked(material, getattr(simulated, "value", None)).fault
        if fault:
            yield f"{material.solution}: {fault}"


def _asked(material: Material, simulated: Any = None) -> Word:
    content = (material.exercise.folder / material.solution).read_bytes()
    submission = Submission("verify", (Source(material.solution, content),))
    about = (submission, material.solution, material.cases[0], PlainSandbox())
    return asked(material.exercise, *about, simulated)


def robust(material: Material) -> Iterator[str]:
    """The judge has an answer to any answer, and passes none of the strange ones everywhere."""
    for solved in material.cases:
        for strange in STRANGE:
            material.judge.judge(solved, strange)  # raises CourseError, which is the finding
    for strange in STRANGE:
        if all(material.judge.judge(solved, strange).right for solved in material.cases):
            yield f"{strange!r} passes every case"


def groups(material: Material) -> Iterator[str]:
    """Every group that has a weight has a case."""
    used = {solved.case.group for solved in material.cases}
    for group in material.exercise.groups:
        if group not in used:
            yield f"the group {group!r} has a weight but no case"


def questions(material: Material) -> Iterator[str]:
    """Each question of a sheet has one case, and each case a question."""
    asked = [solved.case.inputs.get("question") for solved in material.cases]
    if material.exercise.kind == "sheet" and sorted(map(str, asked)) != sorted(
        material.exercise.questions
    ):
        yield f"cases for the questions {asked}, expected {list(material.exercise.questions)}"


def wrong_hand_ins(material: Material) -> Iterator[str]:
    """The solution gets all points, and each wrong hand-in the share of them that is stated."""
    exercise = material.exercise
    if exercise.has_misconceptions:
        return
    stated = dict(exercise.wrong_hand_ins)
    if len(stated) < 2:
        yield f"wrong_hand_ins names {len(stated)} hand-ins, expected two at least"
    for file, share in {material.solution: 1.0, **stated}.items():
        got = material.share_of(file)
        if abs(got - share) > SHARE_TOLERANCE:
            yield f"{file} gets {got:.4g} of the points, expected {share:g}"


def numpy_alone(material: Material) -> Iterator[str]:
    """The folder's Python imports the standard library and what the exercise allows, no more."""
    allowed = {*sys.stdlib_module_names, *material.exercise.libraries}
    allowed |= {"numba"} if material.exercise.is_launched else set()  # the simulator's
    for path in sorted(material.exercise.folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in imported_names(node):
                if name.partition(".")[0] not in allowed:
                    yield f"{path.name}, line {getattr(node, 'lineno', 0)}: imports {name}"


def matrix(material: Material) -> dict[str, list[bool]]:
    """Return for every misconception which cases it passes."""
    return {
        name: [material.passes(solved, solved.mistakes[name]) for solved in material.cases]
        for name in material.misconceptions
    }


CHECKS: dict[str, Callable[[Material], Iterator[str]]] = {
    "folder complete": complete,
    "imports NumPy alone": numpy_alone,
    "case groups used": groups,
    "questions have cases": questions,
    "oracle = lectures": lecture,
    "oracle passes its judge": oracle,
    "solution = oracle": solution,
    "solution compiles": compiled,
    "solution runs on the device": on_device,
    "starter fails kindly": starter,
    "wrong hand-ins lose points": wrong_hand_ins,
    "misconceptions caught": caught,
    "misconceptions distinct": distinct,
    "judge answers anything": robust,
    "answers.bin fresh": frozen,
}


def findings(material: Material, check: str) -> list[Finding]:
    """Return what one check finds; a fault of the course's files is a finding."""
    try:
        return [Finding(check, problem) for problem in CHECKS[check](material)]
    except CourseError as error:
        return [Finding(check, str(error))]
