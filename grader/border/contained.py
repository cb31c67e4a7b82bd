"""Isolation level "full": in namespaces of its own, where nothing is but what it may read.

bubblewrap makes a world of read-only files without processes, network or users, and in it a zygote
forks children. Each child gets a process namespace and an empty file system of its own, which the
kernel clears away when it ends; then it is confined as at level "strong" (confine.py). It may write
files there, as a submission may on its author's machine.

To an administrator's programs bubblewrap is no wall: started by one, all of it runs as nobody.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from grader.border.confined import ConfinedSandbox, ConfinedSession
from grader.border.forked import Zygote
from grader.border.library_view import library_view
from grader.border.plain import BOOT, boot_options, environment
from grader.border.readable import readable
from grader.border.sandbox import Reply
from grader.errors import MachineError

BOX = "/box"  # where a child finds its submission
VIEW = "/libraries"
SIMULATOR = os.path.join(os.path.dirname(os.path.dirname(BOOT)), "simulator")
NOBODY = 65534
WORLD = (
    *("--unshare-all", "--die-with-parent", "--new-session"),
    *("--cap-add", "CAP_SYS_ADMIN"),  # in its own user namespace; children give it up
)


class ContainedSandbox(ConfinedSandbox):
    """Starts confined child processes in namespaces of their own (Linux with bubblewrap)."""

    level = "full"

    def _zygote(self, libraries: tuple[str, ...]) -> Zygote:
        python = [os.path.realpath(sys.executable), *boot_options(VIEW)]
        command = [*bubblewrap(libraries), *python, "--zygote", "own", BOX]
        user = NOBODY if os.geteuid() == 0 else None
        try:
            return Zygote(command, environment("/"), user=user)
        except FileNotFoundError:
            raise MachineError("bubblewrap is not installed", "apt install bubblewrap") from None

    def _session(
        self, libraries: tuple[str, ...], zygote: Zygote, give_back: Callable[[Zygote], None]
    ) -> "ContainedSession":
        return ContainedSession(libraries, zygote, give_back)


class ContainedSession(ConfinedSession):
    """One child in namespaces of its own."""

    rights = (
        "while it is graded, a submission may read and write its own files and compute; it may not"
        " start processes or use the network"
    )

    def _make_folder(self) -> Path:
        return Path(BOX)

    def _remove_folder(self) -> None:
        """It went with the child."""

    def write_files(self, files: Mapping[str, bytes]) -> Reply:
        """Have the child write the submission's files: nobody else sees its folder."""
        import numpy as np

        from grader.border import frames

        self._await_ready()
        arrays = {name: np.frombuffer(content, np.uint8) for name, content in files.items()}
        self._send(b"F", frames.encode(arrays))
        return self._reply(60.0)


def bubblewrap(libraries: tuple[str, ...]) -> list[str]:
    """Return the command that makes the world in which a zygote runs."""
    return ["bwrap", *WORLD, *_files(libraries), "--remount-ro", "/", "--chdir", "/", "--"]


def _files(libraries: tuple[str, ...]) -> Iterator[str]:
    """Yield the options for everything that is there."""
    for link in library_view(libraries).iterdir():
        yield from ("--symlink", str(link.resolve()), f"{VIEW}/{link.name}")
    python = (os.path.realpath(sys.executable), os.path.dirname(BOOT), SIMULATOR)
    for path in dict.fromkeys((*python, *readable(libraries))):
        if not path.startswith("/dev/"):
            yield from ("--ro-bind-try", path, path)
    for device in ("/dev/null", "/dev/urandom"):
        yield from ("--dev-bind", device, device)
    yield from ("--dir", BOX)
