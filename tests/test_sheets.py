"""Sheets of answers: what is read, how it is marked, and that the key stays where it is."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result

from grader.border import sheet
from grader.course.answers import read_answers
from grader.course.course import load_course
from grader.verify.course_check import renew, verify

Typed = Callable[..., Result]

EXERCISE = """\
title: A quiz
topic: counting
kind: sheet
entry_point: quiz
arguments: {question: {dtype: text}}
oracle: ./oracle.py:answer
seed: 1
groups: {lecture: 2, questions: 2}
questions:
  "1": {choices: [A, B, C, D]}
  "2": {choices: [A, B, C, D], several: true}
  c3: {}
  c4: {}
wrong_hand_ins: {wrong/few.yaml: 0.25, wrong/more.yaml: 0.625}
"""
FILES = {
    "exercises/quiz/exercise.yaml": EXERCISE,
    "exercises/quiz/README.md": "# A quiz\n\nFour questions.\n",
    "exercises/quiz/starter.yaml": '# Which one?\n"1":\n"2":\nc3:\nc4:\n',
    "exercises/quiz/solution.yaml": '"1": C\n"2": [A, D]\nc3: 14448\nc4: 0.25\n',
    "exercises/quiz/wrong/few.yaml": '"1": C\n"2": B\nc3: 14449\nc4:\n',
    "exercises/quiz/wrong/more.yaml": '"1": C\n"2": [D]\nc3: 14448\nc4: 4\n',
    "exercises/quiz/oracle.py": (
        "def answer(question):\n"
        '    return {"1": "C", "2": ["A", "D"], "c3": 43 * 336, "c4": 1 / 4}[question]\n'
    ),
    "exercises/quiz/lecture.yaml": (
        '- {id: quiz-1, source: NCU, inputs: {question: "1"}, printed: C}\n'
        '- {id: quiz-2, source: NCU, inputs: {question: "2"}, printed: [A, D]}\n'
    ),
    "exercises/quiz/cases.py": (
        "def cases(rng):\n"
        '    yield "count", "questions", {"question": "c3"}\n'
        '    yield "quarter", "questions", {"question": "c4"}\n'
    ),
    "assignments.yaml": "course: Quizzes\nassignments:\n  q: {title: Q, exercises: {quiz: 8}}\n",
}
QUESTIONS = {
    "1": {"choices": ["A", "B", "C", "D"], "several": False},
    "2": {"choices": ["A", "B", "C", "D"], "several": True},
    "c3": {"choices": [], "several": False},
}


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    """A course with one sheet, frozen."""
    for name, text in FILES.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    renew(load_course(tmp_path / "course"), "quiz")
    return tmp_path / "course"


READ: list[tuple[str, str, Any]] = [
    ('"1": B', "1", "B"),
    ("1: B", "1", "B"),
    ("1: ' b '", "1", "B"),
    ("1: &x A\n2: *x", "2", ["A"]),
    ("2: [D, a, D]", "2", ["A", "D"]),
    ("2: C", "2", ["C"]),
    ("c3: 14448", "c3", 14448),
    ("c3: -3", "c3", -3),
    ("c3: 0.25", "c3", 0.25),
    ("c3: 1e-3", "c3", 0.001),
    ("{c3: .5}", "c3", 0.5),
]
MALFORMED = [
    ("", "expected a line `question: answer`"),
    ("- B", "expected a line `question: answer`"),
    ("1: [B", "line 1: this is not YAML"),
    ("1: B\n\t2: C", "line 2: this is not YAML"),
    ("1: B\n1: C", "line 2: question '1' is answered twice"),
    ("1: B\nc9: 4", "line 2: there is no question 'c9'; there are 1, 2, c3"),
    ("1: E", "line 1: 1: expected one of A, B, C, D, got 'E'"),
    ("1: [A]", "line 1: 1: expected one of A, B, C, D, got a list or a table"),
    ("\n2: [A, {b: c}]", "line 2: 2: expected one of A, B, C, D, got a list or a table"),
    ("c3: about 3", "line 1: c3: expected a number, got 'about 3'"),
    ("c3: 1/3", "line 1: c3: expected a number, got '1/3'"),
    ("c3: .nan", "line 1: c3: expected a number, got '.nan'"),
    ("c3: [3]", "line 1: c3: expected a number, got a list or a table"),
    ("c3: " + "9" * 41, "line 1: c3: expected a number, got '9999"),
    ("c3: *nowhere", "line 1: this is not YAML (found undefined alias"),
    ("\x00", "this is not YAML"),
]


@pytest.mark.parametrize(("text", "question", "answer"), READ)
def test_an_answer_is_read(text: str, question: str, answer: Any) -> None:
    read = sheet.read(text.encode(), QUESTIONS)(question)
    assert read == answer
    assert type(read) is type(answer)


@pytest.mark.parametrize("text", ["1:\nc3: 4", "1: ~\nc3: 4", '1: ""', "c3: 4", "1: []\nc3: 4"])
def test_what_is_left_empty_is_not_written_yet(text: str) -> None:
    answers = sheet.read(text.encode(), QUESTIONS)
    with pytest.raises(NotImplementedError):
        answers("1")


@pytest.mark.parametrize(("text", "told"), MALFORMED)
def test_a_malformed_sheet_is_told_its_line(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        sheet.read(text.encode(), QUESTIONS)


def test_a_sheet_verifies(quiz: Path) -> None:
    verified = verify(load_course(quiz), "quiz")
    assert verified.findings == ()
    assert (verified.cases, verified.printed) == (4, 3)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "problem"),
    [
        ("solution.yaml", "14448", "14449", "solution.yaml and the oracle differ"),
        ("solution.yaml", "[A, D]", "[A", "solution.yaml cannot be read: line 3: this is not YAML"),
        ("starter.yaml", "c4:", "c4: 3", "quarter: starter.yaml answers"),
        ("lecture.yaml", "printed: C", "printed: B", "printed ['B'], the oracle says ['C']"),
        ("lecture.yaml", "[A, D]", "[A]", "printed ['A'], the oracle says ['A', 'D']"),
        ("cases.py", '"c4"', '"c3"', "cases for the questions ['1', '2', 'c3', 'c3']"),
        ("wrong/few.yaml", "14449", "14448", "wrong/few.yaml gets 0.5 of the points, expected"),
        ("exercise.yaml", ", wrong/more.yaml: 0.625", "", "names 1 hand-ins, expected two"),
    ],
)
def test_what_is_wrong_with_a_sheets_folder_is_found(
    quiz: Path, file: str, right: str, wrong: str, problem: str
) -> None:
    path = quiz / "exercises/quiz" / file
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong), encoding="utf-8")
    problems = [finding.problem for finding in verify(load_course(quiz), "quiz").findings]
    assert any(problem in told for told in problems), problems


def test_the_key_is_not_in_the_frozen_answers(quiz: Path) -> None:
    folder = quiz / "exercises/quiz"
    answers = read_answers(folder)
    assert [solved.expected for solved in answers.cases] == [None] * 4
    assert [solved.case.printed for solved in answers.cases] == [()] * 4
    assert b"14448" not in (folder / "answers.bin").read_bytes()


def handout_of(quiz: Path) -> None:
    """Leave what students may have."""
    for name in ("solution.yaml", "oracle.py", "lecture.yaml", "cases.py"):
        (quiz / "exercises/quiz" / name).unlink()


@pytest.mark.parametrize("given", ["solution.yaml", "wrong/few.yaml"])
def test_check_proves_the_form_and_does_not_grade(
    quiz: Path, tmp_path: Path, typed: Typed, given: str
) -> None:
    filled = (quiz / "exercises/quiz" / given).read_text().replace("c4:\n", "c4: 7\n")
    handout_of(quiz)
    (tmp_path / "quiz.yaml").write_text(filled, encoding="utf-8")
    checked = typed("check", tmp_path / "quiz.yaml", "--course", quiz)
    assert checked.exit_code == 0
    line = "✓ quiz: well formed, 4 of 4 questions answered; it is not graded here"
    assert line in checked.output
    told = json.loads(typed("check", tmp_path / "quiz.yaml", "--course", quiz, "--json").output)
    assert (told["points"], told["max_points"]) == (0.0, 0.0)


def test_check_names_what_is_not_answered(quiz: Path, tmp_path: Path, typed: Typed) -> None:
    started = typed("start", "quiz", tmp_path / "mine", "--course", quiz)
    assert started.exit_code == 0
    text = (tmp_path / "mine/quiz.yaml").read_text()
    assert text == FILES["exercises/quiz/starter.yaml"]
    (tmp_path / "mine/quiz.yaml").write_text(text.replace("c3:", "c3: 5"), encoding="utf-8")
    checked = typed("check", tmp_path / "mine", "--course", quiz)
    assert checked.exit_code == 1
    assert "1 of 4 questions answered (not yet: 1, 2, c4)" in checked.output


def test_check_of_a_malformed_sheet_says_where(quiz: Path, tmp_path: Path, typed: Typed) -> None:
    (tmp_path / "quiz.yaml").write_text('"1": C\n"2": [A, E]\n', encoding="utf-8")
    checked = typed("check", tmp_path / "quiz.yaml", "--course", quiz)
    assert checked.exit_code == 1
    told = "quiz.yaml cannot be read: line 2: 2: expected one of A, B, C, D, got 'E'"
    assert told in checked.output


def test_a_batch_gives_partial_marks_and_tells_no_answer(
    quiz: Path, tmp_path: Path, typed: Typed
) -> None:
    folder = quiz / "exercises/quiz"
    for student, file in [("ada", "solution.yaml"), ("bob", "wrong/few.yaml")]:
        (tmp_path / "in" / student).mkdir(parents=True)
        (tmp_path / "in" / student / "quiz.yaml").write_bytes((folder / file).read_bytes())
    (tmp_path / "in/eve.yaml").write_bytes((folder / "wrong/more.yaml").read_bytes())
    (tmp_path / "in/joe.py").write_text("def quiz(): ...\n", encoding="utf-8")
    out = tmp_path / "out"
    words = ("--assignment", "q", "--out", out, "--isolation", "best", "--course", quiz)
    assert typed("batch", tmp_path / "in", *words).exit_code == 0
    rows = dict(line.split(",", 1) for line in (out / "gradebook.csv").read_text().splitlines())
    assert rows["ada"] == "8,8,8,complete"
    assert rows["bob"] == "2,2,8,complete"
    assert rows["eve"] == "5,5,8,complete"
    assert rows["joe"] == "0,0,8,complete"
    assert "there is no file quiz.yaml" in (out / "feedback/joe.md").read_text()
    page = (out / "feedback/eve.md").read_text()
    assert "question 2: part of this is right" in page
    assert "question c4: this is not the answer" in page
    assert "0.25" not in page


def test_two_sheets_of_one_quiz_are_named(quiz: Path, tmp_path: Path, typed: Typed) -> None:
    for folder in ("a", "b"):
        (tmp_path / "mine" / folder).mkdir(parents=True)
        (tmp_path / "mine" / folder / "quiz.yaml").write_text("c3: 1\n", encoding="utf-8")
    checked = typed("check", tmp_path / "mine", "--course", quiz)
    assert "there are two sheets: a/quiz.yaml and b/quiz.yaml; keep one" in checked.output


def test_an_array_is_no_answer_to_a_question(quiz: Path) -> None:
    from grader.judging.kinds import judge_of
    from grader.verify.finding import Material

    exercise = load_course(quiz).exercise("quiz")
    material = Material(exercise, {})
    for solved in material.cases:
        for strange in (np.zeros(2), True, None, [], ["A", 3, None], float("nan"), "", {}):
            assert not judge_of(exercise).judge(solved, strange).right
