"""What runs now: the launch, its block, its thread. What a function under test calls looks here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from greenlet import greenlet

from .findings import Finding, Place
from .sites import Site, Sites

if TYPE_CHECKING:
    from .memory import Memory

WARP = 32
ALL_LANES = 0xFFFFFFFF


class Stopped(BaseException):
    """The launch ends here: what comes after a finding like this means nothing."""


class Dim3:
    """Three numbers of CUDA, x, y and z."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x: int = 1, y: int = 1, z: int = 1) -> None:
        self.x, self.y, self.z = x, y, z

    def __repr__(self) -> str:
        return f"({self.x}, {self.y}, {self.z})"


class AtBarrier(NamedTuple):
    """A thread waits for its block; `how` is "", "count", "and" or "or"."""

    site: Site
    how: str
    value: Any


class AtWarp(NamedTuple):
    """A thread waits for the lanes of a mask, to do something together."""

    site: Site
    how: str
    mask: int
    value: Any
    argument: Any


class Thread:
    """One CUDA thread: a greenlet, and what it waits for; None when it has returned."""

    __slots__ = ("greenlet", "index", "lane", "number", "waits", "warp", "warp_phase")

    def __init__(self, number: int, index: tuple[int, int, int]) -> None:
        self.number, self.index = number, index
        self.lane, self.warp = number % WARP, number // WARP
        self.warp_phase = 0  # how many syncwarps lie behind it
        self.waits: AtBarrier | AtWarp | None = None
        self.greenlet: greenlet | None = None


@dataclass(frozen=True)
class Sizes:
    """The configuration of a launch."""

    grid: tuple[int, int, int]
    block: tuple[int, int, int]
    shared_bytes: int = 0

    @property
    def threads(self) -> int:
        """How many threads a block has."""
        return self.block[0] * self.block[1] * self.block[2]


class Running:
    """The one launch of this process that runs now; the scheduler sets it, everybody reads it.

    `thread_index` and its kin are always the same objects, since `from numba.cuda import threadIdx`
    keeps them: a switch to another thread changes what they hold.
    """

    __slots__ = (
        *("block_index", "block_size", "findings", "grid_size", "hub", "is_active", "limit"),
        *("memory", "sites", "thread", "thread_index", "threads"),
    )

    def __init__(self) -> None:
        self.thread_index, self.block_index = Dim3(0, 0, 0), Dim3(0, 0, 0)
        self.block_size, self.grid_size = Dim3(), Dim3()
        self.is_active = False
        self.limit = 0
        self.thread: Thread
        self.threads: list[Thread]
        self.hub: greenlet
        self.memory: Memory
        self.sites: Sites
        self.findings: dict[tuple[str, str, int], Finding]

    def begin(self, sizes: Sizes, hub: greenlet) -> None:
        """Start a launch: nothing is found yet."""
        self.grid_size.x, self.grid_size.y, self.grid_size.z = sizes.grid
        self.block_size.x, self.block_size.y, self.block_size.z = sizes.block
        self.sites, self.findings, self.hub = Sites(), {}, hub

    def place(self) -> Place:
        """Return where the current thread stands in the launch."""
        return Place(self.block(), self.thread.index)

    def block(self) -> tuple[int, int, int]:
        """Return the index of the current block."""
        return (self.block_index.x, self.block_index.y, self.block_index.z)

    def find(
        self, kind: str, line: int, text: str, threads: tuple[Place, ...] = (), array: str = ""
    ) -> None:
        """Keep a finding, the first of its kind at its line."""
        found = Finding(kind, array, line, text, threads)
        self.findings.setdefault((kind, array, line), found)


running = Running()
