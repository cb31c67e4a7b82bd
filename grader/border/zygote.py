"""What forks confined children: a process that has imported NumPy and holds no secret.

Starting Python and importing NumPy takes most of the time of a submission; a fork takes a
thousandth. On the control socket, its standard input, the grader sends a folder and three
descriptors; the zygote forks a child on them, sends back a pidfd and, when the child has ended, how
it ended and what CPU time it took. One child at a time, whose memory is limited when the grader
says so. When the grader dies, the zygote ends the child and goes.
"""

import contextlib
import gc
import os
import resource
import select
import shutil
import signal
import socket
import struct
from collections.abc import Callable, Sequence

PATH_BYTES = 4096
STATUS = struct.Struct("id")  # how a child ended, and its CPU seconds
LIMIT = struct.Struct("Q")
LIMITED = b"limited"


def serve(files: str, folder: str, readable: Sequence[str]) -> None:
    """Fork children until the grader closes the control socket.

    A child's folder lies in `folder`. What it has of files: its "own", in an empty file system; of
    "shared" ones what is readable; or "all" that its user has.
    """
    from . import child, confine, loading  # and NumPy with it; the grader imports this file too

    loading.seeding()  # imports what most children would import
    loading.import_ahead()
    control = socket.socket(fileno=os.dup(0))
    own_files = files == "own"
    if own_files:
        confinement = confine.Confinement(["/"], [folder])
        fork, prepare = own_namespaces(folder)
    else:
        assert len(os.listdir("/proc/self/task")) == 1, "to fork is safe with one thread only"
        confinement = confine.Confinement([*readable, folder], landlocked=files == "shared")
        fork, prepare = os.fork, nothing
    gc.collect()
    gc.freeze()  # what is there now is never copied for a mere look at its reference counts
    while True:
        told, ends = b"", list[int]()
        with contextlib.suppress(ConnectionError):  # the grader has gone and left words unread
            told, ends, _, _ = socket.recv_fds(control, PATH_BYTES, 3)
        if not told:  # a grader that was killed could not remove what it left
            if not own_files:
                shutil.rmtree(folder, ignore_errors=True)
            os._exit(0)
        if not ends:  # about a child that has ended
            continue
        process = fork()
        if process == 0:
            prepare()
            become_a_child(os.fsdecode(told), ends, confinement.descriptor)
            child.serve(confinement.enter)
        for end in ends:
            os.close(end)
        watch(control, process)


def own_namespaces(folder: str) -> tuple[Callable[[], int], Callable[[], None]]:
    """Return how to fork a child into new namespaces, and what it does there first."""
    from . import namespaces

    own = namespaces.own_processes()

    def fork() -> int:
        namespaces.renew_processes(own)
        return os.fork()

    return fork, lambda: namespaces.mount_own_folder(folder)


def nothing() -> None:
    """Prepare nothing."""


def become_a_child(folder: str, ends: list[int], kept: int | None) -> None:
    """Take the given streams and folder; keep nothing of the zygote's but one descriptor."""
    os.setsid()
    for stream, end in enumerate(ends):
        os.dup2(end, stream)
    last = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, last if kept is None else kept)
    if kept is not None:
        os.closerange(kept + 1, last)
    os.chdir(folder)
    os.environ.update(HOME=folder, TMPDIR=folder)


def watch(control: socket.socket, process: int) -> None:
    """Hand over the child, limit it, say how it ended; end it when the grader has gone."""
    ended = os.pidfd_open(process)
    socket.send_fds(control, [STATUS.pack(0, 0.0)], [ended])
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(control, select.POLLIN)
    while ended not in dict(watched.poll()):
        told = b""
        with contextlib.suppress(OSError):
            told = control.recv(LIMIT.size)
        if not told:
            os.kill(process, signal.SIGKILL)
            break
        # From outside: the child itself has no way to change it.
        (memory,) = LIMIT.unpack(told)
        resource.prlimit(process, resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))
        control.send(LIMITED)
    os.close(ended)
    _, status, usage = os.wait4(process, 0)
    cpu_seconds = usage.ru_utime + usage.ru_stime
    with contextlib.suppress(OSError):  # the grader has gone: there is no next request
        control.send(STATUS.pack(os.waitstatus_to_exitcode(status), cpu_seconds))
