"""What a child gives up before it meets a submission, for good: level "strong".

It may read Python, its libraries and the submission, and compute. It may not write, start a
process, open a socket, signal or trace another process, or set its own limits: see syscalls.py.
"""

import ctypes
import signal
from collections.abc import Iterable

from . import landlock, seccomp

PARENT_DEATH_SIGNAL, DROP_BOUNDING, NO_NEW_PRIVILEGES, AMBIENT = 1, 24, 38, 47
CLEAR_ALL = 4
CAPABILITIES = 64
VERSION_3 = 0x20080522


def confine(readable: Iterable[str]) -> None:
    """Give up everything but reading below `readable` and computing. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    drop_capabilities(libc)
    libc.prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs")
    landlock.restrict(readable)
    seccomp.install()


def drop_capabilities(libc: ctypes.CDLL) -> None:
    """Drop what an administrator's process may do beyond its own files."""
    for capability in range(CAPABILITIES):
        libc.prctl(DROP_BOUNDING, capability, 0, 0, 0)
    libc.prctl(AMBIENT, CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    if libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")
