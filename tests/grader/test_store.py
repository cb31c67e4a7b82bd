"""What a batch keeps, what it grades again, and what of it reaches a student."""

import contextlib
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result as ClickResult
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.gradebook import feedback, gradebook
from grader.batch.hand_ins import hand_ins
from grader.batch.run import Batch, Graded, begin, run
from grader.batch.store import Store
from grader.border import frames
from grader.border.plain import PlainSandbox
from grader.border.sandbox import Answered, Died, Raised, Reply, TimedOut
from grader.course import modules
from grader.course.answering import SolvedCase
from grader.course.case import Case
from grader.course.course import Course, load_course
from grader.course.exercise import Exercise
from grader.errors import CourseError, MachineError, UsageError
from grader.grading import Task, grade
from grader.judging.judge import ArraysJudge, Judgement
from grader.results import ORDER, OUR_FAULT, CaseResult, ExerciseResult, Result
from grader.submission import Source, Submission

Copied = Callable[..., Path]
SIMPLE = "conv_output_size"
ROOT = Path(__file__).parents[2]


def result(points: float | None = 1.0, **changes: Any) -> Result:
    verdict = "passed" if points else "wrong" if points == 0 else "infrastructure"
    case = CaseResult("c", verdict, points, 1.0, "message", 0.001)
    exercise = ExerciseResult("edges", points, 1.0, verdict, "", (case,))
    made = Result("Course", "v", "0", "a1", "none", 7, points, 1.0, (exercise,))
    return replace(made, **changes)


# The store.


def put(store: Store, student: str, determined_by: str, result: Result) -> None:
    store.put(student, determined_by, result.summary(), json.dumps(result.to_json()))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "out")
    yield opened
    opened.close()


def rows(store: Store) -> list[tuple[str, str, int]]:
    with contextlib.closing(sqlite3.connect(store.path)) as connection:
        found = connection.execute("SELECT student, determined_by, complete FROM results")
        return found.fetchall()


def test_what_is_put_is_there_after_reopening(store: Store) -> None:
    put(store, "ada", "x", result(0.5))
    put(store, "álvaro ñ 李", "y", result(0.0))
    store.close()
    again = Store(store.path.parent)
    assert dict(again.newest()) == {"ada": result(0.5), "álvaro ñ 李": result(0.0)}
    assert again.done() == {"ada": "x", "álvaro ñ 李": "y"}
    again.close()


def test_the_newest_result_counts_and_the_older_ones_stay_as_history(store: Store) -> None:
    put(store, "ada", "x", result(0.5))
    put(store, "bob", "x", result(0.25))
    put(store, "ada", "y", result(1.0))
    assert list(store.newest()) == [("ada", result(1.0)), ("bob", result(0.25))]
    assert store.done() == {"ada": "y", "bob": "x"}
    assert rows(store) == [("ada", "x", 1), ("bob", "x", 1), ("ada", "y", 1)]


def test_an_incomplete_result_is_not_done(store: Store) -> None:
    put(store, "ada", "x", result(None))
    put(store, "bob", "x", result(1.0))
    put(store, "bob", "x", result(None))
    put(store, "eve", "x", result(None))
    put(store, "eve", "x", result(0.0))
    assert store.done() == {"eve": "x"}
    assert [student for student, _ in store.newest()] == ["ada", "bob", "eve"]


def test_a_folder_is_begun_once(store: Store) -> None:
    assert store.settle({"seed": "1"}) == {"seed": "1"}
    assert store.settle({"seed": "2", "assignment": "a1"}) == {"seed": "1", "assignment": "a1"}
    store.replace("seed", "3")
    store.close()
    again = Store(store.path.parent)
    assert again.settle({"seed": "4"}) == {"seed": "3", "assignment": "a1"}
    again.close()


def test_a_full_disk_is_said_and_costs_nothing_that_was_kept(store: Store) -> None:
    put(store, "ada", "x", result())
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    large = result(exercises=tuple(exercise_result("a" * 2000, 1.0) for _ in range(50)))
    with pytest.raises(MachineError, match=r"results.sqlite: .*full") as told:
        put(store, "bob", "y", large)
    assert "free space, then run again" in told.value.next_step
    store.close()
    again = Store(store.path.parent)
    assert again.done() == {"ada": "x"}
    put(again, "bob", "y", large)
    assert set(again.done()) == {"ada", "bob"}
    again.close()


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="mounts a small disk, as root"
)
def test_a_batch_on_a_full_disk_says_so_and_goes_on_when_there_is_room(
    typed: Callable[..., ClickResult], copied_course: Copied, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    if subprocess.run(mounted, check=False, capture_output=True).returncode:
        pytest.skip("may not mount")
    try:
        for number in range(60):
            hand_in = tmp_path / "class" / f"student-{number}"
            hand_in.mkdir(parents=True)
            shutil.copy(ROOT / "exercises" / SIMPLE / "solution.py", hand_in / f"{SIMPLE}.py")
        course = copied_course(SIMPLE)
        words = ("batch", tmp_path / "class", "-a", "a1", "--out", disk / "out")
        command = (*words, "--course", course, "--isolation", "none", "--seed", "1")
        full = typed(*command)
        assert full.exit_code == 3
        assert "full" in full.stderr or "space" in full.stderr
        assert "Traceback" not in full.stderr
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        assert typed(*command).exit_code == 0
        with (disk / "out/gradebook.csv").open() as book:
            assert [row["points"] for row in csv.DictReader(book)] == ["2"] * 60
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_result_that_was_put_survives_the_death_of_the_process(tmp_path: Path) -> None:
    program = f"""
import json, os, pathlib
from grader.batch.store import Store
from grader.results import Result
store = Store(pathlib.Path({str(tmp_path)!r}))
store.settle({{"seed": "5"}})
result = Result("c", "v", "g", "a1", "none", 5, 1.0, 1.0, ())
store.put("ada", "x", result.summary(), json.dumps(result.to_json()))
os._exit(9)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    store = Store(tmp_path)
    assert store.done() == {"ada": "x"}
    assert store.settle({}) == {"seed": "5"}
    store.close()


def test_two_runs_may_write_into_one_folder(store: Store) -> None:
    other = Store(store.path.parent)
    put(store, "ada", "x", result())
    put(other, "bob", "y", result())
    assert store.done() == other.done() == {"ada": "x", "bob": "y"}
    other.close()


def test_a_store_of_another_version_is_left_alone(store: Store) -> None:
    put(store, "ada", "x", result())
    store.close()
    with contextlib.closing(sqlite3.connect(store.path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = store.path.read_bytes()
    with pytest.raises(MachineError, match="was written by another version of grade"):
        Store(store.path.parent)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("spoil", ["text", "file"])
def test_what_is_no_store_is_told(tmp_path: Path, spoil: str) -> None:
    out = tmp_path / "out"
    if spoil == "file":
        out.write_text("a file, not a folder")
    else:
        out.mkdir()
        (out / "results.sqlite").write_text(
            "this is no database, it is a text of some length\n" * 9
        )
    with pytest.raises(MachineError, match=r"results\.sqlite cannot be used"):
        Store(out)


def test_a_name_that_is_not_utf_8_is_kept_too(store: Store, tmp_path: Path) -> None:
    """`João` in Latin-1, as an archive from another system unpacks."""
    (tmp_path / "class" / os.fsdecode(b"Jo\xe3o")).mkdir(parents=True)
    ((student,), _) = hand_ins(tmp_path / "class")
    put(store, student.student, "x", result())
    assert list(dict(store.newest())) == ["Jo\\xe3o"]


# A batch: what is graded, and what is graded again.


class Solver:
    """A sandbox without a process: answers like solution.py, breaks for a file that says BREAK."""

    level = "none"

    def __init__(self, course: Course) -> None:
        path = course.exercises_folder / SIMPLE / "solution.py"
        self.entry = modules.function(path, SIMPLE)
        self.libraries = ("numpy",)
        self.started: list[bytes] = []

    def start(self, libraries: tuple[str, ...]) -> "Solver":
        return self

    def write_files(self, files: Mapping[str, bytes]) -> Reply:
        content = b"".join(files.values())
        self.started.append(content)
        if b"BREAK" in content:
            raise OSError("no more processes")
        return Answered(None)

    def load(self, request: Mapping[str, Any], seconds: float) -> Reply:
        return Answered(None)

    def run(self, cases: Sequence[bytes], seconds: float) -> Iterator[Reply]:
        for inputs in cases:
            yield Answered(self.entry(**frames.decode(inputs)))

    def printed(self) -> str:
        return ""

    def cpu_seconds(self) -> float:
        return 0.0

    def close(self) -> None:
        pass


class Class:
    """A course, a class of students and a folder of results, graded as often as one likes."""

    def __init__(self, course: Path, folder: Path) -> None:
        self.folder = course
        self.out = folder / "out"
        self.submissions = folder / "submissions"
        self.submissions.mkdir()
        for student in ("ada", "bob", "eve"):
            self.hand_in(student)

    def hand_in(self, student: str, text: str = "") -> None:
        code = f"def {SIMPLE}(*a, **k): ...\n# {student} {text}\n"
        (self.submissions / f"{student}.py").write_text(code, encoding="utf-8")

    def begin(
        self,
        store: Store,
        seed: int | None = None,
        regrade: bool = False,
        assignment: str = "a1",
        level: str = "none",
    ) -> Batch:
        course = load_course(self.folder)
        sandbox = Solver(course)
        sandbox.level = level
        return begin(course, course.gradable(assignment), sandbox, store, seed, regrade)

    def grade(self, regrade: bool = False, **how: Any) -> list[Graded]:
        """Run `grade batch`; return what it said of each student, in their order."""
        store = Store(self.out)
        try:
            batch = self.begin(store, regrade=regrade, **how)
            students, _ = hand_ins(self.submissions)
            graded = list(run(batch, students, store, jobs=2, regrade=regrade))
            return sorted(graded, key=lambda one: one.student)
        finally:
            store.close()

    def graded(self, **how: Any) -> list[str]:
        """Run `grade batch`; return who was graded and not only looked at."""
        return [one.student for one in self.grade(**how) if one.summary is not None]

    def seeds(self) -> list[int | None]:
        store = Store(self.out)
        found = [one.seed for _, one in store.newest()]
        store.close()
        return found


@pytest.fixture
def pupils(copied_course: Copied, tmp_path: Path) -> Class:
    return Class(copied_course(SIMPLE), tmp_path)


def test_everybody_is_graded_once(pupils: Class) -> None:
    first = pupils.grade()
    assert [one.student for one in first] == ["ada", "bob", "eve"]
    assert all(one.summary and one.summary.points == 2 for one in first)
    assert pupils.graded() == []
    assert len(pupils.seeds()) == 3


def test_only_what_is_new_or_changed_is_graded(pupils: Class) -> None:
    pupils.grade()
    pupils.hand_in("joe")
    assert pupils.graded() == ["joe"]
    pupils.hand_in("bob", "changed")
    assert pupils.graded() == ["bob"]
    pupils.hand_in("bob")
    assert pupils.graded() == ["bob"]
    assert pupils.graded() == []


def test_an_incomplete_result_is_graded_again_until_it_is_complete(pupils: Class) -> None:
    pupils.hand_in("bob", "BREAK")
    for _ in range(2):
        ada, bob, eve = pupils.grade()
        assert bob.summary is not None
        assert (bob.summary.points, bob.summary.max_points) == (None, 2)
        assert bob.summary.exercises == {SIMPLE: [None, "infrastructure"]}
        assert "no more processes" in bob.trouble
    assert ada.summary is None
    assert eve.summary is None
    pupils.hand_in("bob", "mended")
    assert pupils.graded() == ["bob"]


def test_what_stopped_in_the_middle_goes_on(pupils: Class) -> None:
    store = Store(pupils.out)
    batch = pupils.begin(store)
    students, _ = hand_ins(pupils.submissions)
    graded = run(batch, students, store, jobs=1)
    first = next(graded)
    graded.close()  # type: ignore[attr-defined]
    stored = store.done()
    store.close()
    assert first.student in stored
    assert pupils.graded() == [s for s in ("ada", "bob", "eve") if s not in stored]


def append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_everybody_is_graded_again_when_what_determines_a_grade_changes(
    pupils: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupils.grade()
    append(pupils.folder / "exercises" / SIMPLE / "cases.py")
    assert len(pupils.graded()) == 3
    points = (pupils.folder / "assignments.yaml").read_text().replace(": 2", ": 4")
    (pupils.folder / "assignments.yaml").write_text(points)
    assert len(pupils.graded()) == 3
    assert len(pupils.graded(level="weak")) == 3
    assert len(pupils.graded()) == 3
    monkeypatch.setattr("grader.batch.run.__version__", "9.9")
    assert len(pupils.graded()) == 3
    assert pupils.graded() == []
    append(pupils.folder / "exercises" / SIMPLE / "README.md")
    assert pupils.graded() == []


def test_the_seed_is_drawn_once_and_kept(pupils: Class) -> None:
    pupils.grade()
    (drawn,) = set(pupils.seeds())
    assert drawn is not None
    pupils.hand_in("joe")
    assert pupils.graded() == ["joe"]
    assert set(pupils.seeds()) == {drawn}
    assert pupils.graded(seed=drawn) == []


def test_a_seed_that_is_wanted_is_taken_and_another_one_refused(pupils: Class) -> None:
    pupils.grade(seed=5)
    assert set(pupils.seeds()) == {5}
    with pytest.raises(UsageError) as error:
        pupils.grade(seed=6)
    assert "was begun with the seed 5, not 6" in error.value.message
    assert "--regrade" in error.value.next_step
    assert pupils.graded() == []


def test_regrading_with_another_seed_keeps_the_old_results_as_history(pupils: Class) -> None:
    pupils.grade(seed=5)
    assert pupils.graded(seed=6, regrade=True) == ["ada", "bob", "eve"]
    assert set(pupils.seeds()) == {6}
    assert pupils.graded() == []
    store = Store(pupils.out)
    assert len(rows(store)) == 6
    store.close()


def test_regrading_without_a_seed_keeps_the_seed(pupils: Class) -> None:
    pupils.grade(seed=5)
    assert pupils.graded(regrade=True) == ["ada", "bob", "eve"]
    assert set(pupils.seeds()) == {5}


def test_hidden_cases_follow_the_seed(pupils: Class) -> None:
    hidden = []
    for out in ("one", "other"):
        pupils.out = pupils.out.with_name(out)
        store = Store(pupils.out)
        batch = pupils.begin(store, seed=len(hidden))
        store.close()
        cases = batch.tasks[0].cases
        hidden.append([s.case.frame for s in cases if s.case.hidden])
        assert [s.case.hidden for s in cases] == sorted(s.case.hidden for s in cases)
    assert hidden[0] != hidden[1]
    assert hidden[0]


def test_a_folder_of_another_assignment_is_refused(pupils: Class) -> None:
    text = (pupils.folder / "assignments.yaml").read_text()
    other = f"  a2: {{title: Other, exercises: {{{SIMPLE}: 2}}}}\n"
    (pupils.folder / "assignments.yaml").write_text(text + other)
    pupils.grade()
    with pytest.raises(UsageError) as error:
        pupils.grade(assignment="a2")
    assert "holds the results of a1, not of a2" in error.value.message
    assert error.value.next_step == "another --out"


def test_a_handout_cannot_grade_a_batch(pupils: Class, tmp_path: Path) -> None:
    for secret in ("cases.py", "lecture.yaml", "misconceptions.py"):
        (pupils.folder / "exercises" / SIMPLE / secret).unlink()
    with pytest.raises(UsageError, match="is a handout; grading a batch needs the whole course"):
        pupils.grade()


# The gradebook.


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def exercise_result(name: str, points: float | None, verdict: str = "wrong") -> ExerciseResult:
    case = CaseResult("c", verdict, points, 5.0, "what went wrong")
    return ExerciseResult(name, points, 5.0, verdict, "", (case,))


def test_the_gradebook_has_a_column_for_each_exercise_and_a_row_for_each_student() -> None:
    ada = result(exercises=(exercise_result("a", 5.0, "passed"), exercise_result("b", 2.5)))
    ada = replace(ada, points=7.5, max_points=10.0)
    zero = replace(result(0.0), exercises=(exercise_result("a", 0.0), exercise_result("b", 0.0)))
    text = gradebook([("ada", ada.summary()), ('O"Hara, "Sean"', zero.summary())], ["a", "b"])
    assert table(text) == [
        ["student", "a", "b", "points", "max_points", "status"],
        ["ada", "5", "2.5", "7.5", "10", "complete"],
        ['O"Hara, "Sean"', "0", "0", "0", "1", "complete"],
    ]


def test_unknown_points_are_blank_and_the_status_is_incomplete() -> None:
    parts = (exercise_result("a", 5.0, "passed"), exercise_result("b", None, "course_error"))
    half = replace(result(None), exercises=parts, max_points=10.0)
    older = replace(result(1.0), exercises=(exercise_result("a", 1.0),))
    text = gradebook([("ada", half.summary()), ("bob", older.summary())], ["a", "b"])
    assert table(text)[1:] == [
        ["ada", "5", "", "", "10", "incomplete"],
        ["bob", "1", "", "1", "1", "complete"],
    ]


def test_points_are_told_to_four_decimals() -> None:
    parts = (exercise_result("a", 1 / 3), exercise_result("b", 2 / 3))
    text = gradebook([("ada", replace(result(1.0), exercises=parts).summary())], ["a", "b"])
    assert table(text)[1][1:3] == ["0.3333", "0.6667"]


def test_a_class_without_students_has_a_header() -> None:
    assert gradebook([], ["a"]) == "student,a,points,max_points,status\n"


# Feedback: of hidden cases their number, and nothing else.

CANARY = "canary"
NUMBER = 8675309.25
EDGES = Exercise(
    name="edges",
    folder=Path("/nowhere"),
    title="Edges",
    topic="tests",
    entry_point="edges",
    oracle="./oracle.py:edges",
    seed=1,
    groups={"lecture": 1.0},
)
SECRETS = (CANARY, str(NUMBER), "8.67531e+06", "8675309", "8675310")


class Echo(Solver):
    """A sandbox whose submission tells all it sees, in every way it can."""

    def __init__(self, reply: Callable[[str], Reply]) -> None:
        self.libraries = ("numpy",)
        self.started = []
        self.reply = reply
        self.seen = ""

    def run(self, cases: Sequence[bytes], seconds: float) -> Iterator[Reply]:
        for inputs in cases:
            self.seen = str(frames.decode(inputs))
            yield self.reply(self.seen)

    def printed(self) -> str:
        return f"printed {self.seen}"


class Blaming(ArraysJudge):
    """A judge of the course that fails, and says on what."""

    def judge(self, solved: SolvedCase, actual: Any) -> Judgement:
        raise CourseError(f"judge.py raised on {solved.case.inputs} {actual} {solved.expected}")


def secretive_task(judge: type[ArraysJudge]) -> Task:
    """Return a task with two public cases and three hidden ones, full of canaries."""
    cases = [SolvedCase(Case("plain", "lecture", frames.encode({"x": 1.0})), 1.0)]
    cases.append(SolvedCase(Case("other", "lecture", frames.encode({"x": 2.0})), 2.0))
    for n in range(3):
        frame = frames.encode({"x": np.array(NUMBER + n), "name": CANARY})
        hidden = Case(f"{CANARY}-{n}-hidden", "lecture", frame, source=CANARY, hidden=True)
        cases.append(SolvedCase(hidden, np.array(NUMBER)))
    return Task(EDGES, tuple(cases), {}, 5.0, judge(EDGES))


REPLIES: dict[str, Callable[[str], Reply]] = {
    "wrong": lambda seen: Answered(seen),
    "wrong number": lambda seen: Answered(NUMBER + 1 if CANARY in seen else 0.0),
    "raised": lambda seen: Raised("ValueError", ("ValueError",), seen, f"hw.py, in {seen}"),
    "type error": lambda seen: Raised("TypeError", ("TypeError",), f"argument {seen}"),
    "own exception": lambda seen: Raised(seen, (seen,), seen),
    "not written": lambda seen: Raised(seen, ("NotImplementedError",), seen),
    "memory": lambda seen: Raised(seen, ("MemoryError",), seen, seen),
    "died": lambda seen: Died(seen),
    "timed out": lambda seen: TimedOut(NUMBER) if CANARY in seen else Answered(0.0),
    "foreign": lambda seen: Answered(frames.Foreign(seen)),
    "only hidden": lambda seen: Answered(seen) if CANARY in seen else Answered(float(seen[6:-1])),
}


@pytest.mark.parametrize("judge", [ArraysJudge, Blaming])
@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_no_canary_of_a_hidden_case_reaches_the_feedback(
    reply: Callable[[str], Reply], judge: type[ArraysJudge]
) -> None:
    submission = Submission("ada", (Source("edges.py", b"def edges(x): ...\n"),))
    (graded,) = grade(submission, (secretive_task(judge),), Echo(reply))
    hidden = [case for case in graded.cases if case.case.startswith(CANARY)]
    assert len(hidden) == 3
    assert all(case.verdict != "passed" for case in hidden)
    if graded.verdict not in OUR_FAULT:
        assert {case.message for case in hidden} <= {"", "2 cases timed out before"}
    whole = replace(result(graded.points), exercises=(graded,))
    page = feedback("ada", whole, {})
    assert not [secret for secret in SECRETS if secret in page]
    assert graded.verdict in OUR_FAULT or "3 hidden cases failed." in page
    assert not [
        secret for secret in SECRETS if secret in gradebook([("ada", whole.summary())], ["edges"])
    ]


failed = st.sampled_from([verdict for verdict in ORDER if verdict not in OUR_FAULT])
words = st.text("abcXYZ 0123", min_size=1, max_size=8)
hidden_cases = st.builds(
    lambda name, verdict, points, message, seconds: CaseResult(
        f"{name}-hidden", verdict, points, 1.0, message, seconds
    ),
    words,
    failed,
    st.floats(0, 1),
    words,
    st.floats(0, 9),
)


@given(
    st.lists(st.builds(CaseResult, words, failed | st.just("passed"), st.just(0.0), st.just(1.0))),
    st.lists(st.tuples(hidden_cases, hidden_cases), max_size=4),
    st.integers(0, 3),
    st.sampled_from(ORDER),
)
def test_whatever_happens_in_hidden_cases_the_page_is_the_same(
    public: list[CaseResult],
    hidden: list[tuple[CaseResult, CaseResult]],
    passed: int,
    verdict: str,
) -> None:
    """Two classes of secrets, equally many failed: a student cannot tell which were his."""
    right = [CaseResult(f"{n}-hidden", "passed", 1.0, 1.0) for n in range(passed)]
    pages = set()
    for secrets in zip(*hidden, strict=True) if hidden else [(), ()]:
        cases = (*public, *secrets, *right)
        exercise = ExerciseResult("edges", 0.5, 1.0, verdict, "a hint", cases)
        pages.add(feedback("ada", replace(result(0.5), exercises=(exercise,)), {}))
    (page,) = pages
    if verdict not in OUR_FAULT:
        assert (f"{len(hidden)} hidden case" in page) is bool(hidden)


TELL_TALE = b"""
seen = []
def conv2d(x, weight, **_):
    seen.append(x)
    return x
def conv_output_size(**_):
    raise ValueError(f"the secret is {seen[-1].ravel()[:3]}")
"""


def test_no_exercise_tells_what_the_hidden_cases_of_another_were(
    copied_course: Copied, store: Store
) -> None:
    course = load_course(copied_course("conv2d", SIMPLE))
    batch = begin(course, course.assignment("a1"), PlainSandbox(), store, 5, False)
    submission = Submission("ada", (Source("hw.py", TELL_TALE),))
    exercises = tuple(grade(submission, batch.tasks, batch.sandbox))
    page = feedback("ada", batch.result(exercises), {})
    last = batch.tasks[0].cases[-1].case
    assert last.hidden
    assert f"the secret is {last.inputs['x'].ravel()[:3]}" not in page


def test_feedback_names_the_exercise_the_points_the_case_and_the_hint() -> None:
    cases = (
        CaseResult("plain", "passed", 1.0, 1.0),
        CaseResult("edge", "wrong", 0.0, 1.0, "got 1, expected 2\nit printed:\n  | x"),
        CaseResult("corner", "wrong", 0.0, 1.0, "got 3, expected 4"),
        CaseResult("edge-hidden", "wrong", 0.0, 1.0),
    )
    exercise = ExerciseResult("edges", 1.0, 4.0, "wrong", "Look at the kernel.", cases)
    right = ExerciseResult("pool", 2.0, 2.0, "passed", "", cases[:1])
    whole = replace(result(3.0), max_points=6.0, exercises=(exercise, right))
    page = feedback("ada", whole, {"edges/edge": "ELTE, Lecture 3"})
    for line in (
        "# ada",
        "Course, a1: **3 of 6 points**",
        "| edges | 1 of 4 points | wrong answer |",
        "| pool | 2 of 2 points | all right |",
        "1 of 4 cases passed.",
        "**Hint:** Look at the kernel.",
        "edge (ELTE, Lecture 3):",
        "    got 1, expected 2",
        "      | x",
        "1 hidden case failed.",
    ):
        assert line in page.splitlines()
    assert "## pool" not in page


@pytest.mark.parametrize("verdict", OUR_FAULT)
def test_feedback_on_our_fault_says_that_it_costs_nothing(verdict: str) -> None:
    cases = (CaseResult("plain", verdict, None, 1.0, "Traceback of the grader"),)
    exercise = ExerciseResult("edges", None, 1.0, verdict, "", cases)
    page = feedback("ada", replace(result(None), exercises=(exercise,)), {})
    assert "? of 1 points" in page
    assert "this costs you nothing" in page
    assert "Traceback" not in page
