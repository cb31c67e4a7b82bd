"""Whole processes, timed, and the machine they ran on."""

import contextlib
import ctypes
import os
import platform
import resource
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

EXERCISES = Path(__file__).parents[1] / "exercises"
NAMES = tuple(sorted(path.parent.name for path in EXERCISES.glob("*/misconceptions.py")))
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What some processes took: wall seconds, and CPU seconds of all of them together."""

    wall_seconds: float
    cpu_seconds: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall_seconds + other.wall_seconds, self.cpu_seconds + other.cpu_seconds)


def grade_command() -> list[str]:
    """Return `grade` as this interpreter's environment has it."""
    script = shutil.which("grade", path=sysconfig.get_path("scripts"))
    return [script] if script else [sys.executable, "-m", "grader"]


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a person who has set nothing for Python or for `grade`.

    It matters: PYTHONDONTWRITEBYTECODE, say, would have every process compile us anew.
    """
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GRADE_", "PYTEST"))}
    return {k: v for k, v in own.items() if not k.endswith("_NUM_THREADS")} | more


def run(command: Sequence[str], folder: Path, env: Mapping[str, str], codes: set[int]) -> int:
    """Run a command to its end and return its exit code, one of `codes`."""
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr}")
    return done.returncode


def cost_of(work: Callable[[], object]) -> Cost:
    """Return what `work` and every process it started took, those that were killed included."""
    _adopt_orphans()
    began, used = time.perf_counter(), _children_cpu_seconds()
    work()
    wall = time.perf_counter() - began
    _reap_orphans()
    return Cost(wall, _children_cpu_seconds() - used)


def _adopt_orphans() -> None:
    """A submission's process outlives its killed guard for a moment: have its CPU time come to us.

    Elsewhere than on Linux it goes unseen, and `grade` looks better than it is.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _reap_orphans() -> None:
    try:
        while os.waitpid(-1, 0):
            pass
    except ChildProcessError:
        return


def _children_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def machine() -> dict[str, str]:
    """Return what a reader needs to judge the numbers by."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = ("gradecheck", "numpy", "numba", "pytest")
    return {
        "machine": f"{cores()} cores, {_processor()}, {memory:.0f} GiB, {_system()}",
        "versions": ", ".join(
            [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in names)]
        ),
        "load before": f"{os.getloadavg()[0]:.2f} (mean of a minute)",
    }


def cores() -> int:
    """Return how many processes can run at once here."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _processor() -> str:
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    with contextlib.suppress(OSError):
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    return platform.system()


def heading(facts: Mapping[str, str]) -> str:
    """Return the machine's facts, one a line."""
    return "\n".join(f"{name + ':':13}{value}" for name, value in facts.items())
