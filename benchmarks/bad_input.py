"""What comes in from strangers and from authors, mutated: an error or a result each time.

Run: python -m benchmarks.bad_input [--frames N] [--files N] [--seed N]
"""

import json
import random
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click
import numpy as np

from benchmarks.hand_ins import NINE, make_course
from benchmarks.measuring import EXERCISES, heading, machine
from grader.border import frames
from grader.border.replies import reply_of
from grader.course.case import public_cases
from grader.course.course import load_course
from grader.errors import GradeError

SLOW_SECONDS = 0.05
VALUES = [
    "",
    "0",
    "-1",
    "1e999",
    ".nan",
    "null",
    "[]",
    "{}",
    "[[1], [2, 3]]",
    "yes",
    "&a *a",
    "!!x",
]
VALUES += [
    "'",
    '"',
    "- -",
    "? :",
    "%TAG",
    "\t",
    "\x00",
    "é",
    "9" * 400,
    "{a: {b: [c]}}",
    "!!binary x",
]


@dataclass
class Tally:
    """What came of many tries."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # what must never happen
    worst_seconds: float = 0.0

    def try_one(self, name: str, work: Callable[[], object], expected: type[Exception]) -> None:
        """Do it; an exception of another kind is wrong."""
        began = time.perf_counter()
        try:
            work()
            self.outcomes["a result"] += 1
        except expected:
            self.outcomes["an error"] += 1
        except BaseException as error:
            steps = traceback.extract_tb(error.__traceback__)
            place = f"{Path(steps[-1].filename).name}:{steps[-1].lineno}"
            self.wrong.append(f"{name}: {type(error).__name__} at {place}: {error}"[:300])
        self.worst_seconds = max(self.worst_seconds, time.perf_counter() - began)


def samples() -> list[bytes]:
    """Return frames as children send them."""
    values = [
        np.arange(12.0).reshape(3, 4),
        np.asfortranarray(np.ones((2, 3), np.float32)),
        [np.array(3), np.array([True, False]), np.zeros((0, 5), np.int8)],
        {"loss": 0.25, "maps": [np.ones(3), None, "text", 1 + 2j], "count": 7},
        float("nan"),
        "a" * 300,
    ]
    replies: list[dict[str, object]] = [{"status": "answered", "value": value} for value in values]
    replies.append({"status": "printed", "text": "hello\n"})
    replies.append(
        {"status": "raised", "type": "E", "bases": ["E"], "text": "no", "where": "a.py, line 1"}
    )
    return [frames.encode(reply) for reply in replies]


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Return the bytes with one to four changes: a byte, a piece left out, doubled or swapped."""
    changed = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        place = draw.randrange(len(changed) + 1)
        end = min(len(changed), place + draw.choice((1, 1, 2, 4, 8, 64)))
        match draw.randrange(5):
            case 0 if place < len(changed):
                changed[place] = draw.randrange(256)
            case 1:
                del changed[place:end]
            case 2:
                changed[place:place] = changed[place:end]
            case 3:
                changed[place:place] = draw.choice((b"9" * 30, b"[" * 200, b"\xff\xff", b'"', b"-"))
            case 4:
                changed[place:end] = changed[place:end][::-1]
    return bytes(changed)


def try_frames(count: int, draw: random.Random) -> Tally:
    """Decode mutated frames as the grader does with what a child sends."""
    tally, originals = Tally(), samples()
    for number in range(count):
        frame = mutated(draw.choice(originals), draw)
        tally.try_one(f"frame {number}", lambda frame=frame: reply_of(frame), frames.FrameError)
    return tally


def mutated_text(text: str, draw: random.Random) -> str:
    """Return a YAML text with a line, a value or some characters changed."""
    lines = text.splitlines()
    place = draw.randrange(len(lines))
    match draw.randrange(6):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[draw.randrange(len(lines))])
        case 2:
            key, _, _ = lines[place].partition(":")
            lines[place] = f"{key}: {draw.choice(VALUES)}"
        case 3:
            lines[place] = " " * draw.randint(0, 5) + lines[place].strip()
        case 4:
            at = draw.randrange(len(lines[place]) + 1)
            lines[place] = lines[place][:at] + draw.choice(VALUES) + lines[place][at:]
        case 5:
            return mutated(text.encode(), draw).decode(errors="replace")
    return "\n".join(lines) + "\n"


def try_files(count: int, draw: random.Random) -> Tally:
    """Load a course of which one YAML file is mutated, and read the cases of its exercise."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "course"
        make_course(folder)
        (folder / "exercises").unlink()
        for exercise in NINE:
            shutil.copytree(EXERCISES / exercise, folder / "exercises" / exercise)
        files = [folder / "assignments.yaml", *folder.glob("exercises/*/*.yaml")]
        for number in range(count):
            path = draw.choice(files)
            text = path.read_text(encoding="utf-8")
            path.write_text(mutated_text(text, draw), encoding="utf-8", errors="replace")
            exercise = path.parent.name if path.parent != folder else NINE[0]
            what = f"file {number}, {path.relative_to(folder)}"
            tally.try_one(what, lambda exercise=exercise: _load(folder, exercise), GradeError)
            path.write_text(text, encoding="utf-8")
    return tally


def _load(folder: Path, exercise: str) -> None:
    course = load_course(folder)
    for assignment in course.assignments:
        course.gradable(assignment)
    public_cases(course.exercise(exercise))


@click.command()
@click.option("--frames", "frame_count", default=1_000_000, show_default=True)
@click.option("--files", "file_count", default=10_000, show_default=True)
@click.option("--seed", default=20261121, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(frame_count: int, file_count: int, seed: int, as_json: bool) -> None:
    """Mutate frames and YAML files."""
    tallies = {
        "frames": try_frames(frame_count, random.Random(seed)),
        "YAML files": try_files(file_count, random.Random(seed)),
    }
    if as_json:
        click.echo(json.dumps({name: vars(tally) for name, tally in tallies.items()}, indent=2))
    else:
        click.echo(heading(machine()))
        for name, tally in tallies.items():
            counts = ", ".join(f"{count} x {what}" for what, count in tally.outcomes.items())
            worst = f"the slowest took {tally.worst_seconds * 1000:.0f} ms"
            click.echo(f"{name}: {counts}, {len(tally.wrong)} x anything else; {worst}")
            click.echo("\n".join(f"  {what}" for what in tally.wrong[:20]))
    if any(tally.wrong for tally in tallies.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
