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
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from grader.border.channel import Channel, ChannelClosed, Child, DeadlinePassed
from grader.border.library_view import library_view
from grader.border.replies import NO_ANSWER, Printed, reply_of
from grader.border.sandbox import ENDED, Answered, Died, Reply, TimedOut
from grader.border.spawned import Spawned
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
        self.folder = self._make_folder()
        try:
            self.channel = Channel(partial(self._start, libraries))
        except BaseException:
            self._remove_folder()
            raise
        self.libraries = libraries
        self._ready = False
        self._printed = ""  # what came with the last reply
        self._cpu_at_ready = 0.0

    def _make_folder(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="gradecheck-")).resolve()

    def _remove_folder(self) -> None:
        remove(self.folder)

    def _start(self, libraries: tuple[str, ...], ends: list[socket.socket]) -> Child:
        return Spawned(boot(libraries), str(self.folder), environment(str(self.folder)), ends)

    def write_files(self, files: Mapping[str, bytes]) -> Reply:
        """Put the submission's files into the child's folder."""
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return Answered(None)

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """Import a file and find its entry point."""
        from grader.border import frames  # NumPy: imported while the child starts

        self._await_ready()
        self._send(b"L", frames.encode(request))
        return self._reply(seconds)

    def run(self, cases: Sequence[bytes], seconds: float) -> Iterator[Reply]:
        """Run cases: all are sent, then the replies are read, each with its own clock."""
        from grader.border.messages import message

        self._await_ready()
        self.channel.send(b"".join(b"R" + message(frame) for frame in cases))
        for _ in cases:
            reply = self._reply(seconds)
            yield reply
            if isinstance(reply, ENDED):
                return

    def _send(self, letter: bytes, frame: bytes) -> None:
        from grader.border.messages import message

        self.channel.send(letter + message(frame))

    def _reply(self, seconds: float) -> Reply:
        from grader.border import frames

        try:
            return self._next_reply(time.monotonic() + seconds)
        except DeadlinePassed:
            return TimedOut(seconds)
        except ChannelClosed:
            return self._ended(self.channel.exit_code())
        except frames.FrameError as error:
            return Died(f"{NO_ANSWER} ({error})")

    def _next_reply(self, deadline: float) -> Reply:
        self._printed = ""
        while True:
            frame = self._frame(deadline)
            reply = reply_of(frame)
            if not isinstance(reply, Printed):
                return reply
            self._printed = reply.text

    def _await_ready(self) -> None:
        """Raises MachineError: before the first message nothing of the submission has run."""
        from grader.border import frames

        if self._ready:
            return
        try:
            ready = frames.decode(self._frame(time.monotonic() + START_SECONDS))
            self.channel.child.runs_as(ready["process"])
            self._ready = True
            self._cpu_at_ready = self.channel.cpu_seconds()
        except (ChannelClosed, DeadlinePassed):
            raise MachineError(f"a child process did not start\n{self.printed()}") from None

    def _frame(self, deadline: float) -> bytes:
        from grader.border.messages import PREFIX, frame_length

        return self.channel.receive(PREFIX, frame_length, deadline)

    def _ended(self, code: int | None) -> Reply:
        if code is None:
            return Died("your program closed the channel on which it answers")
        if code >= 0:
            return Died(f"your program ended (exit code {code}) before it answered")
        with contextlib.suppress(ValueError):
            return Died(f"your program crashed ({signal.Signals(-code).name})")
        return Died(f"your program crashed (signal {-code})")

    def printed(self) -> str:
        """Return what was printed for the last reply, and since the last call past Python."""
        head, count = self.channel.take_printed()
        text, self._printed = head.decode(errors="replace") + self._printed, ""
        text = text.replace(f"{self.folder}{os.sep}", "")  # a warning names its file
        more = count - len(head)
        return f"{text}\n... and {more} bytes more" if more else text

    def cpu_seconds(self) -> float:
        """Return the CPU time that the submission took, starting Python left out."""
        return self.channel.cpu_seconds() - self._cpu_at_ready if self._ready else 0.0

    def close(self) -> None:
        """Kill what is left and remove the folder."""
        self.channel.close()
        self._remove_folder()


def remove(folder: Path) -> None:
    """Remove what a stranger left, links unfollowed."""
    with contextlib.suppress(RecursionError):  # until Python 3.13, where folders lie too deep
        shutil.rmtree(folder, ignore_errors=True)
    if os.name != "posix" or not os.path.lexists(folder):
        return
    unlocked = [] if folder.is_symlink() else [["chmod", "-R", "u+rwx", str(folder)]]
    for command in (*unlocked, ["rm", "-rf", str(folder)]):
        subprocess.run(command, stderr=subprocess.DEVNULL, check=False)


def boot(libraries: tuple[str, ...], *more: str) -> list[str]:
    """Return the command that starts a child, or with "--zygote" what forks children."""
    return [sys.executable, *boot_options(str(library_view(libraries))), *more]


def boot_options(view: str) -> list[str]:
    """Return Python's options and arguments that start a child."""
    return ["-I", "-S", "-X", "utf8", BOOT, view]


def environment(folder: str) -> dict[str, str]:
    """Return the few variables a child gets; nothing of ours."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows
    one_thread = dict.fromkeys(THREADS, "1")
    return (
        {"PATH": os.defpath, "HOME": folder, "TMPDIR": folder, "LANG": "C.UTF-8"}
        | one_thread
        | kept
    )
