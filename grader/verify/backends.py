"""The oracle on a GPU held against the oracle on the CPU, and what stands for a missing GPU.

Three things prove something, and each is called by its name: a device, on which all cases run; the
simulator, in which small ones run as Python; the compilers, which need no device and run nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from grader.course.course import Course, whole_exercise
from grader.errors import CourseError
from grader.verify.device import find_device
from grader.verify.other_backend import Agreement

CUDA = "cuda"
SIMULATOR = "NUMBA_ENABLE_CUDASIM"
# A simulated thread is one of Python: what a GPU does in a blink takes seconds.
MOST_NUMBERS_SIMULATED = 100
NOTHING_COMPILED = 3  # the exit code


@dataclass(frozen=True)
class Place:
    """Where the oracle computes: on a device, or in the simulator for want of one."""

    is_device: bool
    text: str


@dataclass(frozen=True)
class CompileProof:
    """What the compilers say of a package: how much they compiled, what is wrong with it."""

    package: str
    compiled: int = 0
    faults: tuple[str, ...] = ()
    not_made: str = ""

    @property
    def text(self) -> str:
        """The proof in a line."""
        if self.not_made:
            return self.not_made
        found = f"{len(self.faults)} faults" if self.faults else "no fault"
        return f"{self.compiled} of its functions for GPUs, {found}"


@dataclass(frozen=True)
class Elsewhere:
    """How the oracle agrees with itself on another backend."""

    place: Place
    agreements: tuple[Agreement, ...]
    proofs: tuple[CompileProof, ...]

    @property
    def in_order(self) -> bool:
        """Whether no answer differs and nothing compiled has a fault."""
        faults = [fault for proof in self.proofs for fault in proof.faults]
        return not faults and not any(agreement.problems for agreement in self.agreements)

    @property
    def text(self) -> str:
        """What was proved, and where, in a few words."""
        compared = [one for one in self.agreements if one.has_backends]
        cases = sum(one.agreeing for one in compared)
        wrong = sum(len(one.problems) for one in self.agreements)
        where = "on the device" if self.place.is_device else "simulated, on no GPU"
        differing = f", {wrong} differ" if wrong else ""
        return (
            f"cuda: {cases} cases of {len(compared)} exercises as on the CPU{differing} ({where})"
        )


def find_place() -> Place:
    """Return where the oracle computes on this machine if not on the CPU."""
    device = find_device()
    if device.is_usable:
        return Place(True, f"on the device {device.name}")
    return Place(False, f"in Numba's simulator, which is no GPU ({device.text})")


def compare_all(course: Course, names: Sequence[str], place: Place) -> Iterator[Agreement]:
    """Yield how each exercise's oracle agrees, as it is known; all in a process of their own."""
    most = float("inf") if place.is_device else MOST_NUMBERS_SIMULATED
    options = [str(course.folder), CUDA, str(most), *names]
    environment = os.environ | {SIMULATOR: "0" if place.is_device else "1"}
    command = [sys.executable, "-m", "grader.verify.other_backend", *options]
    with tempfile.TemporaryFile("w+") as said:
        with subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process:
            for line in process.stdout or ():
                told = json.loads(line)
                yield Agreement(**{**told, "problems": tuple(told["problems"])})
        if process.returncode:
            said.seek(0)
            last = said.read().strip().splitlines()[-1:]
            raise CourseError(f"the backend {CUDA} cannot be compared: {''.join(last)}")


def prove_compiled(course: Course, names: Sequence[str]) -> Iterator[CompileProof]:
    """Yield for each package of oracles what `python -m PACKAGE.cuda --json` says of it."""
    oracles = (whole_exercise(course, name)[0].oracle for name in names)
    packages = {oracle.partition(":")[0].partition(".")[0] for oracle in oracles}
    for package in sorted(packages - {""}):
        if find_spec(f"{package}.{CUDA}") is not None:
            yield prove_package(package)


def prove_package(package: str) -> CompileProof:
    """Return what the compilers say of a package; they need no device."""
    done = subprocess.run(
        [sys.executable, "-m", f"{package}.{CUDA}", "--json"],
        env=os.environ | {SIMULATOR: "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == NOTHING_COMPILED:
        return CompileProof(package, not_made=done.stderr.strip())
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise CourseError(f"python -m {package}.{CUDA} fails: {done.stderr.strip()}") from None
    compiled = sum(not entry["error"] for entry in told["compiled"])
    return CompileProof(package, compiled, tuple(told["faults"]))
