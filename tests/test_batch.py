"""`grade batch` on the example class, and what it does when things go wrong."""

import contextlib
import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from grader.batch.lock import Lock
from grader.border.proof import choose
from grader.course.answers import read_answers
from grader.course.case import hidden_cases, public_cases
from grader.course.course import Course
from grader.errors import CourseError
from grader.judging.judge import ArraysJudge, Judgement

ROOT = Path(__file__).parents[1]
CLASS = ROOT / "examples/submissions"
EXERCISES = ("conv2d", "conv_output_size", "max_pool2d")
Typed = Callable[..., Result]

RIGHT = ("passed", "passed", "passed")
# Student -> verdicts on conv2d, conv_output_size and max_pool2d, as examples/README.md tells them.
VERDICTS = {
    "lovelace_ada": RIGHT,
    "okafor_chinedu": RIGHT,
    "nguyen_thi_linh": RIGHT,
    "szabo_balazs": RIGHT,
    "turing_alan": RIGHT,
    "sato_yuki": RIGHT,
    "haddad_leila": RIGHT,
    "kovacs_eszter": ("wrong", "passed", "passed"),
    "garcia_mateo": ("passed", "wrong", "passed"),
    "mueller_jonas": ("wrong", "passed", "passed"),
    "hassan_omar": ("wrong", "passed", "wrong"),
    "petrova_daria": ("passed", "passed", "wrong"),
    "kim_minjun": ("wrong", "passed", "passed"),
    "silva_joao": ("raised", "passed", "raised"),
    "rossi_giulia": ("passed", "passed", "wrong"),
    "andersson_elsa": ("raised", "passed", "passed"),
    "chen_wei": ("passed", "passed", "timed_out"),
    "mensah_abena": ("raised", "passed", "passed"),
    "dubois_camille": ("passed", "passed", "no_answer"),
    "ivanov_dmitri": ("no_answer", "no_answer", "no_answer"),
    "yilmaz_deniz": ("passed", "passed", "no_answer"),
    "oconnor_sean": ("no_answer", "passed", "passed"),
    "patel_anjali": ("wrong", "passed", "wrong"),
    "johansen_lars": ("forbidden", "forbidden", "forbidden"),
}
# Student, exercise -> the misconception whose hint is told; nobody else is told one.
HINTED = {
    ("kovacs_eszter", "conv2d"): "kernel_flipped",
    ("garcia_mateo", "conv_output_size"): "not_rounded",
    ("mueller_jonas", "conv2d"): "padding_on_top_and_left_only",
    ("petrova_daria", "max_pool2d"): "padding_of_zeros",
    ("kim_minjun", "conv2d"): "stride_ignored",
    ("silva_joao", "conv2d"): "rows_and_columns_swapped",
    ("silva_joao", "max_pool2d"): "rows_and_columns_swapped",
    ("rossi_giulia", "max_pool2d"): "stride_of_one_by_default",
}
NOTHING_GAINED = {"timed_out", "no_answer", "forbidden"}


def command(submissions: Path, out: Path, *options: str) -> list[str]:
    words = ["batch", str(submissions), "--assignment", "a1", "--out", str(out)]
    return [*words, "--isolation", "best", "--course", str(ROOT), *options]


def grade(submissions: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "grader", *command(submissions, out, *options)]
    return subprocess.run(line, capture_output=True, text=True)


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def stored(out: Path) -> list[tuple[int, str, Any]]:
    """Return the store's rows: id, student, result."""
    connection = sqlite3.connect(f"file:{out / 'results.sqlite'}?mode=ro", uri=True, timeout=10)
    try:
        found = connection.execute("SELECT id, student, result FROM results ORDER BY id")
        return [(number, student, json.loads(result)) for number, student, result in found]
    finally:
        connection.close()


def page(out: Path, student: str) -> str:
    return (out / f"feedback/{student}.md").read_text(encoding="utf-8")


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Three of the class, who take no time."""
    return some_of_the_class(tmp_path / "few", "lovelace_ada", "kovacs_eszter", "dubois_camille")


def some_of_the_class(folder: Path, *students: str) -> Path:
    for student in students:
        shutil.copytree(CLASS / student, folder / student)
    return folder


# The whole class, graded once


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the class was graded, and what was printed."""
    out = tmp_path_factory.mktemp("class") / "grades"
    first = grade(CLASS, out, "--seed", "7", "--jobs", "3")
    assert (first.returncode, first.stderr) == (0, "")
    return out, first.stdout


@pytest.fixture(scope="module")
def results(graded: tuple[Path, str]) -> dict[str, Any]:
    return {student: result for _, student, result in stored(graded[0])}


def test_the_table_of_the_examples_is_this_one() -> None:
    told = (ROOT / "examples/README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` +\|", told, flags=re.MULTILINE)) == set(VERDICTS)
    assert {path.stem for path in CLASS.iterdir()} == set(VERDICTS)


@pytest.mark.parametrize("student", VERDICTS)
def test_every_student_gets_the_verdicts_of_the_table(
    results: dict[str, Any], student: str
) -> None:
    exercises = results[student]["exercises"]
    assert tuple(exercise["exercise"] for exercise in exercises) == EXERCISES
    assert tuple(exercise["verdict"] for exercise in exercises) == VERDICTS[student]
    for exercise in exercises:
        if exercise["verdict"] == "passed":
            assert exercise["points"] == exercise["max_points"]
        elif exercise["verdict"] in NOTHING_GAINED or student in ("mensah_abena", "patel_anjali"):
            assert exercise["points"] == 0
        else:
            assert 0 < exercise["points"] < exercise["max_points"]


def test_those_whose_mistake_is_known_are_told_its_hint_and_nobody_else_is(
    results: dict[str, Any], graded: tuple[Path, str], course: Course
) -> None:
    hints = {name: read_answers(course.exercise(name).folder).hints for name in EXERCISES}
    told = {
        (student, exercise["exercise"]): exercise["hint"]
        for student, result in results.items()
        for exercise in result["exercises"]
        if exercise["hint"]
    }
    assert told == {place: hints[place[1]][mistake] for place, mistake in HINTED.items()}
    for (student, _), hint in told.items():
        assert f"**Hint:** {hint}" in page(graded[0], student)


def test_the_gradebook_has_a_row_for_every_student_and_a_column_for_every_exercise(
    graded: tuple[Path, str], results: dict[str, Any]
) -> None:
    table = rows(graded[0])
    assert list(table[0]) == ["student", *EXERCISES, "points", "max_points", "status"]
    assert [row["student"] for row in table] == sorted(VERDICTS)
    for row in table:
        points = [exercise["points"] for exercise in results[row["student"]]["exercises"]]
        assert [float(row[name]) for name in EXERCISES] == pytest.approx(points, abs=1e-4)
        assert float(row["points"]) == pytest.approx(sum(points), abs=1e-3)
        assert (row["max_points"], row["status"]) == ("10", "complete")


def test_every_student_has_a_page_that_tells_what_failed(
    graded: tuple[Path, str], results: dict[str, Any]
) -> None:
    out, _ = graded
    assert {path.stem for path in (out / "feedback").iterdir()} == set(VERDICTS)
    for student, verdicts in VERDICTS.items():
        told = page(out, student)
        assert told.startswith(f"# {student}\n")
        failed = [name for name, v in zip(EXERCISES, verdicts, strict=True) if v != "passed"]
        assert re.findall(r"^## (\w+)$", told, flags=re.MULTILINE) == failed
        assert told.count("all right") == len(EXERCISES) - len(failed)
        assert "Traceback" not in told
        assert str(ROOT) not in told
    assert "conv2d.py, line 9: SyntaxError: '(' was never closed" in page(out, "mensah_abena")
    assert "layers.py defines conv_2d: is that it?" in page(out, "oconnor_sean")
    assert "importing scipy.ndimage is not allowed" in page(out, "johansen_lars")
    assert "no answer within 5 s: is there an endless loop?" in page(out, "chen_wei")


def test_what_is_printed_is_the_course_the_seed_and_the_table(graded: tuple[Path, str]) -> None:
    out, printed = graded
    lines = printed.splitlines()
    assert lines[0] == f"course: Introduction to Deep Learning ({ROOT})"
    assert lines[1] == f"isolation: {choose('best').level}   seed: 7   24 submissions"
    assert "  lovelace_ada: 10 of 10" in lines
    (row,) = (line for line in lines if line.startswith("chen_wei "))
    assert row.split() == ["chen_wei", "5", "2", "0", "timed_out", "7", "of", "10"]
    assert lines[-1].startswith(f"gradebook: {out / 'gradebook.csv'}")


def test_a_second_run_grades_nothing_and_says_so(graded: tuple[Path, str]) -> None:
    out, _ = graded
    before = stored(out)
    files = [out / "gradebook.csv", *sorted((out / "feedback").iterdir())]
    contents = [path.read_bytes() for path in files]
    again = grade(CLASS, out)
    assert (again.returncode, again.stderr) == (0, "")
    assert f"isolation: {choose('best').level}   seed: 7   24 submissions" in again.stdout
    assert "24 unchanged, not graded again" in again.stdout
    assert stored(out) == before
    assert [path.read_bytes() for path in files] == contents


# What was done before is kept


def test_only_a_changed_hand_in_and_a_new_one_are_graded_again(
    typed: Typed, few: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert typed(*command(few, out)).exit_code == 0
    shutil.copy(CLASS / "lovelace_ada/conv2d.py", few / "kovacs_eszter")
    some_of_the_class(few, "garcia_mateo")
    again = typed(*command(few, out))
    assert again.exit_code == 0
    assert "2 unchanged, not graded again" in again.stdout
    students = [student for _, student, _ in stored(out)]
    assert sorted(students[:3]) == ["dubois_camille", "kovacs_eszter", "lovelace_ada"]
    assert sorted(students[3:]) == ["garcia_mateo", "kovacs_eszter"]
    points = {row["student"]: row["points"] for row in rows(out)}
    assert points["kovacs_eszter"] == points["lovelace_ada"] == "10"
    assert "all right" in page(out, "kovacs_eszter")
    assert "Hint" not in page(out, "kovacs_eszter")


def test_the_seed_belongs_to_the_folder(typed: Typed, few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "seed: 5 " in typed(*command(few, out, "--seed", "5")).stdout
    assert "seed: 5 " in typed(*command(few, out)).stdout
    before = stored(out)
    refused = typed(*command(few, out, "--seed", "6"))
    assert refused.exit_code == 2
    assert "was begun with the seed 5, not 6" in refused.stderr
    assert "--regrade" in refused.stderr
    assert stored(out) == before
    regraded = typed(*command(few, out, "--seed", "6", "--regrade"))
    assert regraded.exit_code == 0
    after = stored(out)
    assert after[:3] == before
    assert [result["seed"] for _, _, result in after] == [5, 5, 5, 6, 6, 6]
    assert "3 unchanged" in typed(*command(few, out)).stdout


def test_without_a_seed_one_is_drawn_and_printed(typed: Typed, few: Path, tmp_path: Path) -> None:
    seeds = []
    for name in ("one", "other"):
        printed = typed(*command(few, tmp_path / name)).stdout
        (told,) = re.findall(r"seed: (\d+) ", printed)
        assert {result["seed"] for _, _, result in stored(tmp_path / name)} == {int(told)}
        seeds.append(told)
    assert seeds[0] != seeds[1]


def test_a_folder_is_for_one_assignment(typed: Typed, few: Path, tmp_path: Path) -> None:
    assert typed(*command(few, tmp_path / "out")).exit_code == 0
    refused = typed(*command(few, tmp_path / "out", "--assignment", "a2"))
    assert refused.exit_code == 2
    assert "holds the results of a1, not of a2" in refused.stderr


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """Nine of the class, each a moment longer at work, so that there is a middle."""
    quick = [student for student in sorted(VERDICTS) if (CLASS / student).is_dir()]
    chosen = [s for s in quick if s not in ("chen_wei", "ivanov_dmitri", "mensah_abena")][:9]
    folder = some_of_the_class(tmp_path / "slow", *chosen)
    for path in sorted(folder.rglob("*.py")):
        if path.name in ("conv2d.py", "homework1.py", "layers.py", "hw1_haddad.py"):
            text = path.read_text(encoding="utf-8")
            path.write_text(f"{text}\n\nimport time\ntime.sleep(0.25)\n", encoding="utf-8")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="kills a process group")
def test_a_batch_that_was_killed_goes_on_and_ends_as_if_it_never_was(
    slow: Path, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert grade(slow, whole, "--seed", "11", "--jobs", "3").returncode == 0
    line = [sys.executable, "-m", "grader", *command(slow, killed, "--seed", "11", "--jobs", "2")]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, start_new_session=True) as batch:
        while count(killed) < 3:
            assert batch.poll() is None
            time.sleep(0.01)
        os.killpg(batch.pid, signal.SIGKILL)
    before = stored(killed)
    assert 3 <= len(before) < 9
    assert not (killed / "gradebook.csv").exists()
    again = grade(slow, killed)
    assert (again.returncode, again.stderr) == (0, "")
    assert f"{len(before)} unchanged, not graded again" in again.stdout
    after = stored(killed)
    assert after[: len(before)] == before
    assert len(after) == 9
    gradebook = (whole / "gradebook.csv").read_bytes()
    assert (killed / "gradebook.csv").read_bytes() == gradebook
    assert gradebook.count(b"\n") == 10
    for student in VERDICTS:
        if (whole / f"feedback/{student}.md").exists():
            assert page(killed, student) == page(whole, student)


def test_two_batches_do_not_work_in_one_folder(few: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Lock(out):
        refused = grade(few, out)
        assert refused.returncode == 3
        assert f"another `grade batch` is at work in {out}" in refused.stderr
        assert "try: wait until it has ended" in refused.stderr
    assert grade(few, out).returncode == 0


def count(out: Path) -> int:
    try:
        return len(stored(out))
    except sqlite3.OperationalError:  # it is not made yet
        return 0


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux's way to watch a process")
def test_a_batch_that_was_killed_leaves_no_process_and_no_folder_behind(tmp_path: Path) -> None:
    (tmp_path / "class/eve").mkdir(parents=True)
    (tmp_path / "class/eve/conv2d.py").write_text(LOOP.format(note=tmp_path / "note"))
    words = command(tmp_path / "class", tmp_path / "out", "--isolation", "none")  # it writes
    line = [sys.executable, "-m", "grader", *words]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, start_new_session=True) as batch:
        while not (tmp_path / "note").exists():
            assert batch.poll() is None
            time.sleep(0.01)
        looping, started, folder = (tmp_path / "note").read_text().split()
        assert is_running(looping)
        assert is_running(started)
        os.killpg(batch.pid, signal.SIGKILL)
    until = time.monotonic() + 5
    while time.monotonic() < until and (is_running(looping) or is_running(started)):
        time.sleep(0.02)
    assert not is_running(looping)
    assert not is_running(started)
    assert not Path(folder).exists()


@pytest.mark.skipif(choose("best").level == "none", reason="no confined level here")
def test_what_a_batch_has_started_ends_with_its_first_process(tmp_path: Path) -> None:
    (tmp_path / "class/eve").mkdir(parents=True)
    (tmp_path / "class/eve/conv2d.py").write_text("while True:\n    conv2d = 1\n")
    words = command(tmp_path / "class", tmp_path / "out", "--isolation", "best", "--jobs", "2")
    line = [sys.executable, "-m", "grader", *words]
    before = confined_processes()
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, env=quiet(tmp_path)) as batch:
        until = time.monotonic() + 30
        begun = tmp_path / "out/results.sqlite"  # before it, the self-test has children too
        # What forks, and its child.
        while not begun.exists() or len(confined_processes() - before) < 2:
            assert batch.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        os.kill(batch.pid, signal.SIGKILL)
    until = time.monotonic() + 5
    while confined_processes() - before and time.monotonic() < until:
        time.sleep(0.02)
    assert confined_processes() - before == set()
    while list((tmp_path / "tmp").iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    assert list((tmp_path / "tmp").iterdir()) == []


def quiet(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tmp").mkdir()
    return {**os.environ, "TMPDIR": str(tmp_path / "tmp")}


def confined_processes() -> set[str]:
    """Return the processes that fork submissions, and those submissions."""
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"\0--zygote\0" in (path / "cmdline").read_bytes():
                found.add(path.name)
    return found


LOOP = """
import os, subprocess

started = subprocess.Popen(["sleep", "60"]).pid
with open("draft", "w") as file:
    print(os.getpid(), started, os.getcwd(), file=file)
os.rename("draft", '{note}')
while True:
    conv2d = 1
"""


def is_running(process: str) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2][0]
    except OSError:
        return False
    return state != "Z"


# Hidden cases stay hidden


SPY = """
import builtins

builtins.seen = []


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    seen.append(x.tolist())
    print("saw", x.tolist())
    raise ValueError(f"saw {x.tolist()} {weight.tolist()}")


def max_pool2d(x, kernel_size, stride=None, padding=0):
    seen.append(x.tolist())
    print("saw", seen[-2])
    raise ValueError(f"saw {seen[-1]}")
"""


def test_hidden_inputs_and_answers_reach_no_student(
    typed: Typed, tmp_path: Path, course: Course
) -> None:
    (tmp_path / "class/eve").mkdir(parents=True)
    (tmp_path / "class/eve/all.py").write_text(SPY, encoding="utf-8")
    out = tmp_path / "out"
    graded = typed(*command(tmp_path / "class", out, "--seed", "9"))
    assert graded.exit_code == 0
    told = page(out, "eve") + graded.output
    for name in ("conv2d", "max_pool2d"):
        exercise = course.exercise(name)
        public = list(rows_of_numbers(public_cases(exercise)))
        hidden = set(rows_of_numbers(hidden_cases(exercise, 9))) - set(public)
        assert any(row in told for row in public), "the page tells no inputs at all"
        assert len(hidden) > 50
        assert [row for row in hidden if row in told] == []
        assert "hidden cases failed" in told
    for _, _, result in stored(out):
        for exercise in result["exercises"]:
            messages = [c["message"] for c in exercise["cases"] if c["case"].endswith("-hidden")]
            assert set(messages) == {""}
    assert "-hidden" not in told


def rows_of_numbers(cases: Any) -> Iterator[str]:
    """Yield every row of at least two numbers among the inputs, as a list is printed."""
    for case in cases:
        arrays = [value for value in case.inputs.values() if isinstance(value, np.ndarray)]
        for array in arrays:
            if array.shape[-1] > 1:
                yield from (str(row) for row in array.reshape(-1, array.shape[-1]).tolist())


# Our own faults


def judge_that_fails_on(mark: float, error: Exception) -> Callable[..., Judgement]:
    right = ArraysJudge.judge

    def judge(self: ArraysJudge, solved: Any, actual: Any) -> Judgement:
        if isinstance(actual, np.ndarray) and mark in actual:
            raise error
        return right(self, solved, actual)

    return judge


@pytest.mark.parametrize(
    ("error", "verdicts"),
    [
        (RuntimeError("our bug"), ("infrastructure", "infrastructure", "infrastructure")),
        (CourseError("a course's bug"), ("course_error", "passed", "passed")),
    ],
    ids=["grader", "course"],
)
def test_our_own_fault_costs_no_points_and_is_tried_again(
    typed: Typed,
    few: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    verdicts: tuple[str, ...],
) -> None:
    path = few / "lovelace_ada/conv2d.py"
    code = path.read_text(encoding="utf-8")
    wrong = "\n\nright = conv2d\n\n\ndef conv2d(**inputs):\n    return 0 * right(**inputs) + 4321\n"
    path.write_text(code + wrong, encoding="utf-8")
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr(ArraysJudge, "judge", judge_that_fails_on(4321, error))
        failed = typed(*command(few, out))
    assert failed.exit_code == 3
    assert "the grader failed on lovelace_ada" in failed.stderr
    row = {row["student"]: row for row in rows(out)}["lovelace_ada"]
    assert (row["conv2d"], row["points"], row["status"]) == ("", "", "incomplete")
    told = {student: result for _, student, result in stored(out)}
    assert tuple(e["verdict"] for e in told["lovelace_ada"]["exercises"]) == verdicts
    assert told["lovelace_ada"]["points"] is None
    assert "this costs you nothing" in page(out, "lovelace_ada")
    assert "our bug" not in page(out, "lovelace_ada")
    assert {row["status"] for row in rows(out)} == {"complete", "incomplete"}
    again = typed(*command(few, out))
    assert (again.exit_code, again.stderr) == (0, "")
    assert "2 unchanged, not graded again" in again.stdout
    row = {row["student"]: row for row in rows(out)}["lovelace_ada"]
    assert (row["conv2d"], row["points"], row["status"]) == ("0", "5", "complete")


def test_the_trouble_is_told_to_staff_with_its_place(
    typed: Typed, few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = judge_that_fails_on(82.0, RuntimeError("our bug"))
    monkeypatch.setattr(ArraysJudge, "judge", broken)
    failed = typed(*command(few, tmp_path / "out"))
    assert failed.exit_code == 3
    assert "lovelace_ada: the grader failed\nTraceback" in failed.stderr
    assert "RuntimeError: our bug" in failed.stderr
    assert "try: the same command again" in failed.stderr
