"""Isolation level "none": a fresh process with a clock and caps. It protects from hangs and
crashes, on every system; it does not keep hostile code from what the user may do."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from grader.border.channel import Channel, ChannelClosed, Child, DeadlinePassed, Spawned
from grader.border.library_view import library_view
from grader.border.sandbox import Answered, Died, Raised, Reply, TimedOut
from grader.errors import MachineError

START_SECONDS = 60.0  # a cold disk, a busy machine: our time, not the student's
BOOT = str(Path(__file__).with_name("boot.py"))
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


class PlainSandbox:
    """Starts plain child processes."""

    level = "none"

    def start(self, libraries: tuple[str, ...]) -> "PlainSession":
        """Start one child; it imports NumPy while we go on."""
        return PlainSession(libraries)

    def close(self) -> None:
        """Nothing waits between submissions."""


class PlainSession:
    """One child process in its own folder."""

    def __init__(self, libraries: tuple[str, ...]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gradecheck-")).resolve()
        try:
            self.channel = Channel(partial(self._start, libraries))
        except BaseException:
            _remove(self.folder)
            raise
        self.libraries = libraries
        self.process: int | None = None  # the child's, once it is ready

    def _start(self, libraries: tuple[str, ...], ends: list[socket.socket]) -> Child:
        return Spawned(boot(libraries), str(self.folder), environment(str(self.folder)), ends)

    def write_files(self, files: Mapping[str, bytes]) -> None:
        """Put the submission's files into the child's folder."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """Import a file and find its entry point."""
        from grader.border import frames  # NumPy: imported while the child starts

        return self._ask(b"L" + frames.encode(request), seconds)

    def run(self, inputs: bytes, seconds: float) -> Reply:
        """Run one case: its inputs are a frame already."""
        return self._ask(b"R" + inputs, seconds)

    def _ask(self, request: bytes, seconds: float) -> Reply:
        from grader.border import frames

        try:
            self._await_ready()
            deadline = time.monotonic() + seconds
            self.channel.send(request, deadline)
            return _reply(self._message(deadline))
        except DeadlinePassed:
            return TimedOut(seconds)
        except ChannelClosed:
            return self._ended(self.channel.exit_code())
        except frames.FrameError as error:
            return Died(f"something other than your answer was written to the grader ({error})")

    def _await_ready(self) -> None:
        """Raises MachineError: before the first message nothing of the submission has run."""
        from grader.border.frames import FrameError

        if self.process is not None:
            return
        try:
            self.process = self._message(time.monotonic() + START_SECONDS)["process"]
        except (ChannelClosed, DeadlinePassed, FrameError):
            raise MachineError(f"a child process did not start\n{self.printed()}") from None

    def _message(self, deadline: float) -> Any:
        from grader.border import frames

        return frames.read(lambda count: self.channel.receive(count, deadline))

    def _ended(self, code: int | None) -> Reply:
        if code is None:
            return Died("your program closed the channel on which it answers")
        if code >= 0:
            return Died(f"your program ended (exit code {code}) before it answered")
        with contextlib.suppress(ValueError):
            return Died(f"your program crashed ({signal.Signals(-code).name})")
        return Died(f"your program crashed (signal {-code})")

    def printed(self) -> str:
        """Return what was printed since the last call."""
        head, count = self.channel.take_printed()
        text = head.decode(errors="replace")
        more = count - len(head)
        return f"{text}\n... and {more} bytes more" if more else text

    def close(self) -> None:
        """Kill what is left and remove the folder."""
        self.channel.close()
        _remove(self.folder)


def _remove(folder: Path) -> None:
    """Remove what a stranger left, links unfollowed."""
    with contextlib.suppress(RecursionError):  # until Python 3.13, where folders lie too deep
        shutil.rmtree(folder, ignore_errors=True)
    if os.name != "posix" or not os.path.lexists(folder):
        return
    unlocked = [] if folder.is_symlink() else [["chmod", "-R", "u+rwx", str(folder)]]
    for command in (*unlocked, ["rm", "-rf", str(folder)]):
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False)


def _reply(message: Any) -> Reply:
    """Return what a child said; it may say anything, an array for a status too."""
    match message:
        case {"status": str("answered"), "value": value}:
            return Answered(value)
        case {"status": str("loaded")}:
            return Answered(None)
        case {
            "status": str("raised"),
            "type": str(kind),
            "bases": list(bases),
            "text": str(text),
            "where": str(where),
        }:
            return Raised(kind, tuple(str(base) for base in bases), text, where)
    return Died("something other than your answer was written to the grader")


def boot(libraries: tuple[str, ...], *more: str) -> list[str]:
    """Return the command that starts a child, or with "--zygote" what forks children."""
    view = str(library_view(libraries))
    return [sys.executable, "-I", "-S", "-X", "utf8", BOOT, view, *more]


def environment(folder: str) -> dict[str, str]:
    """Return the few variables a child gets; nothing of ours."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows
    one_thread = dict.fromkeys(THREADS, "1")
    return (
        {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
        | one_thread
        | kept
    )
