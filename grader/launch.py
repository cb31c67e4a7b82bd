"""The first and the last milliseconds of `grade`.

A student waits for `grade check`, mostly for Python to import NumPy, here and in the child.
So the child is started before anything else is imported, and at the end Python's teardown, which
takes 10 ms once NumPy is there, is left out.
"""

import contextlib
import os
import sys

from grader.border.plain import PlainSandbox, PlainSession
from grader.errors import GradeError


def main() -> None:
    """Run `grade` as a process of its own."""
    # Nothing here multiplies large matrices; OpenBLAS's idle threads would take the child's core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    session = child_of_a_check() if sys.argv[1:2] == ["check"] else None
    try:
        from grader.cli import run

        code = run(session)
    finally:
        if session is not None:
            session.close()
    with contextlib.suppress(OSError):  # nobody reads any more
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def child_of_a_check() -> PlainSession | None:
    """Start a child; where that fails the command fails again, and says why.

    It has what most exercises need: what one of them does not allow is forbidden when it is loaded.
    """
    with contextlib.suppress(GradeError, OSError):
        return PlainSandbox().start(("numpy", "greenlet"))
    return None
