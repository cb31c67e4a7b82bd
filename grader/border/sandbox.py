"""The border's interface: what grading asks of an isolation level, and what comes back.

A `Sandbox` starts a `Session` for one submission. A session loads an entry point, runs cases, and
survives nothing: after `TimedOut`, `Died` or `Interrupted` it is over and a new one is started.
Stronger isolation is another implementation of these two protocols.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Answered:
    """The function returned this tree of values, which came as these bytes."""

    value: Any
    frame: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True)
class Raised:
    """The submission raised: type, its bases' names, its text, and its own line."""

    type: str
    bases: tuple[str, ...] = ()
    text: str = ""
    where: str = ""


@dataclass(frozen=True)
class TimedOut:
    """No reply within the wall-clock limit; the process was killed."""

    seconds: float


@dataclass(frozen=True)
class Died:
    """The process ended, or broke the channel, before it replied."""

    how: str


@dataclass(frozen=True)
class Interrupted:
    """Somebody else killed the process: told only at a level where it cannot kill itself."""

    how: str


Reply = Answered | Raised | TimedOut | Died | Interrupted
ENDED = TimedOut | Died | Interrupted  # after which the process is gone


class Session(Protocol):
    """One process, one submission."""

    libraries: tuple[str, ...]  # what it can import beside the standard library

    def write_files(self, files: Mapping[str, bytes]) -> Reply:
        """Put the submission's files where its code runs; Answered(None) when that went well."""

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """Import a file and find its entry point; Answered(None) when that went well."""

    def run(self, cases: Sequence[bytes], seconds: float) -> Iterator[Reply]:
        """Run cases, each on the inputs of a frame, which makes them fresh; yield the replies.

        A reply that ended the process is the last.
        """

    def printed(self) -> str:
        """Return what the submission printed for the last reply, capped."""

    def cpu_seconds(self) -> float:
        """Return the CPU time that the submission took so far; NaN where nobody knows."""

    def close(self) -> None:
        """End the process and remove everything of it."""


class Sandbox(Protocol):
    """A way to run strangers' code; `level` goes into every result."""

    level: str

    def start(self, libraries: tuple[str, ...]) -> Session:
        """Start a process that can import the standard library and these distributions."""

    def close(self) -> None:
        """End what waits for further submissions."""
