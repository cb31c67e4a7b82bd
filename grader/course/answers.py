"""answers.bin: what `grade check` needs of an exercise, frozen.

A sequence of frames. The first says what the rest belongs to:

    {"format", "exercise", "fields": the validated exercise.yaml, "determined_by": {file: SHA-256},
     "sha256": over those, "hints": {misconception: hint}}

then one frame a public case, with its inputs, the oracle's answer and the misconceptions' answers;
the last holds the SHA-256 of all bytes before it.
The file is fresh while every determining file that is here has the stored hash; a handout lacks the
secret ones. That the answers are also right is for `grade verify` to say.
"""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.border import frames
from grader.border.sandbox import Answered, Raised
from grader.course.answering import Outcome, SolvedCase, solve
from grader.course.case import Case, public_cases
from grader.course.exercise import Exercise
from grader.course.modules import hints
from grader.course.traffic import recorded
from grader.errors import CourseError, StaleAnswers

FORMAT = 3
FILE = "answers.bin"
NOT_DETERMINING = (
    "starter.py",
    "solution.py",
    "starter.yaml",
    "solution.yaml",
)  # of the .py and .yaml files of a folder


@dataclass(frozen=True)
class Answers:
    """The frozen part of an exercise."""

    sha256: str
    cases: tuple[SolvedCase, ...]
    hints: Mapping[str, str]


def determining_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file here that determines the answers."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".py", ".yaml"))
    determining = (path for path in paths if path.name not in NOT_DETERMINING)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in determining}


def digest(hashes: Mapping[str, str]) -> str:
    """Return one SHA-256 over the determining files."""
    return hashlib.sha256(json.dumps([FORMAT, sorted(hashes.items())]).encode()).hexdigest()


def digest_of(folder: Path) -> str:
    """Return the hash of what determines the answers, which a handout knows from answers.bin."""
    try:
        head, _ = _opened(folder)
        return str(head["sha256"])
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
    if exercise.kind == "sheet":  # a handout does not hold the key
        solved = tuple(replace(case, expected=None) for case in solved)
    solved = tuple(replace(case, traffic=recorded(exercise, case.case)) for case in solved)
    content = b"".join([frames.encode(head), *(frames.encode(_packed(case)) for case in solved)])
    return content + seal(content)


def seal(content: bytes | memoryview) -> bytes:
    """Return the last frame, by which damage anywhere before it is seen."""
    return frames.encode({"content": hashlib.sha256(content).hexdigest()})


def read_fields(folder: Path) -> dict[str, Any]:
    """Return the validated exercise.yaml of a fresh answers.bin. Raises StaleAnswers."""
    head, _ = _opened(folder)
    return dict(head["fields"])


def read_answers(folder: Path) -> Answers:
    """Return the frozen cases. Raises StaleAnswers if they are damaged or of other files."""
    head, cases = _opened(folder)
    unpacked = []
    while cases.tell() < len(cases.getbuffer()):
        unpacked.append(_unpacked(frames.read(cases.read)))
    return Answers(head["sha256"], tuple(unpacked), head["hints"])


def _opened(folder: Path) -> tuple[dict[str, Any], io.BytesIO]:
    """Return the first frame and the stream of the others, whole and fresh."""
    renew = f"grade verify {folder.name} --freeze"
    try:
        stored = (folder / FILE).read_bytes()
    except OSError as error:
        reason = f"{folder.name}: {FILE} cannot be read ({error.strerror})"
        raise StaleAnswers(reason, renew) from None
    end = len(stored) - len(seal(b""))
    content = memoryview(stored)[: max(end, 0)]
    if stored[len(content) :] != seal(content):
        reason = f"{folder.name}: {FILE} is damaged, or was written by another version"
        raise StaleAnswers(reason, renew)
    stream = io.BytesIO(content)
    head = frames.read(stream.read)
    if head["format"] != FORMAT:
        raise StaleAnswers(f"{folder.name}: {FILE} was written by another version", renew)
    changed = _changed(folder, head["determined_by"])
    if changed:
        reason = f"{folder.name}: {', '.join(changed)} changed after {FILE} was frozen"
        raise StaleAnswers(reason, renew)
    return head, stream


def _changed(folder: Path, stored: Mapping[str, str]) -> list[str]:
    """Return the files here that have another hash; only the whole course lacks none."""
    here = determining_hashes(folder)
    if "cases.py" in here:
        here = dict.fromkeys(stored, "") | here
    return sorted(name for name, sha256 in here.items() if stored.get(name) != sha256)


def _packed(solved: SolvedCase) -> dict[str, Any]:
    case = solved.case
    traffic = {} if solved.traffic is None else {"traffic": solved.traffic}
    return traffic | {
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
        return SolvedCase(case, stored["expected"], mistakes, stored.get("traffic"))
    except (KeyError, TypeError, ValueError) as error:
        raise CourseError(f"{FILE} holds a malformed case: {error!r}") from None


def _packed_outcome(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Raised):
        return {"raised": outcome.type}
    return {"value": outcome.value}


def _unpacked_outcome(packed: dict[str, Any]) -> Outcome:
    return Raised(packed["raised"]) if "raised" in packed else Answered(packed["value"])
