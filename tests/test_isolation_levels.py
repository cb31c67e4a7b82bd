"""Isolation levels: what they withstand is proved here, by attacks that are known to work."""

import contextlib
import errno
import json
import os
import signal
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.border import frames, proof
from grader.border.proof import Attack, Proof, attack_names, choose, prove, sandbox_of
from grader.border.sandbox import Answered, Raised, Reply, Session
from grader.checking import task_of
from grader.course.course import Course
from grader.errors import MachineError
from grader.grading import grade
from grader.submission import Source, Submission

EXAMPLES = Path(__file__).parents[1] / "examples/submissions"
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
CONFINED = [
    pytest.param(
        level,
        marks=pytest.mark.skipif(
            not prove(level).attacks, reason=f"{level}: {prove(level).unavailable}"
        ),
    )
    for level in ("full", "strong", "weak")
]
filtered = pytest.mark.parametrize("level", CONFINED)
confined = pytest.mark.parametrize("level", CONFINED[:2])
# Linux answers these without asking a filter, and ends who calls them from a place of his own.
UPROBES = {335, 336}
# What a machine may forbid everybody: Yama tracing, a sysctl user namespaces.
OFTEN_FORBIDDEN = {"trace_its_parent", "make_a_namespace"}


def run(level: str, source: str, **inputs: object) -> Reply:
    """Return what a submission's function `f` answers at a level."""
    request = {"file": "a.py", "entry_point": "f", "harness": None, "draws": False}
    with (
        contextlib.closing(sandbox_of(level)) as sandbox,
        contextlib.closing(sandbox.start(("numpy",))) as session,
    ):
        session.write_files({"a.py": source.encode()})
        loaded = session.load({**request, "memory_mib": 512}, 20)
        if loaded != Answered(None):
            return loaded
        (reply,) = session.run([frames.encode(inputs)], 20)
        return reply


@linux
@pytest.mark.parametrize("name", attack_names())
def test_an_attack_works_where_nothing_stands_in_its_way(name: str) -> None:
    """Else it would prove nothing that a level withstands it."""
    (attack,) = [attack for attack in prove("none").attacks if attack.name == name]
    if attack.withstood and name in OFTEN_FORBIDDEN:
        pytest.skip(attack.how)
    assert not attack.withstood, attack.how


@filtered
@pytest.mark.parametrize("name", attack_names())
def test_a_level_withstands_all_but_what_it_allows(level: str, name: str) -> None:
    (attack,) = [attack for attack in prove(level).attacks if attack.name == name]
    assert attack.withstood
    assert attack.how or attack.allowed
    assert not attack.allowed or name in proof.ALLOWED[level]


@confined
def test_an_attack_that_is_wrong_proves_nothing(
    level: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source = proof.ATTACKS.read_text(encoding="utf-8")
    wrong = source + "\n\ndef misspelt(secret, grader):\n    return no_such_name\n"
    (tmp_path / "attacks.py").write_text(wrong, encoding="utf-8")
    monkeypatch.setattr(proof, "ATTACKS", tmp_path / "attacks.py")
    found = prove.__wrapped__(level)
    assert not found.holds
    assert [attack.name for attack in found.attacks if not attack.withstood] == ["misspelt"]


EVERY_CALL = """
import ctypes

def f(numbers):
    libc = ctypes.CDLL(None, use_errno=True)
    found = {}
    for number in numbers:
        ctypes.set_errno(0)
        result = libc.syscall(number, 0, 0, 0, 0, 0, 0)
        found[str(number)] = ctypes.get_errno() if result == -1 else 0
    return found
"""


@filtered
def test_every_system_call_that_is_not_listed_fails(level: str) -> None:
    from grader.border import syscalls

    column, _ = syscalls.ARCHITECTURES[os.uname().machine]
    listed = syscalls.ALLOWED | (syscalls.WRITING if level == "full" else {})
    allowed = {numbers[column] for numbers in listed.values()}
    conditional = {numbers[column] for numbers in syscalls.CONDITIONAL.values()}
    refused = sorted(set(range(500)) - allowed - conditional - UPROBES)
    reply = run(level, EVERY_CALL, numbers=refused)
    assert isinstance(reply, Answered), reply
    assert set(map(int, reply.value)) == set(refused)
    assert set(reply.value.values()) == {errno.EPERM, errno.ENOSYS}
    newer = {n for n, code in reply.value.items() if code == errno.ENOSYS}
    assert all(int(n) > syscalls.NEWEST_KNOWN for n in newer)


def test_the_tables_of_system_calls_have_no_number_twice() -> None:
    from grader.border import syscalls

    for column, _ in syscalls.ARCHITECTURES.values():
        lists = (syscalls.ALLOWED, syscalls.WRITING, syscalls.CONDITIONAL)
        listed = [entry for calls in lists for entry in calls.values()]
        numbers = [entry[column] for entry in listed if entry[column] is not None]
        assert len(numbers) == len(set(numbers))


HONEST = """
import random, statistics, sqlite3, ssl, threading, time
import numpy as np

def f(x):
    out = []
    thread = threading.Thread(target=lambda: out.append(np.linalg.inv(x)))
    thread.start()
    thread.join()
    time.sleep(0.01)
    print("some output")
    with open(__file__) as own:
        assert own.read()
    with open("/dev/null", "w") as nowhere:
        nowhere.write("nothing")
    return out[0] + statistics.mean([0, 0])
"""


@filtered
def test_a_filtered_level_takes_nothing_from_honest_work(level: str) -> None:
    import numpy as np

    reply = run(level, HONEST, x=2 * np.eye(3))
    assert isinstance(reply, Answered), reply
    np.testing.assert_array_equal(reply.value, np.eye(3) / 2)


@confined
def test_who_is_refused_something_is_told_what_is_allowed(level: str) -> None:
    reply = run(level, "import os\ndef f():\n    os.fork()\n")
    assert isinstance(reply, Raised)
    assert "start processes or use the network" in reply.text
    assert ("may not write files" in reply.text) == (level == "strong")


WRITING = """
import os, pathlib, shutil, tempfile

def f():
    pathlib.Path("notes.txt").write_text("one\\n")
    os.rename("notes.txt", "renamed.txt")
    with open("renamed.txt", "a") as file:
        file.write("two\\n")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy("renamed.txt", folder)
    text = open("renamed.txt").read()
    os.makedirs("a/b")
    shutil.rmtree("a")
    return [text, sorted(os.listdir("."))]
"""


@confined
def test_a_submission_may_write_files_only_where_they_are_its_own(level: str) -> None:
    """At level full it gets what it gets on its author's machine."""
    reply = run(level, WRITING)
    if level == "full":
        assert reply == Answered(["one\ntwo\n", ["a.py", "renamed.txt"]])
    else:
        assert isinstance(reply, Raised)
        assert reply.type == "PermissionError"


@confined
def test_a_submission_cannot_fill_the_disk(level: str) -> None:
    reply = run(level, "def f():\n    open('large', 'wb').write(bytes(100 << 20))\n")
    assert isinstance(reply, Raised)
    assert reply.type in ("OSError", "PermissionError")


@confined
def test_all_files_of_a_submission_together_have_a_limit(level: str) -> None:
    lines = "for n in range(4):\n        open(str(n), 'wb').write(bytes(30 << 20))"
    reply = run(level, f"def f():\n    {lines}\n")
    assert isinstance(reply, Raised)
    assert "No space left" in reply.text or reply.type == "PermissionError"


@confined
def test_at_level_full_a_file_of_ours_cannot_even_be_seen(level: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret", encoding="utf-8")
    reply = run(level, f"import os\ndef f():\n    return os.stat({str(secret)!r}).st_size\n")
    if level == "full":
        assert isinstance(reply, Raised)
        assert reply.type == "FileNotFoundError"
    else:
        assert reply == Answered(8)  # as docs/isolation.md says


@pytest.mark.skipif(not prove("full").holds, reason="full is not proved here")
def test_without_bubblewrap_full_is_refused_and_strong_taken(
    typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(proof, "prove", prove.__wrapped__)
    with pytest.raises(MachineError, match=r"'full' is not proved .*bubblewrap is not installed"):
        choose("full")
    if prove("strong").holds:
        assert choose("strong").level == choose("best").level == "strong"


@filtered
def test_the_memory_limit_is_the_exercises(level: str) -> None:
    reply = run(level, "import numpy as np\ndef f():\n    return np.ones(2**28).sum()\n")
    assert isinstance(reply, Raised)
    assert reply.type in ("MemoryError", "_ArrayMemoryError")


class Killed:
    """A confined level; somebody outside kills the first processes while they compute."""

    def __init__(self, level: str, times: int) -> None:
        self.level = level
        self.times = times
        self.sandbox = sandbox_of(level)

    def start(self, libraries: tuple[str, ...]) -> Session:
        session = self.sandbox.start(libraries)
        if self.times > 0:
            self.times -= 1
            threading.Thread(target=kill_soon, args=(session,)).start()
        return session

    def close(self) -> None:
        self.sandbox.close()


def kill_soon(session: Session) -> None:
    while not session._ready:
        time.sleep(0.01)
    time.sleep(0.2)
    signal.pidfd_send_signal(session.channel.child.pidfd, signal.SIGKILL)


SLOW = """
import time

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    time.sleep(0.4)
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
"""


@confined
@pytest.mark.parametrize(("times", "verdict"), [(1, "passed"), (2, "infrastructure")])
def test_what_somebody_else_killed_is_repeated_once_and_never_a_zero(
    course: Course, level: str, times: int, verdict: str
) -> None:
    whole = task_of(course, course.exercise("conv_output_size"))
    task = replace(whole, cases=whole.cases[:1])
    submission = Submission("ada", (Source("a.py", SLOW.encode()),))
    with contextlib.closing(Killed(level, times)) as sandbox:
        (result,) = grade(submission, (task,), sandbox)
    assert result.verdict == verdict
    assert (result.points is None) == (verdict == "infrastructure")


@confined
@pytest.mark.parametrize("moment", ["started", "writing its files"])
def test_what_somebody_else_killed_before_it_began_is_repeated(
    course: Course, level: str, moment: str
) -> None:
    class KilledEarly(Killed):
        def start(self, libraries: tuple[str, ...]) -> Session:
            session = self.sandbox.start(libraries)
            if self.times > 0:
                self.times -= 1
                if moment == "writing its files":
                    session._await_ready()
                signal.pidfd_send_signal(session.channel.child.pidfd, signal.SIGKILL)
            return session

    task = task_of(course, course.exercise("conv_output_size"))
    code = (course.exercises_folder / "conv_output_size/solution.py").read_bytes()
    with contextlib.closing(KilledEarly(level, 1)) as sandbox:
        (result,) = grade(Submission("ada", (Source("a.py", code),)), (task,), sandbox)
    assert result.verdict == "passed"
    assert sandbox.times == 0


@filtered
def test_a_submission_cannot_pass_for_one_that_was_killed(level: str) -> None:
    reply = run(level, "import os\ndef f():\n    os.kill(os.getpid(), 9)\n")
    assert isinstance(reply, Raised)
    assert reply.type == "PermissionError"


@confined
def test_a_zygote_serves_one_submission_after_another_and_none_sees_the_last(level: str) -> None:
    write = b"    with __import__('contextlib').suppress(OSError):\n        open('planted', 'w')\n"
    leave = b"import numpy\nnumpy.planted = 1\ndef f():\n" + write + b"    return [1]\n"
    seen = b"hasattr(numpy, 'planted') or os.path.exists('planted')"
    look = b"import os, numpy\ndef f():\n    return [int(" + seen + b")]\n"
    request = {"file": "a.py", "entry_point": "f", "harness": None, "draws": False}
    with contextlib.closing(sandbox_of(level)) as sandbox:
        answers, zygotes = [], set()
        for source in (leave, look, leave, look):
            with contextlib.closing(sandbox.start(("numpy",))) as session:
                zygotes.add(session.zygote)
                session.write_files({"a.py": source})
                session.load({**request, "memory_mib": 512}, 20)
                answers += session.run([frames.encode({})], 20)
    assert answers == [Answered([1]), Answered([0])] * 2
    assert len(zygotes) == 1


@confined
def test_a_zygote_that_was_killed_is_replaced(level: str) -> None:
    with contextlib.closing(sandbox_of(level)) as sandbox:
        first = sandbox.start(("numpy",))
        zygote = first.zygote
        first.close()
        zygote._process.kill()
        zygote._process.wait()
        time.sleep(0.5)  # what it has started dies with it, a moment later
        with contextlib.closing(sandbox.start(("numpy",))) as second:
            assert second.zygote is not zygote


@confined
def test_a_child_whose_zygote_was_killed_is_done_once_more(course: Course, level: str) -> None:
    class ZygoteKilled(Killed):
        def start(self, libraries: tuple[str, ...]) -> Session:
            session = self.sandbox.start(libraries)
            if self.times > 0:
                self.times -= 1
                threading.Timer(0.3, session.zygote._process.kill).start()
            return session

    whole = task_of(course, course.exercise("conv_output_size"))
    task = replace(whole, cases=whole.cases[:1])
    with contextlib.closing(ZygoteKilled(level, 1)) as sandbox:
        (result,) = grade(Submission("ada", (Source("a.py", SLOW.encode()),)), (task,), sandbox)
    assert result.verdict == "passed"


def test_best_is_the_strongest_level_that_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    held, broken = Attack("read_a_file", True, "refused"), Attack("write_a_file", False, "")
    whole, half, nothing = (held,), (held, broken), ()
    for attacks, level in [
        ({"full": whole, "strong": whole}, "full"),
        ({"full": nothing, "strong": whole}, "strong"),
        ({"full": nothing, "strong": half, "weak": whole}, "weak"),
        ({"full": half, "strong": half}, "none"),
        ({"full": nothing, "strong": nothing}, "none"),
    ]:
        monkeypatch.setattr(proof, "prove", lambda level, a=attacks: Proof(level, a.get(level, ())))
        assert choose("best").level == level
        if level in ("full", "strong"):
            assert choose("strong").level == level
        else:
            with pytest.raises(MachineError):
                choose("strong")


def test_a_level_that_is_not_proved_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Proof("strong", (Attack("write_a_file", False, ""),))
    monkeypatch.setattr(proof, "prove", lambda level: broken)
    with pytest.raises(MachineError, match=r"'strong' is not proved .*could write a file"):
        choose("strong")
    missing = replace(broken, attacks=(), unavailable="it needs Landlock")
    monkeypatch.setattr(proof, "prove", lambda level: missing)
    with pytest.raises(MachineError, match=r"'strong' is not proved .*: it needs Landlock") as told:
        choose("strong")
    assert "--isolation best in a container" in told.value.next_step


@pytest.mark.parametrize(
    ("why", "what"),
    [
        ("bubblewrap is not installed", "apt install bubblewrap"),
        ("bwrap: setting up uid map: Permission denied", "apparmor_restrict_unprivileged_userns"),
        ("bwrap: Creating new namespace failed: Operation not permitted", "seccomp=unconfined"),
        ("bwrap: Can't find source path /root/python: Permission denied", "run as nobody"),
    ],
)
def test_what_stands_in_the_way_of_full_has_a_remedy(
    monkeypatch: pytest.MonkeyPatch, why: str, what: str
) -> None:
    monkeypatch.setattr(proof, "prove", lambda level: Proof(level, unavailable=why))
    with pytest.raises(MachineError, match="'full' is not proved") as told:
        choose("full")
    assert what in told.value.next_step


@linux
def test_what_a_killed_self_test_left_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proof.tempfile, "tempdir", str(tmp_path))
    gone, running = tmp_path / "gradecheck-secret-999999999-a", f"gradecheck-secret-{os.getpid()}-b"
    for folder in (gone, tmp_path / running):
        (folder / "in").mkdir(parents=True)
    prove.__wrapped__("none")
    assert [path.name for path in tmp_path.glob("gradecheck-secret-*")] == [running]


@linux
def test_without_landlock_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.border import landlock

    monkeypatch.setattr(landlock, "version", lambda: 0)
    assert "Linux 5.13 or newer" in proof.missing_for("strong")


def test_doctor_tells_what_came_of_each_attack(typed) -> None:
    result = typed("doctor")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert all(any(name.replace("_", " ") in line for line in lines) for name in attack_names())
    told = json.loads(typed("doctor", "--json").output)
    assert f"--isolation best takes: {told['best']}" in result.output
    assert list(told["levels"]) == ["full", "strong", "weak", "none"]
    assert told["levels"]["none"]["proved"] is False


@pytest.mark.skipif(not prove("strong").holds, reason="strong is not proved here")
def test_a_batch_is_strong_at_least_unless_one_asks_for_less(typed, tmp_path: Path) -> None:
    command = ("batch", EXAMPLES, "--assignment", "a1", "--out", tmp_path / "grades", "--json")
    result = typed(*command)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    level = "full" if prove("full").holds else "strong"
    assert told["isolation"] == level
    assert {r["isolation"] for r in told["students"].values()} == {level}
