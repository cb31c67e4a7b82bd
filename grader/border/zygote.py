"""What forks confined children: a process that has imported NumPy and holds no secret.

Starting Python and importing NumPy takes most of the time of a submission; a fork takes a
thousandth. On the control socket, its standard input, the grader sends a folder and three
descriptors; the zygote forks a child on them, sends back a pidfd and, when the child has ended, how
it ended. One child at a time. When the grader dies, the zygote ends the child and goes.
"""

import contextlib
import gc
import os
import select
import shutil
import signal
import socket
import struct
from collections.abc import Sequence

PATH_BYTES = 4096
STATUS = struct.Struct("i")


def serve(readable: Sequence[str]) -> None:
    """Fork children until the grader closes the control socket."""
    from . import child  # and NumPy with it; the grader imports this file too

    control = socket.socket(fileno=os.dup(0))
    assert len(os.listdir("/proc/self/task")) == 1, "to fork is safe with one thread only"
    gc.collect()
    gc.freeze()  # what is there now is never copied for a mere look at its reference counts
    folder, ends = "", list[int]()
    while True:
        told = b""
        with contextlib.suppress(ConnectionError):  # the grader has gone and left words unread
            told, ends, _, _ = socket.recv_fds(control, PATH_BYTES, 3)
        if not told:  # a grader that was killed could not remove the last folder
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(0)
        folder = os.fsdecode(told)
        process = os.fork()
        if process == 0:
            become_a_child(folder, ends)
            child.serve(readable)
        for end in ends:
            os.close(end)
        watch(control, process)


def become_a_child(folder: str, ends: list[int]) -> None:
    """Take the given streams and folder; keep nothing of the zygote's."""
    os.setsid()
    for stream, end in enumerate(ends):
        os.dup2(end, stream)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir(folder)
    os.environ.update(HOME=folder, TMPDIR=folder)


def watch(control: socket.socket, process: int) -> None:
    """Hand over the child and say how it ended; end it when the grader has gone."""
    ended = os.pidfd_open(process)
    socket.send_fds(control, [STATUS.pack(0)], [ended])
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(control, select.POLLRDHUP)
    if ended not in dict(watched.poll()):
        os.kill(process, signal.SIGKILL)
    os.close(ended)
    _, status = os.waitpid(process, 0)
    with contextlib.suppress(OSError):  # the grader has gone: there is no next request
        control.send(STATUS.pack(os.waitstatus_to_exitcode(status)))
