"""Our ends of a child's three standard streams, watched with a clock.

The streams are socket pairs, so that one selector loop serves every system: it writes the request,
reads the reply, keeps the head of what is printed and drops the rest, and notices that the
process ended. Nothing the child does makes it wait longer than the deadline.
(Windows gives a child pipes, not sockets: there a thread a stream pumps between the two.)
"""

import os
import selectors
import socket
import time
from collections.abc import Callable
from typing import Protocol

MAX_PRINTED = 64 << 10
CHUNK = 1 << 18
POLL_SECONDS = 0.05  # how late the end of a process is noticed where there is no pidfd
WINDOWS = os.name == "nt"


class ChannelClosed(Exception):
    """The process ended or closed its end."""


class DeadlinePassed(Exception):
    """No complete reply in time."""


class Child(Protocol):
    """A process, however it was started."""

    pidfd: int | None  # readable when it has ended; None where there is no such thing

    def poll(self) -> int | None:
        """Return how it ended (a signal as its negative number), None while it runs."""

    def wait(self, seconds: float) -> int | None:
        """Return how it ended; None if it has not in so many seconds."""

    def end(self) -> None:
        """Kill it and whatever it started, and wait for its end."""

    def cpu_seconds(self) -> float:
        """Return its CPU time so far, or in all when it has ended; NaN where nobody knows."""

    def runs_as(self, process: int) -> None:
        """Hear the number that the process has in its own eyes, before it meets a submission."""


class Channel:
    """One child process and the bytes to and from it."""

    def __init__(self, start: Callable[[list[socket.socket]], Child]) -> None:
        """`start` starts the child on the far ends of its input, output and errors."""
        pairs = [socket.socketpair() for _ in range(3)]
        self._requests, self._replies, self._prints = (ours for ours, _ in pairs)
        for ours, _ in pairs:
            ours.setblocking(False)
        self.child = start([theirs for _, theirs in pairs])
        self._closed = False
        self._outgoing = bytearray()
        self._writing = False  # whether some of it waits
        self._incoming = bytearray()
        self._printed = bytearray()
        self._printed_count = 0
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._replies, selectors.EVENT_READ)
        self._selector.register(self._prints, selectors.EVENT_READ)
        if self.child.pidfd is not None:
            self._selector.register(self.child.pidfd, selectors.EVENT_READ)

    def send(self, request: bytes) -> None:
        """Hand over a request; what the child does not take at once goes out while we wait.

        Where the child has gone nothing is raised here: its last replies are still to be read.
        """
        self._outgoing += request
        self._write()

    def _write(self) -> None:
        try:
            del self._outgoing[: self._requests.send(self._outgoing)]
        except BlockingIOError:
            pass
        except OSError:
            self._outgoing.clear()
        if bool(self._outgoing) != self._writing:
            self._writing = not self._writing
            if self._writing:
                self._selector.register(self._requests, selectors.EVENT_WRITE)
            else:
                self._selector.unregister(self._requests)

    def receive(self, prefix: int, length_of: Callable[[bytes], int], deadline: float) -> bytes:
        """Return the next message, whose length `length_of` reads off its first bytes.

        Raises ChannelClosed, DeadlinePassed, and what `length_of` raises.
        """
        incoming = self._incoming
        while len(incoming) < prefix:
            self._wait(deadline)
        end = prefix + length_of(bytes(incoming[:prefix]))
        while len(incoming) < end:
            self._wait(deadline)
        taken = bytes(memoryview(incoming)[prefix:end])
        del incoming[:end]
        return taken

    def _wait(self, deadline: float) -> None:
        """Wait until something happens and take in what came."""
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise DeadlinePassed
        pidfd = self.child.pidfd
        patience = remaining if pidfd is not None else min(remaining, POLL_SECONDS)
        ready = {key.fileobj for key, _ in self._selector.select(patience)}
        ended = pidfd in ready if pidfd is not None else self.child.poll() is not None
        if self._requests in ready:
            self._write()
        if self._prints in ready:
            self._take_prints()
        if self._replies in ready or ended:
            chunk = _received(self._replies)
            if chunk == b"" or (ended and chunk is None):
                raise ChannelClosed
            self._incoming += chunk or b""

    def _take_prints(self) -> bool:
        """Keep the head of what was printed; False when there was nothing."""
        chunk = _received(self._prints)
        if chunk == b"" and self._prints in self._selector.get_map():
            self._selector.unregister(self._prints)
        if not chunk:
            return False
        self._printed_count += len(chunk)
        self._printed += chunk[: max(0, MAX_PRINTED - len(self._printed))]
        return True

    def take_printed(self) -> tuple[bytes, int]:
        """Return the head of what was printed since the last call, and how many bytes it was."""
        stop = time.monotonic() + POLL_SECONDS  # a thread of the submission may print for ever
        while self._take_prints() and time.monotonic() < stop:
            pass
        taken = bytes(self._printed), self._printed_count
        self._printed.clear()
        self._printed_count = 0
        return taken

    def cpu_seconds(self) -> float:
        """Return the process's CPU time; NaN where nobody knows."""
        return self.child.cpu_seconds()

    def exit_code(self) -> int | None:
        """Return how the process ended by itself, or None if it only closed the channel."""
        return self.child.wait(4 * POLL_SECONDS)

    def close(self) -> None:
        """Kill the process and everything in its group, and close our ends."""
        if self._closed:
            return
        self._closed = True
        self._selector.close()
        self.child.end()
        for end in (self._requests, self._replies, self._prints):
            end.close()


def _received(end: socket.socket) -> bytes | None:
    """Return what can be read now: b"" at the end, None when there is nothing yet."""
    try:
        return end.recv(CHUNK)
    except BlockingIOError:
        return None
    except OSError:
        return b""
