"""A child that was started as a program of its own: how it is watched, timed and ended."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from grader.border import cpu_clock
from grader.border.channel import CHUNK, WINDOWS


class Spawned:
    """A child that was started as a program, the leader of its session and group."""

    def __init__(
        self,
        argv: Sequence[str],
        folder: str,
        environment: Mapping[str, str],
        ends: list[socket.socket],
    ) -> None:
        streams = [subprocess.PIPE] * 3 if WINDOWS else [end.fileno() for end in ends]
        self.process = subprocess.Popen(
            argv,
            stdin=streams[0],
            stdout=streams[1],
            stderr=streams[2],
            cwd=folder,
            env=dict(environment),
            start_new_session=True,
        )
        if WINDOWS:
            _pump(self.process, ends)
        else:
            for end in ends:
                end.close()
        self.pidfd = self._open_pidfd()
        self._worker: int | None = None  # a guard stands between it and us (boot.py)
        self._ended_with: float | None = None  # CPU seconds

    def _open_pidfd(self) -> int | None:
        try:
            return os.pidfd_open(self.process.pid)
        except (AttributeError, OSError):  # not Linux, an old kernel, or a filter: poll instead
            return None

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self.wait(0)

    def wait(self, seconds: float | None) -> int | None:
        """Return how it ended; None if it has not in so many seconds."""
        if self.pidfd is None or self.process.returncode is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        elif select.select([self.pidfd], [], [], seconds)[0]:
            self.process.returncode, self._ended_with = cpu_clock.waited_for(self.process.pid)
        return self.process.returncode

    def cpu_seconds(self) -> float:
        """Return its CPU time so far, or in all when it has ended; NaN where nobody knows."""
        return cpu_clock.cpu_seconds(self._worker) if self._ended_with is None else self._ended_with

    def runs_as(self, process: int) -> None:
        """Take the number of the process whose time counts."""
        self._worker = process

    def end(self) -> None:
        """Kill its group and wait for its end."""
        before = self.cpu_seconds()
        if WINDOWS:
            self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.wait(None)
        self._ended_with = max(before, self._ended_with or 0.0)  # who is killed is not waited for
        if self.pidfd is not None:
            os.close(self.pidfd)


def _pump(process: subprocess.Popen[bytes], ends: list[socket.socket]) -> None:
    """Join the child's pipes to the sockets."""

    def outward(pipe: IO[bytes], end: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), end:
            while chunk := os.read(pipe.fileno(), CHUNK):
                end.sendall(chunk)

    def inward(pipe: IO[bytes], end: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), pipe:
            while chunk := end.recv(CHUNK):
                pipe.write(chunk)
                pipe.flush()

    pipes = (process.stdin, process.stdout, process.stderr)
    for copy, pipe, end in zip((inward, outward, outward), pipes, ends, strict=True):
        threading.Thread(target=copy, args=(pipe, end), daemon=True).start()
