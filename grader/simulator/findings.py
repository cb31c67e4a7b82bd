"""What the simulator says of a launch: faults in words, with line and threads, and measures.

Kinds of findings:

    race            two threads of a block, one element, at least one of them writes, no barrier
    block-race      the same between two blocks, which nothing orders within a launch
    barrier         a barrier that not all threads of the block reach, or at different lines
    bounds          an index past the end, or before the start by more than the length
    negative        an index below zero, which wraps to the end of the axis
    uninitialised   shared memory that is read before any thread wrote it
    spin            a thread that does not come to an end within its budget
    threads         a grid or block larger than a GPU allows
    shared-memory   more shared memory than a block has
    warp            lanes that a warp operation waits for do not take part in it
    refused         Python that Numba cannot compile for a GPU
    raised          an exception of Python's
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from .measures import Measures

KINDS = (
    *("race", "block-race", "barrier", "bounds", "negative", "uninitialised"),
    *("spin", "threads", "shared-memory", "warp", "refused", "raised"),
)


class Place(NamedTuple):
    """A thread of a launch: blockIdx and threadIdx, as x, y, z."""

    block: tuple[int, int, int]
    thread: tuple[int, int, int]

    def in_words(self) -> str:
        """Return "thread 3", or "thread (3, 1)" where y or z matters."""
        return f"thread {_shortened(self.thread)}"

    def with_block(self) -> str:
        """Return "thread 3 of block 0"."""
        return f"{self.in_words()} of block {_shortened(self.block)}"


def _shortened(index: tuple[int, int, int]) -> str:
    return str(index[0]) if index[1:] == (0, 0) else str(index if index[2] else index[:2])


@dataclass(frozen=True)
class Finding:
    """One fault: its kind, where it is, what to tell the student, the first threads involved.

    `line` counts from 1 in the student's file and is 0 where no line is to blame; `array` is the
    array's name in the source, "" where it is about none.
    """

    kind: str
    array: str
    line: int
    text: str
    threads: tuple[Place, ...] = ()

    def in_words(self) -> str:
        """Return the whole message."""
        return f"line {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True)
class Report:
    """What one launch gave beside its arrays: findings, and measures where it was checked.

    `is_complete` is false when the launch was stopped, so that its arrays hold no answer.
    """

    findings: tuple[Finding, ...] = ()
    measures: Measures | None = field(default=None)
    is_complete: bool = True
