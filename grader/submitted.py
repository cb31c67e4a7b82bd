"""A submission and the process in which its code runs.

The process is replaced when it has ended, so that a crash or a time-out costs its case alone. A
file that ends the process when it is imported is not imported again. What somebody else
interrupted is done once more.
"""

import contextlib
import math
import time
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from grader.border.sandbox import (
    ENDED,
    Answered,
    Died,
    Interrupted,
    Raised,
    Reply,
    Sandbox,
    Session,
    TimedOut,
)
from grader.course.answering import SolvedCase
from grader.course.exercise import Exercise
from grader.errors import MachineError
from grader.submission import Submission


class Submitted:
    """A submission and the process in which its code runs, replaced when it has ended."""

    def __init__(
        self, submission: Submission, sandbox: Sandbox, session: Session | None = None
    ) -> None:
        self.submission = submission
        self.sandbox = sandbox
        self._session = session
        self._fresh = True
        self._libraries: tuple[str, ...] = ()  # what the process is used for
        self._loaded = ""  # the exercise whose entry point the process calls
        self._broken: dict[str, Reply] = {}  # files that ended the process, and how
        self._last_words = ""  # printed by a process that has ended
        self._spent = 0.0  # CPU seconds of the processes that have ended

    def load(self, exercise: Exercise, file: str) -> Reply:
        """Import the file in the running process, or in a new one."""
        if file in self._broken:
            return self._broken[file]
        with contextlib.suppress(MachineError):  # somebody may have killed it as it began
            reply = self._load(exercise, file)
            if not isinstance(reply, Interrupted):
                return reply
        self.close()
        return self._load(exercise, file)

    def _load(self, exercise: Exercise, file: str) -> Reply:
        limits = exercise.limits
        request = {
            "file": file,
            "entry_point": exercise.entry_point,
            "harness": exercise.source(exercise.harness),
            "memory_mib": limits.memory_mib,
            "forbidden": [*exercise.forbidden_imports, *self._too_many(exercise)],
            "questions": exercise.questions or None,
            "launched": _launched(exercise),
            "draws": any(b"random" in content for content in self.submission.files.values()),
        }
        reply = self._after(self._running(exercise).load(request, limits.import_seconds))
        if isinstance(reply, TimedOut | Died):
            self._broken[file] = reply
        self._loaded = exercise.name if isinstance(reply, Answered) else ""
        return reply

    def run(
        self, exercise: Exercise, file: str, cases: Iterable[SolvedCase]
    ) -> Iterator[tuple[SolvedCase, Reply]]:
        """Yield the reply to each case; after a crash, or another exercise, the file is loaded."""
        waiting = deque(cases)
        interrupted: SolvedCase | None = None
        while waiting:
            for reply in self._run(exercise, file, waiting):
                again = isinstance(reply, Interrupted) and waiting[0] is not interrupted
                if again:
                    interrupted = waiting[0]
                    break
                yield waiting.popleft(), reply

    def _run(self, exercise: Exercise, file: str, cases: Iterable[SolvedCase]) -> Iterator[Reply]:
        """Yield replies until the process has ended, one at least."""
        if self._session is None or self._loaded != exercise.name:
            loaded = self.load(exercise, file)
            if not isinstance(loaded, Answered):
                yield loaded
                return
        session = self._running(exercise)
        replies = session.run([solved.case.frame for solved in cases], exercise.limits.seconds)
        for reply in replies:
            yield self._after(reply)
            if self._session is not session:
                return

    def cpu_time_of(self, exercise: Exercise, file: str, solved: SolvedCase) -> float:
        """Return the CPU time of one case, infinite where it is not answered.

        Where nobody knows it (not Linux) it is the time on the clock.
        """
        began, before = time.perf_counter(), self.cpu_seconds()
        replies = [reply for _, reply in self.run(exercise, file, [solved])]
        if not isinstance(replies[-1], Answered):
            return math.inf
        spent = self.cpu_seconds() - before
        return time.perf_counter() - began if math.isnan(spent) else spent

    def _running(self, exercise: Exercise) -> Session:
        if self._session is not None and not self._serves(exercise, self._session):
            self.close()
        if self._session is None:
            self._session = self.sandbox.start(exercise.libraries)
            self._fresh = True
        if self._fresh:
            written = self._session.write_files(self.submission.files)
            if not isinstance(written, Answered):  # no code of the submission has run yet
                raise MachineError(f"the submission's files could not be written: {written}")
            self._fresh = False
            self._libraries = exercise.libraries
        return self._session

    def _serves(self, exercise: Exercise, session: Session) -> bool:
        """Return whether the process may go on; a fresh one may have libraries too many."""
        if self._fresh:
            return set(exercise.libraries) <= set(session.libraries)
        return self._libraries == exercise.libraries

    def _too_many(self, exercise: Exercise) -> set[str]:
        """Return the libraries that the process has and the exercise does not allow."""
        session = self._running(exercise)
        return set(session.libraries) - set(exercise.libraries)

    def _after(self, reply: Reply) -> Reply:
        """End the process where it cannot go on."""
        assert self._session is not None
        out_of_memory = isinstance(reply, Raised) and "MemoryError" in reply.bases
        if out_of_memory or isinstance(reply, ENDED):
            self._last_words = self._session.printed()
            self.close()
        return reply

    def printed(self) -> str:
        """Return what was printed by the last load or run."""
        return self._last_words if self._session is None else self._session.printed()

    def cpu_seconds(self) -> float:
        """Return the CPU time of all its processes so far; NaN where nobody knows."""
        return self._spent + (self._session.cpu_seconds() if self._session is not None else 0.0)

    def close(self) -> None:
        """End the process."""
        if self._session is not None:
            session, self._session = self._session, None
            session.close()
            self._spent += session.cpu_seconds()


def _launched(exercise: Exercise) -> dict[str, Any] | None:
    """Return what the harness of a launch has to know."""
    if not exercise.is_launched:
        return None
    names = [argument.name for argument in exercise.arguments]
    compiles = "greenlet" not in exercise.libraries  # without which there is no simulator
    return {"arguments": names, "outputs": list(exercise.outputs), "compiles": compiles}
