"""The first lines of the child: `boot.py VIEW` puts a process between it and us.

The child runs in its own package, `_border`, so that nothing of `grader` has a name a submission
could import, and the parent it sees is a guard that only waits for it: who kills his parent ends
himself. When the grader dies, the guard ends the child and everything in its group.

`boot.py VIEW --zygote shared|own|all FOLDER READABLE...` becomes what forks confined children
instead (zygote.py), in FOLDER.
"""

import os
import select
import signal
import sys
import types


def guard() -> None:
    """Fork: the child goes on, the guard waits for it and then dies in the same way."""
    child = os.fork()
    if child == 0:
        return
    for descriptor in (1, 2):
        os.close(descriptor)
    end_with_the_grader(child)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        os.kill(os.getpid(), os.WTERMSIG(status))
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def end_with_the_grader(child: int) -> None:
    """Wait for the child's end, or for the grader's: it hangs up the stream of requests."""
    try:
        ended = os.pidfd_open(child)
    except (AttributeError, OSError):  # not Linux, or an old kernel: the group may outlive us
        return
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(0, select.POLLRDHUP)
    folder = os.getcwd()  # the session's own, which the grader can no longer remove
    if 0 in dict(watched.poll()):  # the child may have seen it too, and ended
        import shutil  # rarely needed, and every child waits for what is imported above

        os.kill(child, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)


def main() -> None:
    """Become a child behind its guard, or a zygote."""
    _, view, *zygote = sys.argv
    if not zygote and hasattr(os, "fork"):
        guard()
    package = types.ModuleType("_border")
    package.__path__ = [os.path.dirname(os.path.abspath(__file__))]
    sys.modules["_border"] = package
    sys.path.append(view)
    sys.argv = [""]
    from _border import child  # type: ignore[import-not-found]

    sys.dont_write_bytecode = True  # of a submission's files
    if zygote:
        from _border.zygote import serve  # type: ignore[import-not-found]

        _, files, folder, *readable = zygote
        serve(files, folder, readable)
    else:
        child.serve()


if __name__ == "__main__":
    main()
