"""Isolation level "strong": a child that gives up all but reading and computing.

A zygote forks it, and before it meets the submission it is confined by Landlock and a filter of
system calls (confine.py). What it may read is decided in readable.py.
"""

import contextlib
import signal
import socket
import tempfile
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from grader.border.channel import Child
from grader.border.forked import Zygote
from grader.border.library_view import library_view
from grader.border.plain import PlainSession, boot, environment
from grader.border.readable import readable
from grader.border.sandbox import Interrupted, Raised, Reply
from grader.errors import MachineError


class ConfinedSandbox:
    """Starts confined child processes (Linux with Landlock, x86_64 or aarch64)."""

    level = "strong"
    files = "shared"

    def __init__(self) -> None:
        self._idle: dict[tuple[str, ...], deque[Zygote]] = defaultdict(deque)

    def start(self, libraries: tuple[str, ...]) -> "ConfinedSession":
        """Return a child of an idle zygote, or of a new one."""
        while True:
            zygote = self._take(libraries)
            try:
                return self._session(libraries, zygote, self._idle[libraries].append)
            except MachineError:
                zygote.close()
                if zygote.children == 0:  # else it was killed while it waited
                    raise

    def close(self) -> None:
        """End the zygotes that wait."""
        for zygotes in self._idle.values():
            while zygotes:
                zygotes.pop().close()

    def _take(self, libraries: tuple[str, ...]) -> Zygote:
        with contextlib.suppress(IndexError):  # a deque may be shared by threads
            return self._idle[libraries].pop()
        return self._zygote(libraries)

    def _zygote(self, libraries: tuple[str, ...]) -> Zygote:
        folder = Path(tempfile.mkdtemp(prefix="gradecheck-")).resolve()
        view = str(library_view(libraries))
        command = boot(libraries, "--zygote", self.files, str(folder), view, *readable(libraries))
        return Zygote(command, environment("/"), folder)

    def _session(
        self, libraries: tuple[str, ...], zygote: Zygote, give_back: Callable[[Zygote], None]
    ) -> "ConfinedSession":
        return ConfinedSession(libraries, zygote, give_back)


class FilteredSandbox(ConfinedSandbox):
    """Isolation level "weak", for a kernel without Landlock: the filter of system calls alone.

    It stops processes, sockets, signals and tracing; it reads and writes what its user may.
    """

    level = "weak"
    files = "all"


class ConfinedSession(PlainSession):
    """One confined child process."""

    rights = (
        "while it is graded, a submission may read its own files and compute; it may not write"
        " files, start processes or use the network"
    )

    def __init__(
        self, libraries: tuple[str, ...], zygote: Zygote, give_back: Callable[[Zygote], None]
    ) -> None:
        self.zygote: Zygote | None = zygote
        self.memory_mib = 0
        self.give_back = give_back
        super().__init__(libraries)

    def _make_folder(self) -> Path:
        assert self.zygote is not None
        return Path(tempfile.mkdtemp(dir=self.zygote.folder))

    def _start(self, libraries: tuple[str, ...], ends: list[socket.socket]) -> Child:
        assert self.zygote is not None
        return self.zygote.fork(str(self.folder), ends)

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """Limit the memory from outside, where the child cannot lift it, then load."""
        if request["memory_mib"] != self.memory_mib:
            assert self.zygote is not None
            self._await_ready()
            self.memory_mib = request["memory_mib"]
            self.zygote.limit(self.memory_mib << 20)
        return super().load(request, seconds)

    def _next_reply(self, deadline: float) -> Reply:
        """Who is refused something is told what is allowed."""
        reply = super()._next_reply(deadline)
        if isinstance(reply, Raised) and "PermissionError" in reply.bases:
            return replace(reply, text=f"{reply.text} ({self.rights})")
        return reply

    def close(self) -> None:
        """End the child and remove its folder; the zygote waits for the next."""
        super().close()
        zygote, self.zygote = self.zygote, None
        if zygote is not None and zygote.idle:
            self.give_back(zygote)
        elif zygote is not None:
            zygote.close()

    def _ended(self, code: int | None) -> Reply:
        if code == -signal.SIGKILL:  # which it cannot send itself, as it may at level none
            return Interrupted("the process was killed from outside")
        return super()._ended(code)
