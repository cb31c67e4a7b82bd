"""Isolation level "strong": a child that gives up all but reading and computing.

A zygote forks it, and before it meets the submission it is confined by Landlock and a filter of
system calls (confine.py). What it may read is decided here: Python's standard library, the
libraries of the exercise, the shared libraries of the system, the submission itself.
"""

import contextlib
import resource
import signal
import socket
import sys
import sysconfig
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from grader.border.channel import Child
from grader.border.forked import Zygote
from grader.border.library_view import library_view
from grader.border.plain import PlainSession, boot, environment
from grader.border.sandbox import Interrupted, Raised, Reply
from grader.errors import MachineError

RIGHTS = (
    "while it is graded, a submission may read its own files and compute; it may not write files, "
    "start processes or use the network"
)
SITE = ("site-packages", "dist-packages")  # `grader` and `reference` may lie there
SYSTEM = ("/etc/ld.so.cache", "/dev/urandom", "/usr/share/zoneinfo")


class ConfinedSandbox:
    """Starts confined child processes (Linux with Landlock, x86_64 or aarch64)."""

    level = "strong"

    def __init__(self) -> None:
        self._idle: dict[tuple[str, ...], deque[Zygote]] = defaultdict(deque)

    def start(self, libraries: tuple[str, ...]) -> "ConfinedSession":
        """Return a child of an idle zygote, or of a new one."""
        while True:
            zygote = self._take(libraries)
            try:
                return ConfinedSession(libraries, zygote, self._idle[libraries].append)
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
        return Zygote(boot(libraries, "--zygote", *readable(libraries)), environment("/"))


class ConfinedSession(PlainSession):
    """One confined child process."""

    def __init__(
        self, libraries: tuple[str, ...], zygote: Zygote, give_back: Callable[[Zygote], None]
    ) -> None:
        self.zygote: Zygote | None = zygote
        self.give_back = give_back
        super().__init__(libraries)

    def _start(self, libraries: tuple[str, ...], ends: list[socket.socket]) -> Child:
        assert self.zygote is not None
        return self.zygote.fork(str(self.folder), ends)

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """Limit the memory from outside, where the child cannot lift it, then load."""
        self._await_ready()
        assert self.process is not None
        limit = request["memory_mib"] << 20
        with contextlib.suppress(ProcessLookupError):  # it has ended; loading will say how
            resource.prlimit(self.process, resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        return _explained(super().load(request, seconds))

    def run(self, inputs: bytes, seconds: float) -> Reply:
        """Run one case; who is refused something is told what is allowed."""
        return _explained(super().run(inputs, seconds))

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


def _explained(reply: Reply) -> Reply:
    if isinstance(reply, Raised) and "PermissionError" in reply.bases:
        return replace(reply, text=f"{reply.text} ({RIGHTS})")
    return reply


@cache
def readable(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files and folders that a submission may read, beside its own."""
    view = library_view(libraries)
    links = [str(link.resolve()) for link in view.iterdir()]
    python = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    library = [part for folder in sorted(python) for part in _without_site(Path(folder))]
    return (*SYSTEM, str(view), *links, *library, *_shared_libraries())


def _without_site(folder: Path) -> Iterator[str]:
    """Yield the folder, or its entries where packages are installed into it."""
    if not any((folder / name).exists() for name in SITE):
        yield str(folder)
        return
    yield from (str(entry) for entry in folder.iterdir() if entry.name not in SITE)


def _shared_libraries() -> Iterator[str]:
    """Yield where the system and this Python keep shared libraries."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "none"
    for root in ("/lib", "/usr/lib", "/usr/local/lib"):
        yield f"{root}/{multiarch}"
    for folder in (Path("/lib64"), Path("/usr/lib64"), Path(sys.base_prefix) / "lib"):
        if folder.is_dir():
            yield from (str(path) for path in folder.glob("*.so*"))
