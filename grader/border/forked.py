"""Our side of a zygote: it forks a child on the streams that we give it (see zygote.py)."""

import contextlib
import math
import os
import select
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.border import cpu_clock
from grader.border.zygote import LIMIT, LIMITED, STATUS
from grader.errors import MachineError

START_SECONDS = 60.0
END_SECONDS = 10.0
GRACE_SECONDS = 2.0
TOLD_BYTES = 4096


class Zygote:
    """A process that forks one child at a time."""

    def __init__(
        self,
        argv: Sequence[str],
        environment: Mapping[str, str],
        folder: Path | None = None,
        user: int | None = None,
    ) -> None:
        """Its children's folders lie in `folder`, which goes with it; it runs as `user`, if any."""
        self.folder = folder
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                argv,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),  # should it fail, it says so here
                stderr=theirs.fileno(),
                cwd="/",
                env=dict(environment),
                start_new_session=True,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
            )
        self._control.settimeout(START_SECONDS)
        self._told = b""  # how the child ended, when it was heard early
        self.children = 0
        self.idle = True

    def fork(self, folder: str, ends: list[socket.socket]) -> "Forked":
        """Return a new child on these streams. Raises MachineError if the zygote is gone."""
        self.idle = False
        try:
            socket.send_fds(self._control, [os.fsencode(folder)], [end.fileno() for end in ends])
            told, pidfds, _, _ = socket.recv_fds(self._control, TOLD_BYTES, 1)
        except OSError:
            told, pidfds = b"", []
        finally:
            for end in ends:
                end.close()
        if not pidfds:
            told += self._last_words()
            reason = f"the process that starts children has ended\n{told.decode(errors='replace')}"
            raise MachineError(reason)
        (pidfd,) = pidfds
        self.children += 1
        return Forked(self, pidfd)

    def _last_words(self) -> bytes:
        words = []
        with contextlib.suppress(OSError):
            while word := self._control.recv(TOLD_BYTES):
                words.append(word)
        return b"".join(words)

    def limit(self, memory: int) -> None:
        """Limit the address space of the child that runs, in bytes."""
        with contextlib.suppress(OSError):  # it is gone, as `status` will tell
            self._control.send(LIMIT.pack(memory))
            told = self._control.recv(TOLD_BYTES)
            self._told = b"" if told == LIMITED else told

    def status(self, seconds: float) -> tuple[int, float] | None:
        """Return how the child ended and its CPU seconds, None if it has not in so many seconds.

        A zygote that is gone was killed, and its child with it.
        """
        told, self._told = self._told, b""
        if not told:
            readable, _, _ = select.select([self._control], [], [], seconds)
            if not readable:
                return None
            with contextlib.suppress(OSError):
                told = self._control.recv(STATUS.size)
        self.idle = told != b""
        return STATUS.unpack(told) if told else (-signal.SIGKILL, math.nan)

    def close(self) -> None:
        """End it."""
        self._control.close()  # on which it ends
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


class Forked:
    """A child of a zygote. It is confined: it has started nothing that would have to be ended."""

    def __init__(self, zygote: Zygote, pidfd: int) -> None:
        self.pidfd: int | None = pidfd
        self._zygote = zygote
        self._status: tuple[int, float] | None = None
        self._process = cpu_clock.process_of(pidfd)

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self.wait(0)

    def wait(self, seconds: float) -> int | None:
        """Return how it ended; None if it has not in so many seconds."""
        if self._status is None:
            self._status = self._zygote.status(seconds)
        return None if self._status is None else self._status[0]

    def cpu_seconds(self) -> float:
        """Return its CPU time so far, or in all when it has ended; NaN where nobody knows."""
        if self._status is not None:
            return self._status[1]
        return cpu_clock.cpu_seconds(self._process)

    def runs_as(self, process: int) -> None:
        """The number that it knows is that of its own namespace."""

    def end(self) -> None:
        """Kill it and wait for its end."""
        assert self.pidfd is not None
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        self.wait(END_SECONDS)
        os.close(self.pidfd)
