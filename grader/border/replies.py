"""From the bytes of a child's message to a reply. The child may have said anything."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.border.sandbox import Answered, Died, Raised, Reply

REMEMBERED_FRAME = 4 << 10  # bytes
NO_ANSWER = "something other than your answer was written to the grader"


@dataclass(frozen=True)
class Printed:
    """What a submission printed; its reply follows."""

    text: str


def reply_of(frame: bytes) -> Reply | Printed:
    """Return what a child said. Raises FrameError."""
    return _remembered(frame) if len(frame) <= REMEMBERED_FRAME else _decoded(frame)


@lru_cache(maxsize=8192)
def _remembered(frame: bytes) -> Reply | Printed:
    """A class of right answers is mostly one answer, to the last bit."""
    return _decoded(frame)


def _decoded(frame: bytes) -> Reply | Printed:
    from grader.border import frames  # NumPy: imported while the child starts

    return _reply_of(frames.decode(frame, fresh=False), frame)


def _reply_of(message: Any, frame: bytes) -> Reply | Printed:
    """An array may stand where a status does; only a string matches."""
    match message:
        case {"status": str("answered"), "value": value}:
            return Answered(value, frame)
        case {"status": str("loaded")}:
            return Answered(None)
        case {"status": str("printed"), "text": str(text)}:
            return Printed(text)
        case {
            "status": str("raised"),
            "type": str(kind),
            "bases": list(bases),
            "text": str(text),
            "where": str(where),
        }:
            return Raised(kind, tuple(str(base) for base in bases), text, where)
    return Died(NO_ANSWER)
