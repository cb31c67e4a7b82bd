"""Namespaces of a child: processes, mounts and a folder that are its own and go with it.

The zygote is privileged in a user namespace that a program outside made for it, and nowhere else.
A process that is forked after `renew_processes` is the first of a new process namespace: when it
ends, the kernel ends all others in it.
"""

import ctypes
import os

MOUNTS, MESSAGES, PROCESSES = 0x00020000, 0x08000000, 0x20000000
NO_SETUID, NO_DEVICES, RECURSIVE, PRIVATE = 1 << 1, 1 << 2, 1 << 14, 1 << 18
SIZE = b"size=64m,nr_inodes=4k,mode=700"

_libc = ctypes.CDLL(None, use_errno=True)


def own_processes() -> int:
    """Return a descriptor of this process, by which it finds back to its own namespace."""
    return os.pidfd_open(os.getpid())


def renew_processes(own: int) -> None:
    """Have the next fork begin a new process namespace. Raises OSError."""
    _check(_libc.setns(own, PROCESSES), "setns")  # else no second one can be made
    _check(_libc.unshare(PROCESSES), "unshare")


def mount_own_folder(folder: str) -> None:
    """Put an empty file system of this process's own over the folder. Raises OSError."""
    _check(_libc.unshare(MOUNTS | MESSAGES), "unshare")
    _check(_libc.mount(None, b"/", None, RECURSIVE | PRIVATE, None), "mount /")
    flags = NO_SETUID | NO_DEVICES
    _check(_libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, SIZE), f"mount {folder}")


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
