"""Slots: processes that grade side by side, forked from the batch when its answers are ready.

Nothing has to be sent to them but which hand-in is next, and they send back what came of it. A slot
that is killed is replaced; a hand-in that was in it is tried once more. Where there is no fork that
is safe (not Linux), the slots are threads.
"""

import contextlib
import ctypes
import json
import os
import selectors
import signal
import socket
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

AHEAD = 2  # hand-ins given to a slot: one in work, one that waits
ATTEMPTS = 2
CHUNK = 1 << 18
PARENT_DEATH_SIGNAL = 1

Item = TypeVar("Item")
Work = Callable[[Item], str]


def side_by_side(
    work: Work[Item], items: Sequence[Item], slots: int, lost: Work[Item], close: Callable[[], None]
) -> Iterator[str]:
    """Yield work(item), a text, for each item, in the order in which they end.

    `lost` answers for an item that has brought down its slot time after time; a slot calls `close`
    when there is no more to do.
    """
    if sys.platform == "linux":
        yield from Slots(work, items, slots, lost, close).run()
        return
    with ThreadPoolExecutor(slots) as threads:
        try:
            yield from threads.map(work, items)
        finally:
            threads.shutdown(wait=True, cancel_futures=True)


class Slots:
    """The slots of one batch, and which items are where."""

    def __init__(
        self,
        work: Work[Item],
        items: Sequence[Item],
        slots: int,
        lost: Work[Item],
        close: Callable[[], None],
    ) -> None:
        self._work, self._items, self._lost, self._close = work, items, lost, close
        self._waiting = deque(range(len(items)))
        self._attempts: Counter[int] = Counter()
        self._slots: list[Slot] = []
        self._count = min(slots, len(items))
        cores = sorted(os.sched_getaffinity(0))
        self._cores = cores if self._count == len(cores) else []  # a core each, or none its own

    def run(self) -> Iterator[str]:
        """Yield each result as it arrives; end the slots at the end, however it comes."""
        try:
            for _ in range(self._count):
                self._start()  # each with one item: there may be no more
            for slot in self._slots:
                self._fill(slot)
            with selectors.DefaultSelector() as selector:
                for slot in self._slots:
                    selector.register(slot.socket, selectors.EVENT_READ, slot)
                while selector.get_map():
                    for key, _ in selector.select():
                        yield from self._hear(key.data, selector)
        finally:
            for slot in self._slots:
                slot.end()

    def _start(self) -> "Slot":
        taken = {slot.core for slot in self._slots}
        core = next((core for core in self._cores if core not in taken), None)
        slot = Slot(lambda n: self._work(self._items[n]), self._slots, self._close, core)
        self._slots.append(slot)
        slot.give(self._waiting.popleft())
        return slot

    def _fill(self, slot: "Slot") -> None:
        while self._waiting and len(slot.given) < AHEAD:
            slot.give(self._waiting.popleft())

    def _hear(self, slot: "Slot", selector: selectors.BaseSelector) -> Iterator[str]:
        answers = slot.answers()
        for answer in answers or ():
            slot.given.popleft()
            yield answer
        if answers is None:
            selector.unregister(slot.socket)
            yield from self._replace(slot, selector)
            return
        self._fill(slot)
        if not slot.given:
            selector.unregister(slot.socket)
            slot.finish()

    def _replace(self, slot: "Slot", selector: selectors.BaseSelector) -> Iterator[str]:
        """Give what a slot that was killed had to a new one, but not again and again."""
        slot.end()
        self._slots.remove(slot)
        if slot.given:
            first = slot.given[0]
            self._attempts[first] += 1
            if self._attempts[first] == ATTEMPTS:
                slot.given.popleft()
                yield self._lost(self._items[first])
        self._waiting.extendleft(reversed(slot.given))
        if self._waiting:
            successor = self._start()
            self._fill(successor)
            selector.register(successor.socket, selectors.EVENT_READ, successor)


class Slot:
    """One process that works on the items it is given, one after another."""

    def __init__(
        self,
        work: Callable[[int], str],
        others: Sequence["Slot"],
        close: Callable[[], None],
        core: int | None,
    ) -> None:
        self.core = core
        self.socket, theirs = socket.socketpair()
        self.given: deque[int] = deque()
        self._heard = bytearray()
        self._ended = False
        self._process = os.fork()
        if self._process == 0:
            for other in (self, *others):
                other.socket.close()
            _stay_on(core)
            _serve(theirs, work, close)
        theirs.close()

    def give(self, number: int) -> None:
        """Hand over an item; a slot that has gone is noticed by its answers."""
        self.given.append(number)
        with contextlib.suppress(OSError):
            self.socket.sendall(f"{number}\n".encode())

    def answers(self) -> list[str] | None:
        """Return the answers that have come; None when the slot has gone."""
        heard = b""
        with contextlib.suppress(OSError):
            heard = self.socket.recv(CHUNK)
        if not heard:
            return None
        self._heard += heard
        *lines, rest = self._heard.split(b"\n") if b"\n" in heard else [self._heard]
        self._heard = rest
        return [json.loads(line) for line in lines]

    def finish(self) -> None:
        """Say that there is no more; it ends by itself."""
        self.socket.shutdown(socket.SHUT_WR)
        self._wait()

    def end(self) -> None:
        """End it now, and what it has started with it."""
        if not self._ended:
            os.kill(self._process, signal.SIGKILL)
            self._wait()
        self.socket.close()

    def _wait(self) -> None:
        os.waitpid(self._process, 0)
        self._ended = True


def _stay_on(core: int | None) -> None:
    """Share a core with the child, so that neither wakes another core for each message.

    As a batch process a slot does not interrupt its child for each reply: it reads many at once.
    """
    with contextlib.suppress(OSError):  # a container may forbid it
        if core is not None:
            os.sched_setaffinity(0, {core})
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _serve(requests: socket.socket, work: Callable[[int], str], close: Callable[[], None]) -> None:
    """Work until there is no more to do, and end this process without any of the parent's exits."""
    code = 1
    try:
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the batch ends its slots itself
        for line in requests.makefile("rb"):
            requests.sendall(json.dumps(work(int(line))).encode() + b"\n")
        close()
        code = 0
    except BrokenPipeError:  # the batch has gone
        pass
    finally:
        os._exit(code)
