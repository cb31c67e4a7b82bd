"""A block of threads that runs: in the order of their numbers, from one barrier to the next."""

from collections.abc import Callable, Iterator, Sequence
from contextvars import copy_context
from typing import Any

from greenlet import GreenletExit, greenlet

from .findings import Place
from .running import WARP, AtBarrier, Stopped, Thread, running
from .sites import Site, line_of
from .trace import Trace
from .warps import groups

Ready = list[tuple[Thread, tuple[Any, ...]]]
LONGEST_LOG = 2_000_000  # accesses of a block that are not read yet: 16 MB, and more to read them
ROUNDS = 20_000  # barriers of a block, shuffles of a warp: a loop that makes more has no end


class Block:
    """The threads of one block, and how far they have come."""

    def __init__(
        self, threads: list[Thread], trace: Trace | None, budget: int, look: Callable[[], None]
    ) -> None:
        self.threads, self.trace, self.budget = threads, trace, budget
        self.look = look  # to be called at a barrier: the log may be long
        self.phase = self.rounds = 0

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Run all threads to their end."""
        context = copy_context()  # NumPy's errstate is a part of it, and a greenlet has its own
        for thread in self.threads:
            thread.greenlet, thread.warp_phase = greenlet(function), 0
            thread.greenlet.gr_context = context
        ready: Ready = [(thread, arguments) for thread in self.threads]
        try:
            while ready:
                self._run_until_all_wait(ready)
                self.rounds += 1
                ready = self._next()
                if ready and self.rounds >= ROUNDS:
                    self._give_up("has waited", ROUNDS, "times")
        finally:
            self._end()

    def _run_until_all_wait(self, ready: Ready) -> None:
        index, trace, budget = running.thread_index, self.trace, self.budget
        for thread, answer in ready:
            index.x, index.y, index.z = thread.index
            running.thread = thread
            if trace is not None:
                running.limit = len(trace.log) + budget
            assert thread.greenlet is not None
            try:
                waits = thread.greenlet.switch(*answer)
            except Exception as error:
                self._raised(error, thread)
            finally:
                if trace is not None:
                    trace.end_run(thread.number, self.phase, thread.warp_phase, self.rounds)
            thread.waits = None if thread.greenlet.dead else waits
            if trace is not None and len(trace.log) > LONGEST_LOG:
                self._give_up("has made", len(trace.log), "accesses")

    def _raised(self, error: Exception, thread: Thread) -> None:
        place = running.place()
        kind = "bounds" if isinstance(error, IndexError) else "raised"
        told = f"{place.with_block()}: {type(error).__name__}: {error}"
        running.find(kind, line_of(error), told, (place,))
        raise Stopped from error

    def _next(self) -> Ready:
        """Return the threads that can go on, with what their calls return."""
        waiting = [thread for thread in self.threads if thread.waits is not None]
        if not waiting:
            return []
        return list(self._past_warps(waiting)) or self._past_barrier(waiting)

    def _past_warps(self, waiting: Sequence[Thread]) -> Iterator[tuple[Thread, tuple[Any, ...]]]:
        found = groups(waiting)
        if not found:
            return
        lanes = {warp: self._lanes(warp) for warp, _ in found}
        whole = [(warp, group) for warp, group in found if not group.missing(lanes[warp])]
        for warp, group in whole or found:  # where none is whole, nobody else will come
            group.check(lanes[warp])
            for thread, answer in group.answers():
                yield thread, (answer,)

    def _lanes(self, warp: int) -> list[int]:
        return [thread.lane for thread in self.threads[warp * WARP : (warp + 1) * WARP]]

    def _past_barrier(self, waiting: Sequence[Thread]) -> Ready:
        calls = [thread.waits for thread in waiting if isinstance(thread.waits, AtBarrier)]
        if len({call.site for call in calls}) > 1:
            self._find_two_barriers(waiting)
        if len(waiting) < len(self.threads):
            self._find_absent(waiting, calls[0].site.line)
        self.phase += 1
        self.look()
        values = [bool(call.value) for call in calls]
        answers = {"": None, "count": sum(values), "and": int(all(values)), "or": int(any(values))}
        return [(t, (answers[call.how],)) for t, call in zip(waiting, calls, strict=True)]

    def _find_two_barriers(self, waiting: Sequence[Thread]) -> None:
        first: dict[Site, Thread] = {}
        for thread in waiting:
            assert thread.waits is not None
            first.setdefault(thread.waits.site, thread)
        (here, one), (there, other) = sorted(first.items(), key=lambda item: item[0].line)[:2]
        told = (
            f"{self._place(one).in_words()} waits at this barrier and"
            f" {self._place(other).in_words()} at that of line {there.line}: all threads of a"
            " block must come to the same one"
        )
        running.find("barrier", here.line, told, (self._place(one), self._place(other)))

    def _find_absent(self, waiting: Sequence[Thread], line: int) -> None:
        absent = next(thread for thread in self.threads if thread.waits is None)
        missing = len(self.threads) - len(waiting)
        told = (
            f"{missing} of {len(self.threads)} threads never come to this barrier:"
            f" {self._place(absent).in_words()} has returned already"
        )
        running.find("barrier", line, told, (self._place(absent),))

    def _place(self, thread: Thread) -> Place:
        return Place(running.block(), thread.index)

    def _give_up(self, did: str, count: int, what: str) -> None:
        lines = [thread.waits.site.line for thread in self.threads if thread.waits is not None]
        told = f"a block {did} {count} {what}: an endless loop, or too much to simulate"
        running.find("spin", lines[0] if lines else 0, told)
        raise Stopped

    def _end(self) -> None:
        for thread in self.threads:
            if thread.greenlet is not None and not thread.greenlet.dead:
                thread.greenlet.throw(GreenletExit)
            thread.greenlet = thread.waits = None
