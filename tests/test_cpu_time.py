"""The CPU time of a submission, as it is reported: counted by the system, threads included."""

import contextlib
import math
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.border import frames
from grader.border.cpu_clock import process_of
from grader.border.proof import prove, sandbox_of
from grader.border.sandbox import Answered, Died, Raised, Session, TimedOut
from grader.border.spawned import Spawned
from grader.checking import task_of
from grader.course.course import Course
from grader.grading import grade
from grader.submission import Source, Submission

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
CGROUPS = (  # folder, file, seconds of its unit
    ("/sys/fs/cgroup", "cpu.stat", 1e-6),
    ("/sys/fs/cgroup/unified", "cpu.stat", 1e-6),
    ("/sys/fs/cgroup/cpuacct", "cpuacct.usage", 1e-9),
)
WORK = b"""
import os, threading, time

def hashed(count):
    import hashlib
    data = bytes(10**6)
    for _ in range(count):
        hashlib.sha256(data).digest()

def work(kind):
    began = time.process_time()
    if kind == "loop":
        for _ in range(10**7):
            pass
    if kind == "threads":
        threads = [threading.Thread(target=hashed, args=(200,)) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    if kind == "lies":
        hashed(200)
        time.process_time = time.thread_time = time.perf_counter = lambda: 0.0
        return 0.0
    if kind == "hides":
        if os.fork() == 0:
            hashed(200)
            os._exit(0)
        os.wait()
    if kind == "ends":
        hashed(200)
        os._exit(3)
    if kind == "hangs":
        while True:
            pass
    return time.process_time() - began
"""
LEVELS = [
    pytest.param(
        level, marks=pytest.mark.skipif(not prove(level).attacks, reason=prove(level).unavailable)
    )
    for level in ("none", "weak", "strong", "full")
]
at_every_level = pytest.mark.parametrize("level", LEVELS)
confined = pytest.mark.parametrize("level", LEVELS[1:])


@contextlib.contextmanager
def loaded(level: str) -> Iterator[Session]:
    request = {"file": "a.py", "entry_point": "work", "harness": None, "draws": False}
    with (
        contextlib.closing(sandbox_of(level)) as sandbox,
        contextlib.closing(sandbox.start(("numpy",))) as session,
    ):
        assert session.write_files({"a.py": WORK}) == Answered(None)
        assert session.load({**request, "memory_mib": 512}, 20) == Answered(None)
        yield session


def reply_and_seconds(session: Session, kind: str, seconds: float = 20.0) -> tuple[object, float]:
    before = session.cpu_seconds()
    (reply,) = session.run([frames.encode({"kind": kind})], seconds)
    return reply, session.cpu_seconds() - before


@contextlib.contextmanager
def cgroup_of(process: int) -> Iterator[Path]:
    """Put a process into a new control group; the file that counts its CPU time."""
    for folder, file, _ in CGROUPS:
        group = Path(folder) / f"gradecheck-{uuid.uuid4().hex}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            if (group / file).exists() and (group / "cgroup.procs").exists():
                (group / "cgroup.procs").write_text(str(process))
                yield group / file
                return
        finally:
            (group.parent / "cgroup.procs").write_text(str(process))
            group.rmdir()
    pytest.skip("no control group can be made here")


def counted_by(file: Path) -> float:
    text = file.read_text(encoding="ascii")
    if file.name == "cpu.stat":
        return int(text.split("usage_usec ")[1].split()[0]) * 1e-6
    return int(text) * 1e-9


@at_every_level
@pytest.mark.parametrize("kind", ["loop", "threads"])
def test_the_cpu_time_is_what_the_process_itself_counts(level: str, kind: str) -> None:
    with loaded(level) as session:
        reply, seconds = reply_and_seconds(session, kind)
    assert isinstance(reply, Answered)
    assert reply.value > 0.05
    assert seconds == pytest.approx(reply.value, rel=0.05, abs=0.005)


@confined
@pytest.mark.parametrize("kind", ["loop", "threads"])
def test_the_cpu_time_is_what_a_control_group_counts(level: str, kind: str) -> None:
    with loaded(level) as session:
        pidfd = session.channel.child.pidfd
        process = process_of(pidfd)
        assert process is not None
        with cgroup_of(process) as file:
            before = counted_by(file)
            _, seconds = reply_and_seconds(session, kind)
            counted = counted_by(file) - before
    assert seconds == pytest.approx(counted, rel=0.05, abs=0.005)


@at_every_level
def test_what_a_submission_says_of_clocks_is_not_asked_for(level: str) -> None:
    with loaded(level) as session:
        reply, seconds = reply_and_seconds(session, "lies")
    assert reply == Answered(0.0)
    assert seconds > 0.05


@confined
def test_time_cannot_be_hidden_in_another_process(level: str) -> None:
    with loaded(level) as session:
        reply, _ = reply_and_seconds(session, "hides")
    assert isinstance(reply, Raised)
    assert "PermissionError" in reply.bases


@at_every_level
@pytest.mark.parametrize("kind", ["ends", "hangs"])
def test_who_does_not_come_back_is_counted_too(level: str, kind: str) -> None:
    with loaded(level) as session:
        reply, _ = reply_and_seconds(session, kind, seconds=0.5)
        session.close()
        total = session.cpu_seconds()
    assert isinstance(reply, Died | TimedOut)
    assert total > 0.05


@at_every_level
def test_a_result_tells_the_cpu_time_of_each_exercise(course: Course, level: str) -> None:
    solution = (course.exercises_folder / "softmax/solution.py").read_bytes()
    slow = solution + b"\nfor _ in range(10**7):\n    pass\n"
    task = task_of(course, course.exercise("softmax"))
    with contextlib.closing(sandbox_of(level)) as sandbox:
        (quick,) = grade(Submission("ada", (Source("softmax.py", solution),)), (task,), sandbox)
        (late,) = grade(Submission("bob", (Source("softmax.py", slow),)), (task,), sandbox)
    assert quick.cpu_seconds is not None
    assert late.cpu_seconds is not None
    assert 0 < quick.cpu_seconds < late.cpu_seconds
    assert late.cpu_seconds > 0.05


def test_who_hands_in_nothing_takes_no_time(course: Course) -> None:
    task = task_of(course, course.exercise("softmax"))
    with contextlib.closing(sandbox_of("none")) as sandbox:
        (nothing,) = grade(Submission("ada", ()), (task,), sandbox)
    assert nothing.cpu_seconds == 0.0


def test_a_cpu_time_that_nobody_knows_is_null(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on other systems, where one process cannot read another's clock."""
    monkeypatch.setattr(Spawned, "cpu_seconds", lambda self: math.nan)
    task = task_of(course, course.exercise("softmax"))
    code = (course.exercises_folder / "softmax/solution.py").read_bytes()
    with contextlib.closing(sandbox_of("none")) as sandbox:
        (result,) = grade(Submission("ada", (Source("softmax.py", code),)), (task,), sandbox)
    assert result.cpu_seconds is None
    assert result.verdict == "passed"
