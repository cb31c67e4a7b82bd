"""The CPU time of a child, read from outside: its own word is not taken for it.

It counts all threads of the process. It does not count processes that the child has started, which
a confined child cannot do.
"""

import math
import os
import sys
import time
from pathlib import Path

CLOCK_OF_A_PROCESS = 2  # the kernel's CPUCLOCK_SCHED: a clock's number is made of this and a pid


def process_of(pidfd: int) -> int | None:
    """Return the number that the process behind a pidfd has here, also from another namespace."""
    try:
        told = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii")
        (process,) = (int(line[4:]) for line in told.splitlines() if line.startswith("Pid:"))
    except (OSError, ValueError):  # no /proc is here
        return None
    return process if process > 0 else None


def cpu_seconds(process: int | None) -> float:
    """Return the CPU time of a process so far; NaN when it is gone, or nobody knows."""
    if process is None or sys.platform != "linux":
        return math.nan
    try:
        return time.clock_gettime((~process << 3) | CLOCK_OF_A_PROCESS)
    except OSError:
        return math.nan


def waited_for(pid: int) -> tuple[int, float]:
    """Wait for the end of a process of ours; return how it ended and its CPU seconds."""
    _, status, usage = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime
