"""A launch: a function, a grid of blocks of threads, arguments; what comes back is a report."""

from collections.abc import Callable, Iterator, Sequence
from types import FunctionType
from typing import Any

import numpy as np
from greenlet import getcurrent

from .adopted import adopted
from .block import Block
from .compilable import refusals
from .findings import Finding, Report
from .host import on_host
from .memory import Memory, check_shared
from .races import Races
from .running import Sizes, Stopped, Thread, running
from .tally import Tally

BUDGET = 100_000
THREADS_LIMIT = 1024
LOG = 1 << 18  # entries from which the log is read at a barrier, not at the end of the block


def launch(
    function: Callable[..., Any],
    grid: int | Sequence[int],
    block: int | Sequence[int],
    arguments: Sequence[Any],
    *,
    shared_bytes: int = 0,
    is_checked: bool = True,
    budget: int = BUDGET,
) -> Report:
    """Return the report of running a function once for each thread; arrays are changed in place.

    `function` is a plain function, or one under `@cuda.jit`. Arrays are NumPy's (or come from
    `cuda.to_device`). `shared_bytes` is the dynamic shared memory. Unchecked, the threads work on
    NumPy arrays: several times faster, with no measures and the findings of barriers, warps and
    exceptions alone. `budget` is how many accesses a thread may make between two barriers.
    """
    if running.is_active:
        raise RuntimeError("a function that runs in the simulator cannot launch another")
    sizes = Sizes(_three(grid), _three(block), int(shared_bytes))
    plain_function = adopted(function)
    running.begin(sizes, getcurrent())
    running.is_active = True
    try:
        launched = Launch(plain_function, sizes, list(map(on_host, arguments)), is_checked, budget)
        return launched.run()
    finally:
        running.is_active = False


class Launch:
    """One launch from its checks to its report."""

    def __init__(
        self,
        function: FunctionType,
        sizes: Sizes,
        arguments: Sequence[Any],
        is_checked: bool,
        budget: int,
    ) -> None:
        self.function, self.sizes, self.budget = function, sizes, budget
        self.memory = running.memory = Memory(sizes, is_checked)
        names = function.__code__.co_varnames[: function.__code__.co_argcount]
        self.arguments = tuple(self.memory.arguments(names, arguments))
        self.trace = self.memory.trace
        self.threads = running.threads = list(self._threads())
        self.barriers = 0  # of the block that has most

    def run(self) -> Report:
        """Return the report, after the last block or the finding that ends it all."""
        refused = refusals(self.function)
        if refused or not self._fits():
            return Report((*refused, *_found()), None, is_complete=False)
        if self.trace is not None:
            self.races = Races(self.trace, self.threads, self.memory, self.sizes)
            self.tally = Tally(self.trace, self.sizes.threads)
        is_complete = False
        try:
            with np.errstate(all="ignore"):  # a GPU divides by zero without a word
                self._run_blocks()
            is_complete = True
        except Stopped:
            self._look(is_last=True)
        return Report(_found(), self._measures(), is_complete)

    def _fits(self) -> bool:
        asked = self.sizes.threads
        if asked > THREADS_LIMIT or self.sizes.block[2] > 64:
            told = f"{self.sizes.block} is a block of {asked} threads: a GPU allows {THREADS_LIMIT}"
            running.find("threads", 0, told + (", and 64 along z" if asked <= 1024 else ""))
        if max(self.sizes.grid[1:]) > 65535:
            told = f"a grid of {self.sizes.grid} blocks: a GPU allows 65535 along y and z"
            running.find("threads", 0, told)
        if min(*self.sizes.grid, *self.sizes.block) < 1:
            told = f"a grid of {self.sizes.grid} blocks of {self.sizes.block} threads is empty"
            running.find("threads", 0, told)
        return check_shared(self.sizes.shared_bytes) and not running.findings

    def _threads(self) -> Iterator[Thread]:
        x, y, _ = self.sizes.block
        for number in range(self.sizes.threads):
            yield Thread(number, (number % x, number // x % y, number // (x * y)))

    def _run_blocks(self) -> None:
        index, (blocks_x, blocks_y, blocks_z) = running.block_index, self.sizes.grid
        for number in range(blocks_x * blocks_y * blocks_z):
            index.x, index.y = number % blocks_x, number // blocks_x % blocks_y
            index.z = number // (blocks_x * blocks_y)
            self.memory.begin_block()
            block = Block(self.threads, self.trace, self.budget, self._look_if_long)
            try:
                block.run(self.function, self.arguments)
            finally:
                self.barriers = max(self.barriers, block.phase)
            self._look(is_last=True)

    def _look_if_long(self) -> None:
        if self.trace is not None and len(self.trace.log) > LOG:
            self._look(is_last=False)

    def _look(self, *, is_last: bool) -> None:
        """Read the log of the block so far."""
        if self.trace is None:
            return
        entries = self.trace.take()
        self.races.look(entries, is_last=is_last)
        self.tally.add(entries, is_last=is_last)

    def _measures(self) -> Any:
        if self.trace is None:
            return None
        return self.tally.measures(self.barriers, self.memory.shared_bytes)


def _found() -> tuple[Finding, ...]:
    return tuple(running.findings.values())


def _three(sizes: int | Sequence[int]) -> tuple[int, int, int]:
    given = tuple(sizes) if isinstance(sizes, Sequence) else (sizes,)
    x, y, z = (*map(int, given), 1, 1)[:3]
    return x, y, z
