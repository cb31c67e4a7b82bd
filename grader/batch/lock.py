"""One batch at a time in a folder."""

import os
import sys
from pathlib import Path

from grader.errors import MachineError


class Lock:
    """DIR/results.lock, held by this process until it closes it or ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        path = folder / "results.lock"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        except OSError as error:
            raise MachineError(f"{path} cannot be used: {error}") from None
        try:
            _take(self._file)
        except OSError:
            self.close()
            message = f"another `grade batch` is at work in {folder}"
            raise MachineError(message, "wait until it has ended, or another --out") from None

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the folder go."""
        os.close(self._file)


def _take(file: int) -> None:
    """Raise OSError if another process, or another part of this one, holds the file."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
