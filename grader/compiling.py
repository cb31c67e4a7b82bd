"""What the compiler for GPUs says of a launched submission, where the extra `cuda` is installed.

It is asked in a process of its own, as isolated as the one that was graded. What it says is told
with the hint and changes no points: a grade must not depend on what a machine has installed.
"""

import contextlib
import importlib.util
import re
from dataclasses import replace
from functools import cache
from importlib import metadata

from grader.border.sandbox import Answered, Sandbox
from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise, Limits
from grader.errors import MachineError
from grader.printable import printable
from grader.submission import Submission
from grader.submitted import Submitted

COMPILER = "numba-cuda"
LIMITS = Limits(seconds=60, import_seconds=60, memory_mib=4096)
LONGEST = 300
NOTE = "It runs in the simulator, but Numba cannot compile it for a GPU: "


def has_compiler() -> bool:
    """Return whether the compiler is installed."""
    return importlib.util.find_spec("numba_cuda") is not None


def refusal(
    exercise: Exercise, submission: Submission, file: str, solved: SolvedCase, sandbox: Sandbox
) -> str:
    """Return what the compiler refuses with the types of a case, or nothing."""
    if not has_compiler():
        return ""
    compiled = replace(exercise, libraries=_distributions(), limits=LIMITS)
    submitted = Submitted(submission, sandbox)
    with contextlib.closing(submitted), contextlib.suppress(MachineError):
        for _, reply in submitted.run(compiled, file, [solved]):
            if isinstance(reply, Answered) and isinstance(reply.value, str):
                return printable(reply.value)[:LONGEST]  # a stranger's word
    return ""


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
