"""A filter of system calls for this process and its threads, which nothing can lift again.

A program of classic BPF: the kernel runs it at each system call on (number, processor, arguments).
Calls of `syscalls.ALLOWED` pass; of `CONDITIONAL` those whose arguments pass; all else fails with
EPERM and does nothing.
"""

import ctypes
import errno
import os
import platform
import signal
import struct

from . import syscalls

Instruction = tuple[int, int, int, int]

LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSE, UNKNOWN = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
NUMBER, PROCESSOR, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
SOME_PROCESS = 0x7EC0FFEE  # stands for the process in a filter that is compiled beforehand
X32 = 0x40000000  # the second set of numbers that x86_64 has

CLONE_THREAD = 0x10000
NAMES_OF_THREADS = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, locks, F_DUPFD_CLOEXEC. Not F_SETOWN, which has the
# kernel send signals to others.
HARMLESS_FCNTLS = (0, 1, 2, 3, 4, 5, 6, 7, 1030)
# TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: is it a terminal, how much is there?
HARMLESS_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)


def supported() -> bool:
    """Return whether the tables know this processor."""
    return platform.machine() in syscalls.ARCHITECTURES


def program(pid: int, writing: bool) -> list[Instruction]:
    """Return the filter for the process `pid`, which may write files or not."""
    column, processor = syscalls.ARCHITECTURES[platform.machine()]
    conditional = {name: numbers[column] for name, numbers in syscalls.CONDITIONAL.items()}
    allowed = syscalls.ALLOWED | (syscalls.WRITING if writing else {})
    plain = [number for n in allowed.values() if (number := n[column]) is not None]
    blocks = {
        "clone": [_load(0), (ANY_BIT, 0, 1, CLONE_THREAD), _return(ALLOW), _return(REFUSE)],
        "clone3": [_return(UNKNOWN)],  # its flags lie in memory; a library falls back to clone
        "fcntl": _one_of(1, HARMLESS_FCNTLS),
        "kill": _signals_itself(pid, signal_argument=1),
        "tgkill": _signals_itself(pid, signal_argument=2),
        "prctl": _one_of(0, NAMES_OF_THREADS),
        "ioctl": _one_of(1, HARMLESS_IOCTLS),
        "prlimit64": _reads_its_own_limits(pid),
    }
    head: list[Instruction] = [
        (LOAD, 0, 0, PROCESSOR),
        (EQUAL, 1, 0, processor),
        _return(KILL),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, X32),
        _return(KILL),
        (AT_LEAST, 0, 1, syscalls.NEWEST_KNOWN + 1),
        _return(UNKNOWN),
    ]
    for name, block in blocks.items():
        head += [(EQUAL, 0, len(block), conditional[name]), *block]
    # Each jumps over the rest of the chain and the refusal.
    chain = [(EQUAL, len(plain) - place, 0, number) for place, number in enumerate(plain)]
    return [*head, *chain, _return(REFUSE), _return(ALLOW)]


def _return(action: int) -> Instruction:
    return RETURN, 0, 0, action


def _load(argument: int, half: int = 0) -> Instruction:
    return LOAD, 0, 0, ARGUMENTS + 8 * argument + 4 * half


def _one_of(argument: int, values: tuple[int, ...]) -> list[Instruction]:
    """Allow the call if the low half of an argument, all that these calls read, is a value."""
    tests = [(EQUAL, len(values) - place, 0, value) for place, value in enumerate(values)]
    return [_load(argument), *tests, _return(REFUSE), _return(ALLOW)]


def _signals_itself(pid: int, signal_argument: int) -> list[Instruction]:
    """Allow signals to itself but SIGKILL, so that a killed process was killed by others."""
    return [
        _load(0),
        (EQUAL, 0, 3, pid),
        _load(signal_argument),
        (EQUAL, 1, 0, signal.SIGKILL),
        _return(ALLOW),
        _return(REFUSE),
    ]


def _reads_its_own_limits(pid: int) -> list[Instruction]:
    """Allow prlimit64(0 or pid, resource, NULL, ...): the grader sets limits, from outside."""
    return [
        _load(0),
        (EQUAL, 1, 0, 0),
        (EQUAL, 0, 5, pid),
        _load(2),
        (EQUAL, 0, 3, 0),
        _load(2, half=1),
        (EQUAL, 0, 1, 0),
        _return(ALLOW),
        _return(REFUSE),
    ]


def compiled(writing: bool) -> bytes:
    """Return the filter in the kernel's form, for a process that `install` will name."""
    return b"".join(struct.pack("HBBI", *line) for line in program(SOME_PROCESS, writing))


def install(code: bytes) -> None:
    """Filter this process from now on. Raises OSError where the kernel has no filters."""
    libc = ctypes.CDLL(None, use_errno=True)
    some, this = (struct.pack("I", process) for process in (SOME_PROCESS, os.getpid()))
    code = code.replace(some, this)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    SET_MODE_FILTER, SYS_SECCOMP = 1, {"x86_64": 317, "aarch64": 277}[platform.machine()]
    if libc.syscall(SYS_SECCOMP, SET_MODE_FILTER, 0, header) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")
