"""The course as its author wrote it: every mistake has its place, and no answer is stale."""

import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.border import frames
from grader.course.answers import FILE, read_answers, read_fields, seal
from grader.course.case import hidden_cases, public_cases
from grader.course.course import Course, find_course, load_course
from grader.course.exercise import HANDOUT, Exercise
from grader.course.manifest import course_fields, exercise_fields
from grader.errors import CourseError, GradeError, StaleAnswers, UsageError
from grader.verify.course_check import renew

Copied = Callable[..., Path]

# exercise.yaml and assignments.yaml: every mistake at once, each with its place.

FAULTY_EXERCISE = """\
title: Edges
entry_pont: edges
topic: 5
arguments:
  x: {dtpye: float, dtype: float}
  shape: {dtype: float, shpae: [N]}
  2x: {dtype: float}
  z: float
oracle: reference.conv2d
harness: harness.py
tolerance:
  float64: {relative: -1, absoulte: 0}
  float16: {relative: 0}
limits: {seconds: 0, memory_mib: 8}
seed: -3
groups: {}
libraries: numpy
strict_dtype: maybe
forbidden_import: [torch]
"""
EXERCISE_FAULTS = [
    (1, 1, "the key 'entry_point' is missing"),
    (2, 1, "unknown key 'entry_pont', did you mean 'entry_point'?"),
    (3, 1, "got 5"),
    (5, 7, "unknown key 'dtpye', did you mean 'dtype'?"),
    (6, 25, "unknown key 'shpae', did you mean 'shape'?"),
    (7, 3, "expected a Python name, got '2x'"),
    (8, 3, "got 'float'"),
    (9, 1, "expected package:function or ./file.py:function, got 'reference.conv2d'"),
    (10, 1, "expected a file of this folder: ./name.py, got 'harness.py'"),
    (12, 13, "greater than or equal to 0, got -1"),
    (12, 27, "unknown key 'absoulte', did you mean 'absolute'?"),
    (13, 3, "unknown key 'float16', did you mean"),
    (14, 10, "greater than 0, got 0"),
    (14, 22, "greater than or equal to 256, got 8"),
    (15, 1, "greater than or equal to 0, got -3"),
    (16, 1, "at least 1 item"),
    (17, 1, "a valid list, got 'numpy'"),
    (18, 1, "a valid boolean"),
    (19, 1, "unknown key 'forbidden_import', did you mean 'forbidden_imports'?"),
]
FAULTY_COURSE = """\
cuorse: Deep Learning
assignments:
  a1: {title: t, exercises: {conv2d: 0, softmax: five, relu: -1}}
  a2: {titel: t, exercises: {}}
  a3: {title: t, exercises: [conv2d]}
  a4:
"""
COURSE_FAULTS = [
    (1, 1, "the key 'course' is missing"),
    (1, 1, "unknown key 'cuorse', did you mean 'course'?"),
    (3, 30, "greater than 0, got 0"),
    (3, 41, "a valid number"),
    (3, 56, "greater than 0, got -1"),
    (4, 3, "the key 'title' is missing"),
    (4, 8, "unknown key 'titel', did you mean 'title'?"),
    (4, 18, "at least 1 item"),
    (5, 18, "a valid dictionary"),
    (6, 3, "got None"),
]


def complaints(path: Path, error: CourseError) -> list[tuple[int, int, str]]:
    """Return (line, column, message) of each complaint; the line itself is shown, pointed at."""
    lines = path.read_text(encoding="utf-8").splitlines()
    told = error.message.splitlines()
    found = []
    for head, line, caret in zip(told[::3], told[1::3], told[2::3], strict=True):
        place = re.fullmatch(rf"{re.escape(str(path))}:(\d+):(\d+): (.*)", head)
        assert place is not None, head
        number, column = int(place[1]), int(place[2])
        assert line == f"    {lines[number - 1]}"
        assert caret == " " * (4 + column - 1) + "^"
        found.append((number, column, place[3]))
    return found


@pytest.mark.parametrize(
    ("validate", "text", "faults"),
    [
        (exercise_fields, FAULTY_EXERCISE, EXERCISE_FAULTS),
        (course_fields, FAULTY_COURSE, COURSE_FAULTS),
    ],
)
def test_every_fault_of_a_file_is_told_at_once_with_its_place(
    tmp_path: Path, validate: Any, text: str, faults: list[tuple[int, int, str]]
) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        validate(path)
    found = complaints(path, error.value)
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)
    assert len(found) == len(faults)
    for (line, column, message), told in zip(sorted(faults), sorted(found), strict=True):
        assert told[:2] == (line, column)
        assert message in told[2]


def test_a_fault_in_a_file_below_here_is_told_with_a_short_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "exercise.yaml").write_text("title: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=r"^exercise\.yaml:1:"):
        exercise_fields(tmp_path / "exercise.yaml")


DUPLICATES = [
    ("title: a\ntopic: b\ntitle: c\n", 3, "title"),
    ("title: a\ngroups: {lecture: 1, edges: 1, lecture: 2}\n", 2, "lecture"),
    ("arguments:\n  x: {dtype: float}\n  x: {dtype: int}\n", 3, "x"),
    ("base: &base {a: 1}\ngroups: {<<: *base, b: 1, b: 2}\n", 2, "b"),
]


@pytest.mark.parametrize(("text", "line", "key"), DUPLICATES)
def test_a_key_that_stands_twice_is_told(tmp_path: Path, text: str, line: int, key: str) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as error:
        exercise_fields(path)
    ((number, _, message),) = complaints(path, error.value)
    assert (number, message) == (line, f"{key!r} stands here twice")


NO_MAPPINGS = ["", "5\n", "- title: a\n", "title: a: b\n", "a: !!python/name:os.system x\n"]


@pytest.mark.parametrize("text", NO_MAPPINGS)
def test_a_file_that_is_no_mapping_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"exercise\.yaml:1:"):
        exercise_fields(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"exercise\.yaml cannot be read"):
        exercise_fields(tmp_path / "exercise.yaml")
    with pytest.raises(CourseError, match=r"assignments\.yaml cannot be read"):
        load_course(tmp_path)


def minimal(**changes: str) -> str:
    fields = {
        "title": "Edges",
        "topic": "tests",
        "entry_point": "edges",
        "arguments": "{x: {dtype: float}}",
        "oracle": "./oracle.py:edges",
        "seed": "1",
        "groups": "{lecture: 1}",
    }
    return "".join(f"{key}: {value}\n" for key, value in (fields | changes).items())


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(minimal(libraries="[numba]", tolerance="{float32: {relative: 0.5}}"))
    fields = exercise_fields(path)
    assert fields["libraries"] == ["numpy", "numba"]
    assert fields["limits"] == {"seconds": 5.0, "import_seconds": 10.0, "memory_mib": 512}
    assert fields["tolerance"] == {"float32": {"relative": 0.5, "absolute": 0.0}}
    assert (fields["harness"], fields["judge"], fields["strict_dtype"]) == (None, None, False)


DEFAULTS = [("null", "None"), ("1", "1"), ("0.5", "0.5"), ("valid", "valid"), ("true", "True")]


@pytest.mark.parametrize(("typed", "python"), DEFAULTS)
def test_a_default_is_kept_as_python_text(tmp_path: Path, typed: str, python: str) -> None:
    path = tmp_path / "exercise.yaml"
    path.write_text(minimal(arguments=f"{{x: {{dtype: float, default: {typed}}}}}"))
    assert exercise_fields(path)["arguments"]["x"]["default"] == python


BROKEN_COURSES = [
    ("course: c\nassignments: {a1: {title: t}}\n", "the key 'exercises' is missing"),
    ("course: c\nassignments: {a1: {title: t, exercises: {conv2d: five}}}\n", "a valid number"),
    ("course: c\nassignments: [a1]\n", "a valid dictionary"),
    ("assignments: {a1: {title: t, exercises: {conv2d: 1}}}\n", "the key 'course' is missing"),
    ("course: [\n", "while parsing|expected the node content"),
    ("- course\n", "a valid dictionary"),
    ("", "a valid dictionary"),
    ("course: \x07\n", "special characters"),
]


@pytest.mark.parametrize(("text", "told"), BROKEN_COURSES)
def test_a_broken_course_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "assignments.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match=r"assignments\.yaml:") as error:
        load_course(tmp_path)
    assert re.search(told, error.value.message)


# Where the course is.


@pytest.fixture
def courses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A function that makes an empty course at a place below tmp_path; no course is set."""
    monkeypatch.delenv("GRADE_COURSE", raising=False)
    monkeypatch.chdir(tmp_path)

    def make(place: str) -> Path:
        folder = tmp_path / place
        (folder / "exercises").mkdir(parents=True)
        text = f"course: {place}\nassignments: {{a1: {{title: t, exercises: {{edges: 1}}}}}}\n"
        (folder / "assignments.yaml").write_text(text, encoding="utf-8")
        return folder

    return make


def test_the_course_that_is_given_comes_first(
    courses: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    given, named, here = courses("given"), courses("named"), courses("here")
    monkeypatch.setenv("GRADE_COURSE", str(named))
    monkeypatch.chdir(here)
    assert find_course(given).title == "given"
    assert find_course(None).title == "named"
    monkeypatch.setenv("GRADE_COURSE", "")
    assert find_course(None).title == "here"


def test_a_course_is_found_upward_from_here(
    courses: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    outer = courses("outer")
    inner = courses("outer/work/inner")
    deep = inner / "exercises" / "edges"
    deep.mkdir()
    monkeypatch.chdir(deep)
    assert find_course(None).folder == inner
    monkeypatch.chdir(outer / "work")
    assert find_course(None).folder == outer


def test_a_course_inside_the_submissions_is_never_taken(
    courses: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    course = courses("course")
    student = courses("course/submissions/student")
    submissions = student.parent
    monkeypatch.chdir(student)
    assert find_course(None).folder == student
    assert find_course(None, submissions).folder == course
    assert find_course(None, Path("..")).folder == course
    (submissions / "assignments.yaml").write_text("course: hostile\n", encoding="utf-8")
    assert find_course(None, submissions).folder == course


def test_a_student_who_names_his_folder_like_the_submissions_is_not_mistaken(
    courses: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`subs` is no parent of `subs-2025`, though its name begins alike."""
    course = courses("subs-2025")
    (course.parent / "subs").mkdir()
    monkeypatch.chdir(course)
    assert find_course(None, course.parent / "subs").folder == course


def test_without_any_other_the_bundled_course_is_taken(
    courses: Callable[[str], Path], tmp_path: Path, course: Course
) -> None:
    found = find_course(None)
    assert found.folder != tmp_path
    assert found.exercise_names == course.exercise_names


def test_a_folder_that_is_no_course_is_a_usage_error(
    courses: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    courses("here")
    with pytest.raises(UsageError, match=r"is no course: it has no assignments\.yaml"):
        find_course(tmp_path)
    monkeypatch.setenv("GRADE_COURSE", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="nowhere is no course"):
        find_course(None)


# Names.


def test_an_unknown_exercise_is_a_usage_error_with_the_nearest_name(course: Course) -> None:
    with pytest.raises(UsageError) as error:
        course.exercise("conv2")
    assert error.value.message == "there is no exercise 'conv2', did you mean 'conv2d'?"
    assert error.value.next_step == "grade list"
    for name in ("", "xyz", "../exercises/conv2d", "conv2d/..", "."):
        with pytest.raises(UsageError, match="there is no exercise"):
            course.exercise(name)


def test_an_unknown_assignment_is_a_usage_error_with_all_names(course: Course) -> None:
    with pytest.raises(UsageError) as error:
        course.assignment("a11")
    assert "there is no assignment 'a11', did you mean 'a1'?" in error.value.message
    assert ", ".join(course.assignments) in error.value.message


def test_exercises_are_listed_in_the_order_of_the_assignments(copied_course: Copied) -> None:
    folder = copied_course("softmax", "conv_output_size", "momentum")
    text = "course: c\nassignments: {a1: {title: t, exercises: {softmax: 2, gone: 1}}}\n"
    (folder / "assignments.yaml").write_text(text, encoding="utf-8")
    (folder / "exercises" / "notes").mkdir()
    course = load_course(folder)
    assert course.exercise_names == ("softmax", "conv_output_size", "momentum")
    assert [course.points(name) for name in course.exercise_names] == [2, 1, 1]


def test_the_assignment_of_some_exercises_is_the_one_that_holds_them_all(course: Course) -> None:
    a1 = course.assignments["a1"]
    assert course.assignment_of(list(a1.points)) == a1
    assert course.assignment_of(list(a1.points)[:1]) == a1
    assert course.assignment_of([*a1.points, *course.assignments["a2"].points]) is None
    assert course.assignment_of([]) is None


# answers.bin.

SIMPLE = "conv_output_size"


def append(file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as stream:
            stream.write("\n")

    return change


def remove(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).unlink()


def create(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_text("", encoding="utf-8")


def resealed(content: bytes) -> bytes:
    body = content[: -len(seal(b""))]
    return body + seal(body)


def rewrite(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def rewritten(folder: Path) -> None:
        path = folder / FILE
        path.write_bytes(change(path.read_bytes()))

    return rewritten


STALE: dict[str, tuple[Callable[[Path], None], str]] = {
    "cases.py changed": (append("cases.py"), "cases.py changed after answers.bin was frozen"),
    "lecture.yaml changed": (append("lecture.yaml"), "lecture.yaml changed after"),
    "exercise.yaml changed": (append("exercise.yaml"), "exercise.yaml changed after"),
    "misconceptions.py changed": (append("misconceptions.py"), "misconceptions.py changed after"),
    "lecture.yaml is gone": (remove("lecture.yaml"), "lecture.yaml changed after"),
    "a harness came": (create("harness.py"), "harness.py changed after"),
    "a judge came": (create("judge.py"), "judge.py changed after"),
    "missing": (remove(FILE), "answers.bin cannot be read"),
    "empty": (rewrite(lambda content: b""), "answers.bin is damaged"),
    "its head is cut": (rewrite(lambda content: content[:50]), "answers.bin is damaged"),
    "its end is cut": (rewrite(lambda content: content[:-1]), "answers.bin is damaged"),
    "one byte too many": (rewrite(lambda content: content + b"\0"), "answers.bin is damaged"),
    "something else": (rewrite(lambda content: b"\x80\x04K\x01."), "answers.bin is damaged"),
    "of another format": (
        rewrite(lambda content: resealed(content.replace(b'["format",3]', b'["format",7]', 1))),
        "was written by another version",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), STALE.values(), ids=STALE)
def test_stale_answers_are_never_read_and_name_what_renews_them(
    copied_course: Copied, spoil: Callable[[Path], None], told: str
) -> None:
    folder = copied_course(SIMPLE) / "exercises" / SIMPLE
    read_answers(folder)
    spoil(folder)
    with pytest.raises(StaleAnswers) as error:
        read_answers(folder)
    assert told in error.value.message
    assert SIMPLE in error.value.message
    assert error.value.next_step == f"grade verify {SIMPLE} --freeze"
    assert error.value.exit_code == 3


def test_what_determines_no_answer_makes_none_stale(copied_course: Copied) -> None:
    folder = copied_course(SIMPLE) / "exercises" / SIMPLE
    for file in ("README.md", "starter.py", "solution.py"):
        append(file)(folder)
    assert read_answers(folder).cases


def test_the_command_that_is_named_renews_them(copied_course: Copied) -> None:
    course = load_course(copied_course(SIMPLE))
    folder = course.exercises_folder / SIMPLE
    before = read_answers(folder)
    append("cases.py")(folder)
    with pytest.raises(StaleAnswers):
        read_answers(folder)
    renew(course, SIMPLE)
    after = read_answers(folder)
    assert after.sha256 != before.sha256
    assert [solved.case for solved in after.cases] == [solved.case for solved in before.cases]
    assert [solved.expected for solved in after.cases] == [s.expected for s in before.cases]


def test_a_stale_exercise_is_read_from_its_yaml_in_the_whole_course_alone(
    copied_course: Copied,
) -> None:
    folder = copied_course(SIMPLE)
    path = folder / "exercises" / SIMPLE / "exercise.yaml"
    path.write_text(re.sub("title: .*", "title: Another", path.read_text()), encoding="utf-8")
    assert load_course(folder).exercise(SIMPLE).title == "Another"
    for secret in ("cases.py", "lecture.yaml", "misconceptions.py", "solution.py"):
        (path.parent / secret).unlink()
    with pytest.raises(StaleAnswers, match=r"exercise\.yaml changed after"):
        load_course(folder).exercise(SIMPLE)


def test_a_fresh_exercise_is_read_without_validating_it_again(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.course.manifest.exercise_fields", None)
    for name in course.exercise_names:
        assert course.exercise(name).name == name


def test_the_frozen_fields_are_those_of_the_yaml(course: Course) -> None:
    for name in course.exercise_names:
        folder = course.exercises_folder / name
        assert read_fields(folder) == exercise_fields(folder / "exercise.yaml")


def test_answers_that_end_too_early_are_never_read(copied_course: Copied) -> None:
    """A write that stopped between two frames leaves fewer cases, and all of them may pass."""
    folder = copied_course(SIMPLE) / "exercises" / SIMPLE
    content = (folder / FILE).read_bytes()
    stream = io.BytesIO(content)
    while stream.tell() < len(content):
        (folder / FILE).write_bytes(content[: stream.tell()])
        with pytest.raises(StaleAnswers):
            read_answers(folder)
        frames.read(stream.read)


def test_damaged_answers_are_never_read(copied_course: Copied) -> None:
    folder = copied_course(SIMPLE) / "exercises" / SIMPLE
    content = (folder / FILE).read_bytes()
    rng = random.Random(20250228)
    for _ in range(500):
        damaged = bytearray(content)
        damaged[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        (folder / FILE).write_bytes(damaged)
        with pytest.raises(GradeError):
            read_answers(folder)


# Cases.


def frames_of(cases: Any) -> dict[str, bytes]:
    return {case.name: case.frame for case in cases}


def test_public_cases_are_the_same_each_time_and_are_those_of_answers_bin(course: Course) -> None:
    for name in course.exercise_names:
        exercise = course.exercise(name)
        public = public_cases(exercise)
        assert frames_of(public) == frames_of(public_cases(exercise))
        frozen = read_answers(exercise.folder)
        assert frames_of(public) == frames_of(solved.case for solved in frozen.cases)
        assert not any(case.hidden for case in public)


def with_hidden_cases(course: Course) -> list[Exercise]:
    """Return all exercises but the sheets of answers, whose questions cannot be drawn anew."""
    exercises = [course.exercise(name) for name in course.exercise_names]
    return [exercise for exercise in exercises if exercise.kind != "sheet"]


def test_the_questions_of_a_sheet_are_all_public(course: Course) -> None:
    sheets = [course.exercise(name) for name in ("ncu_quiz", "counting_quiz")]
    assert [hidden_cases(exercise, 7) for exercise in sheets] == [(), ()]


def test_hidden_cases_depend_on_the_seed_and_on_nothing_else(course: Course) -> None:
    for exercise in with_hidden_cases(course):
        one, again, other = (hidden_cases(exercise, seed) for seed in (1, 1, 2))
        assert all(case.hidden and case.name.endswith("-hidden") for case in one)
        assert frames_of(one) == frames_of(again)
        assert frames_of(one).keys() == frames_of(other).keys()
        assert frames_of(one) != frames_of(other)


def test_hidden_cases_are_drawn_from_what_the_public_ones_are_but_are_others(
    course: Course,
) -> None:
    for exercise in with_hidden_cases(course):
        public = {case.name: case for case in public_cases(exercise)}
        hidden = hidden_cases(exercise, 7)
        generated = [case.name for case in public.values() if case.group != "lecture"]
        assert [case.name.removesuffix("-hidden") for case in hidden] == generated
        pairs = [(case, public[case.name.removesuffix("-hidden")]) for case in hidden]
        assert all(secret.group == known.group for secret, known in pairs)
        assert sum(secret.frame != known.frame for secret, known in pairs) > len(pairs) / 2


def test_the_secret_of_one_exercise_tells_nothing_of_another(copied_course: Copied) -> None:
    """Two exercises that draw alike from one seed get different numbers."""
    folder = copied_course("softmax")
    shutil.copytree(folder / "exercises" / "softmax", folder / "exercises" / "softmax2")
    course = load_course(folder)
    one, other = (hidden_cases(course.exercise(name), 1) for name in ("softmax", "softmax2"))
    assert frames_of(one) != frames_of(other)


# The course's version.


def handout_of(folder: Path, to: Path) -> Path:
    """Copy what students may have."""
    for exercise in (folder / "exercises").iterdir():
        target = to / "exercises" / exercise.name
        target.mkdir(parents=True)
        for file in HANDOUT:
            if (exercise / file).is_file():
                shutil.copy(exercise / file, target)
    shutil.copy(folder / "assignments.yaml", to)
    return to


def test_a_handout_has_the_version_of_the_course_it_was_taken_from(
    course: Course, tmp_path: Path
) -> None:
    handout = load_course(handout_of(course.folder, tmp_path / "handout"))
    assert course.is_whole
    assert not handout.is_whole
    assert re.fullmatch("[0-9a-f]{12}", handout.version)
    assert handout.version == course.version
    for name in course.exercise_names:
        ours, theirs = (read_answers(c.exercises_folder / name) for c in (course, handout))
        assert frames_of(s.case for s in ours.cases) == frames_of(s.case for s in theirs.cases)


CHANGES: dict[str, tuple[Callable[[Path], None], bool]] = {
    "cases": (append(f"exercises/{SIMPLE}/cases.py"), True),
    "tolerance": (append(f"exercises/{SIMPLE}/exercise.yaml"), True),
    "an exercise less": (lambda folder: shutil.rmtree(folder / "exercises" / SIMPLE), True),
    "points": (
        lambda folder: (folder / "assignments.yaml").write_text(
            (folder / "assignments.yaml").read_text().replace(": 2", ": 3")
        ),
        True,
    ),
    "a statement": (append(f"exercises/{SIMPLE}/README.md"), False),
    "nothing": (lambda folder: None, False),
}


@pytest.mark.parametrize(("change", "another"), CHANGES.values(), ids=CHANGES)
def test_the_version_changes_with_what_determines_a_grade(
    copied_course: Copied, change: Callable[[Path], None], another: bool
) -> None:
    folder = copied_course(SIMPLE, "softmax")
    before = load_course(folder).version
    change(folder)
    assert (load_course(folder).version != before) is another


@pytest.mark.parametrize(
    "assignments",
    [
        "{a1: {title: t, exercises: {conv_output_size: -3}}}",
        "{a1: {title: t, exercises: {conv_output_size: .nan}}}",
        "{a1: {title: t, exercises: {conv_output_size: 1, conv_output_size: 5}}}",
        "{a1: {title: t, titel: u, exercises: {conv_output_size: 1}}}",
    ],
)
def test_wrong_points_are_noticed_by_somebody(copied_course: Copied, assignments: str) -> None:
    from grader.verify.course_check import verify_assignments

    folder = copied_course(SIMPLE)
    (folder / "assignments.yaml").write_text(f"course: c\nassignments: {assignments}\n")
    try:
        found = list(verify_assignments(load_course(folder)))
    except CourseError:
        return
    assert found
