"""answers.bin: what `grade check` needs of an exercise, frozen.

A sequence of frames. The first says what the rest belongs to:

    {"format", "exercise", "fields": the validated exercise.yaml, "determined_by": {file: SHA-256},
     "sha256": over those, "hints": {misconception: hint}}

then one frame a public case, with its inputs, the oracle's answer and the misconceptions' answers.
The file is fresh while every determining file that is here has the stored hash; a handout lacks the
secret ones. That the answers are also right is for `grade verify` to say.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.border import frames
from grader.border.sandbox import Answered, Raised
from grader.course.answering import Outcome, SolvedCase, solve
from grader.course.case import Case, public_cases
from grader.course.exercise import Exercise
from grader.course.modules import hints
from grader.errors import CourseError, StaleAnswers

FORMAT = 1
FILE = "answers.bin"
DETERMINING = (
    "exercise.yaml",
    "lecture.yaml",
    "cases.py",
    "misconceptions.py",
    "harness.py",
    "judge.py",
    "oracle.py",
)


@dataclass(frozen=True)
class Answers:
    """The frozen part of an exercise."""

    sha256: str
    cases: tuple[SolvedCase, ...]
    hints: Mapping[str, str]


def determining_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file here that determines the answers."""
    paths = (folder / name for name in DETERMINING)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths if p.is_file()}


def digest(hashes: Mapping[str, str]) -> str:
    """Return one SHA-256 over the determining files."""
    return hashlib.sha256(json.dumps([FORMAT, sorted(hashes.items())]).encode()).hexdigest()


def digest_of(folder: Path) -> str:
    """Return the hash of what determines the answers, which a handout knows from answers.bin."""
    try:
        with _opened(folder) as stream:
            return str(_fresh_head(folder, stream)["sha256"])
    except StaleAnswers:
        return digest(determining_hashes(folder))


def freeze(exercise: Exercise, fields: Mapping[str, Any]) -> bytes:
    """Return the content of answers.bin, computed now."""
    hashes = determining_hashes(exercise.folder)
    head = {
        "format": FORMAT,
        "exercise": exercise.name,
        "fields": fields,
        "determined_by": hashes,
        "sha256": digest(hashes),
        "hints": hints(exercise),
    }
    solved = solve(exercise, public_cases(exercise))
    return b"".join([frames.encode(head), *(frames.encode(_packed(case)) for case in solved)])


def read_fields(folder: Path) -> dict[str, Any]:
    """Return the validated exercise.yaml of a fresh answers.bin. Raises StaleAnswers."""
    with _opened(folder) as stream:
        return dict(_fresh_head(folder, stream)["fields"])


def read_answers(folder: Path) -> Answers:
    """Return the frozen cases. Raises StaleAnswers if they belong to other files."""
    with _opened(folder) as stream:
        head = _fresh_head(folder, stream)
        cases = []
        while stream.peek(1):
            cases.append(_unpacked(_next(folder, stream)))
    return Answers(head["sha256"], tuple(cases), head["hints"])


def _opened(folder: Path) -> io.BufferedReader:
    try:
        return (folder / FILE).open("rb")
    except OSError as error:
        reason = f"{folder.name}: {FILE} cannot be read ({error.strerror})"
        raise StaleAnswers(reason, f"grade verify {folder.name} --freeze") from None


def _fresh_head(folder: Path, stream: io.BufferedReader) -> dict[str, Any]:
    head = _next(folder, stream)
    renew = f"grade verify {folder.name} --freeze"
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise StaleAnswers(f"{folder.name}: {FILE} was written by another version", renew)
    stored = head["determined_by"]
    here = determining_hashes(folder)
    if (folder / "cases.py").is_file():  # the whole course: files may also have been removed
        here = dict.fromkeys(stored, "") | here
    changed = sorted(name for name, sha256 in here.items() if stored.get(name) != sha256)
    if changed:
        files = ", ".join(changed)
        raise StaleAnswers(f"{folder.name}: {files} changed after {FILE} was frozen", renew)
    return head


def _next(folder: Path, stream: io.BufferedReader) -> Any:
    def take(count: int) -> bytes:
        data = stream.read(count)
        if len(data) < count:
            raise frames.FrameError("the file ends in the middle")
        return data

    try:
        return frames.read(take)
    except frames.FrameError as error:
        renew = f"grade verify {folder.name} --freeze"
        raise StaleAnswers(f"{folder.name}: {FILE} is damaged: {error}", renew) from None


def _packed(solved: SolvedCase) -> dict[str, Any]:
    case = solved.case
    return {
        "name": case.name,
        "group": case.group,
        "source": case.source,
        "printed": [[list(index), text] for index, text in case.printed],
        "inputs": case.inputs,
        "expected": solved.expected,
        "mistakes": {name: _packed_outcome(outcome) for name, outcome in solved.mistakes.items()},
    }


def _unpacked(stored: dict[str, Any]) -> SolvedCase:
    try:
        printed = tuple((tuple(index), text) for index, text in stored["printed"])
        frame = frames.encode(stored["inputs"])
        case = Case(stored["name"], stored["group"], frame, stored["source"], printed)
        mistakes = {name: _unpacked_outcome(packed) for name, packed in stored["mistakes"].items()}
        return SolvedCase(case, stored["expected"], mistakes)
    except (KeyError, TypeError, ValueError) as error:
        raise CourseError(f"{FILE} holds a malformed case: {error!r}") from None


def _packed_outcome(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Raised):
        return {"raised": outcome.type}
    return {"value": outcome.value}


def _unpacked_outcome(packed: dict[str, Any]) -> Outcome:
    return Raised(packed["raised"]) if "raised" in packed else Answered(packed["value"])
