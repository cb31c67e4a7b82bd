"""What the compiler for GPUs, and a GPU, say of a launched submission, where there are such.

The compiler comes with the extra `cuda`. It is asked in a process of its own, as isolated as the
one that was graded; a GPU can be reached at the level "none" alone. What they say is told with the
hint and changes no points: a grade must not depend on what a machine has installed.
"""

import contextlib
import importlib.util
import math
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from typing import Any

from grader.border.sandbox import Answered, Sandbox
from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise, Limits
from grader.errors import MachineError
from grader.judging.kernel import KernelJudge, is_faultless
from grader.printable import printable
from grader.submission import Submission
from grader.submitted import Submitted

COMPILER = "numba-cuda"
LIMITS = Limits(seconds=60, import_seconds=60, memory_mib=4096)
LONGEST = 300
NOTE = "It runs in the simulator, but Numba cannot compile it for a GPU: "
FAULT = "It runs in the simulator, but not as it should on the GPU of this machine: "
SAME = "On the GPU of this machine it fills what it fills in the simulator"


@dataclass(frozen=True)
class Word:
    """What the compiler refuses, what goes wrong on the GPU, and whether the GPU ran it well."""

    refused: str = ""
    fault: str = ""
    ran: bool = False
    microseconds: float | None = None

    @property
    def note(self) -> str:
        """The word as it is told with the hint, nothing where nobody could be asked."""
        if self.refused or self.fault:
            return NOTE + self.refused if self.refused else FAULT + self.fault
        took = "" if self.microseconds is None else f", in {self.microseconds:.3g} microseconds"
        return f"{SAME}{took}." if self.ran else ""


def has_compiler() -> bool:
    """Return whether the compiler is installed."""
    return importlib.util.find_spec("numba_cuda") is not None


def asked(
    exercise: Exercise,
    submission: Submission,
    file: str,
    solved: SolvedCase,
    sandbox: Sandbox,
    simulated: Any = None,
) -> Word:
    """Return what is said with the inputs of a case, the GPU's word if its launch is given.

    `simulated` is that launch in the simulator. One in which something was found is not repeated:
    on a GPU it may fill anything, or never end.
    """
    if not has_compiler():
        return Word()
    runs = sandbox.level == "none" and not solved.case.hidden and is_faultless(simulated)
    libraries, outputs = _distributions(), exercise.outputs if runs else ()
    compiled = replace(exercise, libraries=libraries, limits=LIMITS, outputs=outputs)
    submitted = Submitted(submission, sandbox)
    with contextlib.closing(submitted), contextlib.suppress(MachineError):
        for _, reply in submitted.run(compiled, file, [solved]):
            if isinstance(reply, Answered):
                return _word(exercise, solved, simulated, reply.value)
    return Word()


def _word(exercise: Exercise, solved: SolvedCase, simulated: Any, told: Any) -> Word:
    """Return what the tree of border/compiled.py says: it is a stranger's."""
    match told:
        case {"refused": str(refused), "failed": str(failed), "outputs": dict(outputs)}:
            if not outputs:
                return Word(_shown(refused), _shown(failed))
            difference = KernelJudge(exercise).difference(solved, told, simulated)
            if difference is not None:
                return Word(fault=_shown(difference.message), ran=True)
            took = told.get("microseconds")
            is_time = isinstance(took, float) and math.isfinite(took)
            return Word(ran=True, microseconds=took if is_time else None)
    return Word()


def _shown(text: str) -> str:
    return printable(text)[:LONGEST]


@cache
def _distributions() -> tuple[str, ...]:
    """Return the compiler and all that it needs, as far as it is installed."""
    waiting, known = [COMPILER], dict[str, None]()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        with contextlib.suppress(metadata.PackageNotFoundError):
            if name not in known:
                needs = metadata.distribution(name).requires or ()
                waiting += [re.split(r"[^\w.-]", need, maxsplit=1)[0] for need in needs]
                known[name] = None
    return ("numpy", *sorted(known.keys() - {"numpy"}))
