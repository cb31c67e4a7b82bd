"""What a child gives up before it meets a submission, for good.

It may read Python, its libraries and the submission, and compute. It may not start a process, open
a socket, signal or trace another process, or set its own limits: see syscalls.py. Only where its
folder is a file system of its own, which goes with it, may it write files there.
"""

import ctypes
import signal
from collections.abc import Sequence

from . import landlock, seccomp

PARENT_DEATH_SIGNAL, DROP_BOUNDING, NO_NEW_PRIVILEGES, AMBIENT = 1, 24, 38, 47
CLEAR_ALL = 4
CAPABILITIES = 64
VERSION_3 = 0x20080522

_libc = ctypes.CDLL(None, use_errno=True)


class Confinement:
    """Prepared once, by who forks the children; entered by each of them."""

    def __init__(
        self, readable: Sequence[str], writable: Sequence[str] = (), landlocked: bool = True
    ) -> None:
        """`writable` are folders that each child has for itself, mounted after this.

        Without Landlock, the files of this user stay open to it. Raises OSError.
        """
        self._readable, self._writable = readable, writable
        self._filter = seccomp.compiled(bool(writable))
        self._landlocked = landlocked and landlock.version() > 0
        self._rules = landlock.ruleset(readable) if landlocked and not writable else None
        self.descriptor = self._rules  # to be kept open until a child has entered

    def enter(self) -> None:
        """Give up everything but reading, computing and writing into the folders."""
        give_up_privileges()
        if self._rules is not None:
            landlock.restrict(self._rules)
        elif self._landlocked:  # a second wall: in namespaces of its own there is nothing else
            landlock.restrict(landlock.ruleset(self._readable, self._writable))
        seccomp.install(self._filter)


def give_up_privileges() -> None:
    """Drop what an administrator's process may do; die with the parent. Raises OSError."""
    for capability in range(CAPABILITIES):
        _libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    _libc.prctl(AMBIENT, CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if _libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    _libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if _libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
