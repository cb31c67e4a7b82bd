"""The command line, as it is typed."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from grader import __version__
from grader.border import proof
from grader.border.proof import Proof, choose
from grader.cli import COMMANDS, grade
from grader.course.course import Course
from grader.results import SCHEMA

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FLIPPED = "Your kernel is flipped: deep learning lays it on the image as it is"
Typed = Callable[..., Result]
Copied = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder, in which the commands are typed; outside any course."""
    home = tmp_path / "student"
    home.mkdir()
    monkeypatch.chdir(home)
    return home


def solution(name: str) -> str:
    return (ROOT / "exercises" / name / "solution.py").read_text(encoding="utf-8")


def starter(name: str) -> str:
    return (ROOT / "exercises" / name / "starter.py").read_text(encoding="utf-8")


def mistaken(name: str, mistake: str) -> str:
    path = ROOT / "exercises" / name / "misconceptions.py"
    return f"{path.read_text(encoding='utf-8')}\n\n{name} = {mistake}\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_an_example_and_the_readme_knows_the_command(
    typed: Typed, name: str
) -> None:
    told = typed(name, "--help")
    assert told.exit_code == 0
    assert told.output.rstrip().splitlines()[-1].strip().startswith(f"Example: grade {name}")
    assert f"grade {name}" in README
    assert told.output.startswith(f"Usage: grade {name}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    command = grade.get_command(click.Context(grade), name)
    assert command is not None
    options = [option for option in command.params if isinstance(option, click.Option)]
    # Only the machine's own state needs no course.
    assert name == "doctor" or "course" in {option.name for option in options}
    assert [option.name for option in options if not option.help] == []


def test_the_help_lists_every_command_in_the_order_of_use(typed: Typed) -> None:
    told = typed("--help").output
    found = re.findall(r"^  (\w+)  ", told.partition("Commands:")[2], flags=re.MULTILINE)
    assert found == list(COMMANDS)
    assert "Example: grade check conv2d.py" in told


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_of_the_help_works(
    typed: Typed, copied_course: Copied, folder: Path, name: str
) -> None:
    course = copied_course("conv2d", "softmax")
    write(folder, conv2d=solution("conv2d"))
    (folder / "submissions/ada").mkdir(parents=True)
    write(folder / "submissions/ada", conv2d=solution("conv2d"))
    example = typed(name, "--help").output.rpartition("Example: ")[2]
    _, *words = shlex.split(example)
    ran = typed(*words, GRADE_COURSE=str(course))
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert len(ran.stdout) > 50


def test_the_version_is_told(typed: Typed) -> None:
    assert typed("--version").output == f"grade, version {__version__}\n"


def test_the_command_is_the_module(folder: Path) -> None:
    script = shutil.which("grade", path=str(Path(sys.executable).parent))
    assert script is not None
    by_name = subprocess.run([script, "list"], capture_output=True, text=True)
    by_module = subprocess.run(
        [sys.executable, "-m", "grader", "list"], capture_output=True, text=True
    )
    assert by_name.stdout == by_module.stdout
    assert "conv2d" in by_name.stdout
    assert (by_name.returncode, by_name.stderr) == (0, "")


# What is not there


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("chek", "there is no command 'chek', did you mean 'check'?"),
        ("check --exercize conv2d", "No such option '--exercize'"),
        ("show softmx", "there is no exercise 'softmx', did you mean 'softmax'?"),
        ("check --exercise con2d", "there is no exercise 'con2d', did you mean 'conv2d'?"),
        ("verify momentun", "there is no exercise 'momentun', did you mean 'momentum'?"),
        (
            "start max_pool",
            "there is no assignment or exercise 'max_pool', did you mean 'max_pool2d'?",
        ),
        ("start a9", "there is no assignment or exercise 'a9'"),
        (
            "batch . -a a9 --out out --isolation none",
            "there is no assignment 'a9' (there are: a1, a2, a3, a4, a5, a6)",
        ),
        ("batch . --out out", "Missing option '--assignment'"),
        (
            "check --case elte-conv-5x4",
            "there is no case 'elte-conv-5x4', did you mean 'elte-conv-5x5",
        ),
        ("check nosuch.py", "nosuch.py is not there"),
        ("check note.txt", "note.txt is not a Python file"),
        ("check empty", "no exercise of the course was found (read: no Python file)"),
        ("list nosuch", "nosuch is not there"),
        ("list --course empty", "empty is no course: it has no assignments.yaml"),
        ("check --course nosuch", "nosuch is no course: it has no assignments.yaml"),
        ("batch nosuch -a a1 --out out --isolation none", "nosuch is not a folder of submissions"),
        ("batch empty -a a1 --out out --isolation none", "empty holds no submissions"),
        ("batch . -a a1 --out out --jobs 0", "0 is not in the range x>=1"),
        ("batch . -a a1 --out out --isolation strongest", "'strongest' is not one of 'full'"),
        ("new Softmax", "'Softmax' is no name for an exercise"),
        ("new lambda", "'lambda' is no name for an exercise"),
        ("new softmax", "softmax is there already"),
        ("start a1 note.txt", "is a file"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    typed: Typed, folder: Path, line: str, says: str
) -> None:
    write(folder, conv2d=solution("conv2d"))
    (folder / "note.txt").write_text("Hello", encoding="utf-8")
    (folder / "empty").mkdir()
    refused = typed(*line.split())
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert [told for told in refused.stderr.splitlines() if says in told] != []
    assert len(refused.stderr.splitlines()) <= 5
    assert "Traceback" not in refused.stderr
    assert not (folder / "out").exists()


def test_a_course_named_by_the_environment_has_to_be_there(typed: Typed, folder: Path) -> None:
    refused = typed("list", GRADE_COURSE=str(folder))
    assert refused.exit_code == 2
    assert f"{folder} is no course" in refused.stderr


def test_the_course_is_found_upward_from_here(
    typed: Typed, copied_course: Copied, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = copied_course("softmax")
    below = course / "exercises/softmax"
    monkeypatch.chdir(below)
    assert f"A course of copies ({course})" in typed("list").output


def test_a_malformed_course_is_our_fault_and_the_place_is_told(
    typed: Typed, copied_course: Copied
) -> None:
    course = copied_course("softmax")
    (course / "assignments.yaml").write_text("course: C\nassignments:\n  a1: {titel: X}\n")
    refused = typed("list", "--course", course)
    assert refused.exit_code == 3
    assert "assignments.yaml:3:8: unknown key 'titel', did you mean 'title'?" in refused.stderr


def test_an_assignment_of_an_exercise_that_is_not_there_is_our_fault(
    typed: Typed, copied_course: Copied
) -> None:
    course = copied_course("softmax")
    text = (course / "assignments.yaml").read_text(encoding="utf-8")
    (course / "assignments.yaml").write_text(text.replace("softmax: 2", "softmin: 2"))
    refused = typed("list", "--course", course)
    assert refused.exit_code == 3
    assert "assignments.yaml names 'softmin', which has no folder" in refused.stderr
    assert "try: grade verify" in refused.stderr


# list, show, start


def test_list_tells_the_course_and_how_the_files_stand(typed: Typed, folder: Path) -> None:
    write(folder, conv2d=solution("conv2d"), softmax=starter("softmax"))
    lines = typed("list").stdout.splitlines()
    assert lines[0] == f"Introduction to Deep Learning ({ROOT})"
    rows = {words[0]: line for line in lines if (words := line.removeprefix("a1").split())}
    conv2d = next(line for line in lines if line.startswith("a1"))
    assert re.fullmatch(r"a1 +conv2d +5 +Two-dimensional convolution +conv2d\.py *", conv2d)
    assert rows["softmax"].rstrip().endswith("softmax.py (as started)")
    assert rows["momentum"].rstrip().endswith(" -")


def test_list_as_json_is_the_assignments(typed: Typed, copied_course: Copied) -> None:
    listed = typed("list", "--json", "--course", copied_course("softmax", "conv2d"))
    exercises = [{"exercise": "softmax", "points": 2.0}, {"exercise": "conv2d", "points": 2.0}]
    assert json.loads(listed.stdout) == {
        "course": "A course of copies",
        "assignments": [{"assignment": "a1", "title": "Copies", "exercises": exercises}],
    }


def test_show_tells_the_task_the_call_and_the_points(typed: Typed, course: Course) -> None:
    for name in course.exercise_names:
        exercise = course.exercise(name)
        shown = typed("show", name)
        assert shown.exit_code == 0
        assert shown.stdout.startswith((exercise.folder / "README.md").read_text(encoding="utf-8"))
        assert f"Worth {course.points(name):g} point" in shown.stdout
        called = f"It is called as {exercise.call}." in shown.stdout
        assert called == (exercise.kind != "sheet")
        for argument in exercise.arguments if called else ():
            assert re.search(rf"^{argument.name} +{argument.dtype}", shown.stdout, re.MULTILINE)


def test_start_writes_the_starters_of_an_assignment(typed: Typed, folder: Path) -> None:
    started = typed("start", "a1", "new/homework")
    assert started.exit_code == 0
    for name in ("conv2d", "conv_output_size", "max_pool2d"):
        path = folder / f"new/homework/{name}.py"
        assert path.read_text(encoding="utf-8") == starter(name)
        assert f"wrote new/homework/{name}.py" in started.stdout
    assert len(list((folder / "new/homework").iterdir())) == 3
    assert "check with: grade check new/homework" in started.stdout


def test_start_never_overwrites(typed: Typed, folder: Path) -> None:
    write(folder, conv2d="mine = 1\n")
    started = typed("start", "a1")
    assert started.exit_code == 0
    assert (folder / "conv2d.py").read_text() == "mine = 1\n"
    assert "kept  conv2d.py: it is there already" in started.stdout
    assert (folder / "max_pool2d.py").is_file()
    assert typed("start", "conv2d").exit_code == 0
    assert (folder / "conv2d.py").read_text() == "mine = 1\n"


def test_start_of_nothing_makes_no_folder(typed: Typed, folder: Path) -> None:
    assert typed("start", "a7", "homework").exit_code == 2
    assert list(folder.iterdir()) == []


# check


def test_check_passes_what_is_right(typed: Typed, folder: Path) -> None:
    write(folder, conv2d=solution("conv2d"))
    checked = typed("check", "conv2d.py")
    assert (checked.exit_code, checked.stderr) == (0, "")
    passed = r"✓ conv2d: 5 of 5 points, (\d+) of \1 cases passed\n"
    assert re.match(passed, checked.stdout)
    assert "not found here: conv_output_size, max_pool2d" in checked.stdout


def test_the_flipped_kernel_passes_the_famous_case_and_is_told_what_it_is(
    typed: Typed, folder: Path
) -> None:
    write(folder, my_conv=mistaken("conv2d", "kernel_flipped"))
    told = json.loads(typed("check", "my_conv.py", "--json").stdout)
    (exercise,) = told["exercises"]
    verdicts = {case["case"]: case["verdict"] for case in exercise["cases"]}
    assert verdicts["elte-conv-5x5"] == "passed"
    assert verdicts["elte-vertical-edge-window"] == "wrong"
    assert exercise["hint"].startswith(FLIPPED)
    assert 0 < told["points"] < told["max_points"] == 5
    checked = typed("check", "my_conv.py")
    assert checked.exit_code == 1
    assert f"  hint: {FLIPPED}" in checked.stdout
    assert "got -1.0, expected 1.0 (slide: 1)" in checked.stdout


def test_check_as_json_is_the_result_of_the_design(
    typed: Typed, folder: Path, course: Course
) -> None:
    write(
        folder,
        softmax=mistaken("softmax", "axis_always_last"),
        cross_entropy=starter("cross_entropy"),
    )
    checked = typed("check", "--json")
    assert checked.exit_code == 1
    told = json.loads(checked.stdout)
    assert list(told) == [
        *("schema", "course", "course_version", "grader_version", "assignment", "isolation"),
        *("seed", "points", "max_points", "exercises"),
    ]
    facts = (SCHEMA, course.title, course.version, __version__, "a2", "none", None)
    assert tuple(told.values())[:7] == facts
    assert told["max_points"] == 6.0
    assert told["points"] == pytest.approx(sum(e["points"] for e in told["exercises"]))
    for exercise in told["exercises"]:
        names = ["exercise", "points", "max_points", "verdict", "hint", "cases", "cpu_seconds"]
        assert list(exercise) == names
        assert sum(case["max_points"] for case in exercise["cases"]) == pytest.approx(3, abs=1e-4)
        for case in exercise["cases"]:
            names = ["case", "verdict", "points", "max_points", "message", "seconds"]
            assert list(case) == names
    verdicts = [(e["exercise"], e["verdict"]) for e in told["exercises"]]
    assert verdicts == [("softmax", "wrong"), ("cross_entropy", "no_answer")]


def test_check_of_several_files_tells_the_sum(typed: Typed, folder: Path) -> None:
    write(folder, conv2d=solution("conv2d"), mine=mistaken("max_pool2d", "padding_of_zeros"))
    checked = typed("check", "conv2d.py", "mine.py")
    assert checked.exit_code == 1
    assert "✓ conv2d: 5 of 5 points" in checked.stdout
    assert "✗ max_pool2d: 2." in checked.stdout
    assert re.search(r"^7\.\d+ of 8 points\. Advice only", checked.stdout, re.MULTILINE)
    assert "not found here: conv_output_size\n" in checked.stdout


def test_check_without_a_path_reads_this_folder_and_those_in_it(typed: Typed, folder: Path) -> None:
    (folder / "week1/src").mkdir(parents=True)
    write(folder / "week1/src", conv2d=solution("conv2d"))
    write(folder, other=solution("softmax"))
    checked = typed("check")
    assert checked.exit_code == 0
    assert "✓ conv2d" in checked.stdout
    assert "✓ softmax" in checked.stdout


def test_a_single_file_may_import_its_neighbour(typed: Typed, folder: Path) -> None:
    write(
        folder,
        helper=solution("conv2d").replace("def conv2d", "def correlate"),
        mine="import helper\n\n\ndef conv2d(*a, **k):\n    return helper.correlate(*a, **k)\n",
    )
    assert typed("check", "mine.py").exit_code == 0


def test_two_files_with_the_function_are_both_named(typed: Typed, folder: Path) -> None:
    write(folder, first=solution("conv2d"), second=solution("conv2d"))
    checked = typed("check")
    assert checked.exit_code == 1
    assert "conv2d is in two files: first.py and second.py; keep one" in checked.stdout


def test_two_paths_with_files_of_one_name_are_not_mixed_up(typed: Typed, folder: Path) -> None:
    for name, text in [("old", mistaken("conv2d", "kernel_flipped")), ("new", solution("conv2d"))]:
        (folder / name).mkdir()
        write(folder / name, conv2d=text)
    refused = typed("check", "old", "new")
    assert refused.exit_code == 2
    assert "conv2d.py is in two of the paths" in refused.stderr
    assert typed("check", "new", "new/conv2d.py").exit_code == 0


def test_a_function_of_a_similar_name_is_asked_about(typed: Typed, folder: Path) -> None:
    write(folder, layers=solution("conv2d").replace("def conv2d", "def conv_2d"))
    checked = typed("check")
    assert checked.exit_code == 1
    assert "no file defines conv2d; layers.py defines conv_2d: is that it?" in checked.stdout


def test_nothing_found_tells_what_was_read(typed: Typed, folder: Path) -> None:
    write(folder, notes="x = 1\n", plots="y = 2\n")
    refused = typed("check")
    assert refused.exit_code == 2
    assert "no exercise of the course was found (read: notes.py, plots.py)" in refused.stderr
    assert "try: grade list" in refused.stderr


def test_an_exercise_asked_for_by_name_that_is_not_there_is_no_answer(
    typed: Typed, folder: Path
) -> None:
    write(folder, notes="x = 1\n")
    checked = typed("check", "--exercise", "conv2d")
    assert checked.exit_code == 1
    assert "no file defines conv2d" in checked.stdout


def test_one_case_is_shown_with_its_inputs_and_answer(typed: Typed, folder: Path) -> None:
    write(folder, conv2d=mistaken("conv2d", "kernel_flipped"), softmax=solution("softmax"))
    checked = typed("check", "--case", "elte-vertical-edge-window")
    assert checked.exit_code == 1
    assert "✗ conv2d: 0 of 5 points, 0 of 1 cases passed" in checked.stdout
    assert "x = array([[[[2., 5., 3.]," in checked.stdout
    assert "weight = array([[[[ 1.,  0., -1.]," in checked.stdout
    assert "expected: array([[[[1.]]]])" in checked.stdout
    assert "softmax" not in checked.stdout
    told = json.loads(typed("check", "--case", "elte-conv-5x5", "--json").stdout)
    (exercise,) = told["exercises"]
    assert [case["case"] for case in exercise["cases"]] == ["elte-conv-5x5"]


def test_the_command_to_try_shows_the_case(typed: Typed, folder: Path) -> None:
    (folder / "my work").mkdir()
    write(folder / "my work", conv2d=mistaken("conv2d", "kernel_flipped"))
    (line,) = (li for li in typed("check", "my work").stdout.splitlines() if "try: grade" in li)
    _, *words = shlex.split(line.partition("try: ")[2])
    again = typed(*words)
    assert again.exit_code == 1
    assert "expected: array([[[[1.]]]])" in again.stdout


def test_a_crash_names_the_line_and_no_line_of_ours(typed: Typed, folder: Path) -> None:
    write(folder, softmax="def softmax(x, axis=-1):\n    y = [1, 2]\n    return y[len(x)] + y[9]\n")
    checked = typed("check")
    assert checked.exit_code == 1
    assert "softmax.py, line 3, in softmax: IndexError: list index out of range" in checked.stdout
    assert "Traceback" not in checked.output
    assert "grader" not in checked.output


def test_frozen_answers_that_are_stale_are_not_used_and_can_be_renewed(
    typed: Typed, copied_course: Copied, folder: Path
) -> None:
    course = copied_course("softmax", "conv_output_size")
    cases = course / "exercises/softmax/cases.py"
    cases.write_text(cases.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    write(folder, softmax=solution("softmax"), conv_output_size=solution("conv_output_size"))
    refused = typed("check", "softmax.py", "--course", course)
    assert refused.exit_code == 3
    assert refused.stdout == ""
    assert "softmax: cases.py changed after answers.bin was frozen" in refused.stderr
    (line,) = (line for line in refused.stderr.splitlines() if "try: grade" in line)
    assert typed("check", "conv_output_size.py", "--course", course).exit_code == 0
    _, *words = shlex.split(line.partition("try: ")[2])
    assert typed(*words, "--course", course).exit_code == 0
    assert typed("check", "softmax.py", "--course", course).exit_code == 0


# verify, new, batch


def test_verify_as_json_tells_every_exercise(typed: Typed, copied_course: Copied) -> None:
    verifying = typed("verify", "--json", "--course", copied_course("softmax", "conv_output_size"))
    assert verifying.exit_code == 0
    told = json.loads(verifying.stdout)
    assert list(told) == ["in_order", "exercises", "assignments"]
    assert (told["in_order"], told["assignments"]) == (True, [])
    for exercise in told["exercises"]:
        assert list(exercise) == ["exercise", "findings", "cases", "printed", "errata", "passes"]
        assert exercise["findings"] == []
        assert all(len(row) == exercise["cases"] for row in exercise["passes"].values())


def test_verify_prints_which_mistake_passes_which_case(typed: Typed, copied_course: Copied) -> None:
    verifying = typed("verify", "softmax", "--course", copied_course("softmax"))
    row = re.search(r"keepdims_forgotten +([x·]+)  caught by (\d+) of (\d+)", verifying.stdout)
    assert row is not None
    marks, caught, cases = row.groups()
    assert (marks.count("x"), len(marks)) == (int(caught), int(cases))
    assert 0 < int(caught) < int(cases)


def test_a_new_exercise_works_and_verifies_up_to_its_todos(
    typed: Typed, copied_course: Copied, folder: Path
) -> None:
    course = copied_course("softmax")
    made = typed("new", "row_mean", "--course", course)
    assert (made.exit_code, made.stderr) == (0, "")
    assert "next: grade verify row_mean" in made.stdout
    new = course / "exercises/row_mean"
    told = json.loads(typed("verify", "row_mean", "--json", "--course", course).stdout)
    findings = told["exercises"][0]["findings"]
    assert {finding["check"] for finding in findings} == {"folder complete"}
    assert all("a TODO is left" in finding["problem"] for finding in findings)
    assert len(findings) >= 10
    for path in new.iterdir():
        if path.suffix != ".bin":
            text = path.read_text(encoding="utf-8")
            assert "new_exercise" not in text
            path.write_text(text.replace("TODO", "Done"), encoding="utf-8")
    assert typed("verify", "row_mean", "--freeze", "--course", course).exit_code == 0
    shutil.copy(new / "solution.py", folder / "row_mean.py")
    assert typed("check", "--course", course).exit_code == 0
    assert typed("start", "row_mean", "begun", "--course", course).exit_code == 0
    assert "not written yet" in typed("check", "begun", "--course", course).stdout


def test_isolation_that_is_not_proved_is_refused_with_the_next_step(
    typed: Typed, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "class/ada").mkdir(parents=True)
    write(folder / "class/ada", conv2d=solution("conv2d"))
    missing = "bubblewrap is not installed"
    monkeypatch.setattr(proof, "prove", lambda level: Proof(level, unavailable=missing))
    words = ("batch", "class", "--assignment", "a1", "--out", "out", "--isolation", "full")
    refused = typed(*words)
    assert refused.exit_code == 3
    assert f"isolation 'full' is not proved on this machine: {missing}" in refused.stderr
    assert "try: apt install bubblewrap" in refused.stderr
    assert not (folder / "out").exists()


def test_batch_as_json_keeps_the_result_of_each_student(typed: Typed, folder: Path) -> None:
    (folder / "class/ada").mkdir(parents=True)
    write(folder / "class/ada", max_pool2d=solution("max_pool2d"))
    words = ("batch", "class", "-a", "a1", "--out", "out", "--isolation", "best", "--seed", "5")
    graded = typed(*words, "--json")
    assert graded.exit_code == 0
    told = json.loads(graded.stdout)
    assert {name: told[name] for name in told if name != "students"} == {
        "assignment": "a1",
        "seed": 5,
        "isolation": choose("best").level,
    }
    assert list(told["students"]) == ["ada"]
    checked = json.loads(typed("check", "class/ada", "--json").stdout)
    assert list(told["students"]["ada"]) == list(checked)
    assert told["students"]["ada"]["schema"] == SCHEMA
    assert told["students"]["ada"]["points"] == 3


# Terminals, pipes, signals, imports


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "grader", *words]
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def in_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Return what a command prints on a terminal."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "grader", *words]
    whole = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment
    with subprocess.Popen(command, cwd=folder, env=whole, stdout=theirs, stderr=theirs):
        os.close(theirs)
        printed = b""
        try:
            while chunk := os.read(ours, 1 << 16):
                printed += chunk
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return printed.decode()


def test_colour_is_for_terminals_and_can_be_refused(folder: Path) -> None:
    write(folder, conv2d=mistaken("conv2d", "kernel_flipped"))
    piped = run(folder, "check")
    assert piped.returncode == 1
    assert "✗ conv2d" in piped.stdout
    assert "\x1b" not in piped.stdout + piped.stderr
    coloured = in_a_terminal(folder, "check")
    assert "\x1b[31m✗\x1b[0m" in coloured
    plain = in_a_terminal(folder, "check", NO_COLOR="1")
    assert "✗ conv2d" in plain
    assert "\x1b" not in plain


@pytest.mark.parametrize("words", [("list",), ("--help",), ("show", "conv2d"), ("check", "--json")])
def test_a_reader_who_leaves_early_is_no_error(folder: Path, words: tuple[str, ...]) -> None:
    write(folder, conv2d=mistaken("conv2d", "kernel_flipped"))
    ours, theirs = os.pipe()
    os.close(ours)
    command = [sys.executable, "-m", "grader", *words]
    left = subprocess.run(command, cwd=folder, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    assert (left.returncode, left.stderr) == (0, "")


@pytest.fixture
def heeded() -> Iterator[None]:
    """Let children heed control-C: a script that a shell starts with & ignores it, and they too."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGINT to send")
def test_control_c_ends_an_endless_loop_at_once(folder: Path) -> None:
    write(
        folder,
        softmax="def softmax(x, axis=-1):\n    open(MARK, 'w')\n    while True:\n        pass\n\n\n"
        f"MARK = {str(folder / 'begun')!r}\n",
    )
    command = [sys.executable, "-m", "grader", "check"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as checking:
        while not (folder / "begun").exists():
            assert checking.poll() is None
            time.sleep(0.02)
        began = time.monotonic()
        checking.send_signal(signal.SIGINT)
        _, told = checking.communicate()
    assert time.monotonic() - began < 4
    assert told.strip() == "grade: stopped"
    assert checking.returncode == 130


HEAVY = {"numba", "matplotlib", "pydantic", "tabulate", "reference", "jinja2", "scipy", "llvmlite"}


def imported(folder: Path, *words: str) -> set[str]:
    """Return the packages that a command has imported when it ends."""
    code = f"""
import atexit, sys
sys.argv = ["grade", *{list(words)!r}]
names = lambda: print("IMPORTED", *{{name.partition(".")[0] for name in sys.modules}})
atexit.register(names)
from grader.cli import main
main()
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert ran.stderr == ""
    return set(ran.stdout.partition("IMPORTED ")[2].split())


def test_commands_import_what_they_need_and_no_more(folder: Path) -> None:
    write(folder, conv2d=solution("conv2d"))
    checking = imported(folder, "check")
    assert {"numpy", "yaml"} <= checking
    assert not checking & HEAVY
    assert not imported(folder, "check", "--help") & (HEAVY | {"numpy", "yaml"})
    assert not imported(folder, "--help") & (HEAVY | {"numpy", "yaml"})
    listing = imported(folder, "list")
    assert "tabulate" in listing
    assert not listing & (HEAVY - {"tabulate"})


def test_a_helper_in_the_file_of_another_exercise_is_no_attempt(typed: Typed, folder: Path) -> None:
    """Its name may be near to an entry point, as `max_pool` is to max_pool2d."""
    helper = "\n\ndef max_pool(x):\n    return x\n"
    (folder / "softmax.py").write_text(solution("softmax") + helper, encoding="utf-8")
    checked = typed("check", folder / "softmax.py")
    assert checked.exit_code == 0
    assert "max_pool2d" not in checked.output
    (folder / "mine.py").write_text(helper, encoding="utf-8")
    assert "mine.py defines max_pool: is that it?" in typed("check", folder / "mine.py").output
