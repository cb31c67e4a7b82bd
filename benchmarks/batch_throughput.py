"""Hand-ins a second of `grade batch`, next to a loop of pytest over the same cases.

Run: python -m benchmarks.batch_throughput [--submissions N] [--pytest-sample N] [--jobs N] [--json]
"""

import csv
import json
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.hand_ins import (
    ASSIGNMENT,
    NINE,
    make_course,
    mistaken,
    solution,
    write_hand_in,
)
from benchmarks.measuring import (
    Cost,
    cores,
    cost_of,
    environment,
    grade_command,
    heading,
    machine,
    run,
)
from benchmarks.pytest_suite import write_suite
from grader.course.course import Course

BAR = 5
SEED = 20261121
EVERY_MISTAKEN = 10
MIX = (
    f"nine solutions each, no two hand-ins alike; in one of {EVERY_MISTAKEN} hand-ins one exercise"
    " is a misconception"
)


@dataclass(frozen=True)
class Measured:
    """One way of grading: how many hand-ins it graded, and at what cost."""

    way: str
    hand_ins: int
    cost: Cost

    @property
    def per_second(self) -> float:
        """Hand-ins a second."""
        return self.hand_ins / self.cost.wall_seconds


def make_hand_ins(folder: Path, count: int) -> tuple[Path, ...]:
    """Return hand-ins of every exercise; the last of each ten has one mistake."""
    return tuple(_hand_in(folder / f"student-{number:04}", number) for number in range(count))


def _hand_in(folder: Path, number: int) -> Path:
    turn, place = divmod(number, EVERY_MISTAKEN)
    wrong = NINE[turn % len(NINE)] if place == EVERY_MISTAKEN - 1 else None
    files = {name: mistaken(name, turn) if name == wrong else solution(name) for name in NINE}
    return write_hand_in(folder, files, number)


def batch(course: Course, hand_ins: Path, out: Path, jobs: int) -> set[str]:
    """Run `grade batch`; return who got every point."""
    options = {
        "--course": course.folder,
        "--assignment": ASSIGNMENT,
        "--out": out,
        "--jobs": jobs,
        "--seed": SEED,
        "--isolation": "best",
    }
    arguments = [str(part) for option in options.items() for part in option]
    command = [*grade_command(), "batch", str(hand_ins), *arguments]
    run(command, course.folder, environment(), codes={0})
    with (out / "gradebook.csv").open(newline="") as file:
        return {
            row["student"] for row in csv.DictReader(file) if row["points"] == row["max_points"]
        }


def pytest_loop(suite: Path, hand_ins: Sequence[Path], at_once: int) -> set[str]:
    """Run one pytest process for each hand-in; return for whom it passed."""

    def passed(hand_in: Path) -> bool:
        report = hand_in.parent.parent / "reports" / f"{hand_in.name}.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", "test_hand_in.py"]
        # Plugins that happen to be installed here would only slow it down.
        env = environment(HAND_IN=str(hand_in), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
        return run(command, suite, env, codes={0, 1}) == 0

    with ThreadPoolExecutor(at_once) as slots:
        results = list(slots.map(passed, hand_ins))
    return {one.name for one, right in zip(hand_ins, results, strict=True) if right}


class Race:
    """Both ways over the same hand-ins, in turns."""

    def __init__(self, folder: Path, submissions: int, sample: int, jobs: int) -> None:
        self.folder = folder
        self.jobs = jobs
        self.course = make_course(folder / "course")
        self.hand_ins = make_hand_ins(folder / "hand-ins", submissions)
        self.sample = self.hand_ins[:sample]
        self.suite = folder / "suite"
        self.cases = write_suite(self.suite, self.course, NINE, SEED)
        self.right_by_batch: set[str] = set()
        self.right_by_pytest: set[str] = set()

    def warm_up(self) -> None:
        """Let both compile and cache what they do but once."""
        few = make_hand_ins(self.folder / "few" / "hand-ins", 2)
        batch(self.course, few[0].parent, self.folder / "few" / "out", self.jobs)
        pytest_loop(self.suite, few, 1)

    def run(self) -> list[Measured]:
        """Return the cost of `grade batch` and of pytest: half the sample before, half after."""
        half = (len(self.sample) + 1) // 2
        zero = Cost(0, 0)
        loops = {1: zero} if self.jobs == 1 else {1: zero, self.jobs: zero}
        for at_once in loops:
            loops[at_once] += self._pytest(self.sample[:half], at_once)
        batch_cost = cost_of(self._batch)
        for at_once in loops:
            loops[at_once] += self._pytest(self.sample[half:], at_once)
        return [
            Measured(f"grade batch --jobs {self.jobs}", len(self.hand_ins), batch_cost),
            *(Measured(_loop(n), len(self.sample), cost) for n, cost in loops.items()),
        ]

    def _batch(self) -> None:
        self.right_by_batch = batch(
            self.course, self.hand_ins[0].parent, self.folder / "out", self.jobs
        )

    def _pytest(self, hand_ins: Sequence[Path], at_once: int) -> Cost:
        def work() -> None:
            self.right_by_pytest |= pytest_loop(self.suite, hand_ins, at_once)

        return cost_of(work) if hand_ins else Cost(0, 0)

    def disagreements(self) -> set[str]:
        """Return the hand-ins of the sample that only one of the two finds fully right."""
        names = {one.name for one in self.sample}
        return (self.right_by_batch & names) ^ self.right_by_pytest

    def agreement(self) -> str:
        """Return how both checks judged the sample, in words."""
        if self.disagreements():
            return f"THE CHECKS DISAGREE on {', '.join(sorted(self.disagreements()))}"
        right, count = len(self.right_by_pytest), len(self.sample)
        return (
            f"grade batch finds {len(self.right_by_batch)} of {len(self.hand_ins)} hand-ins fully"
            f" right; of the {count} in pytest's sample, both find the same {right}"
        )


def _loop(at_once: int) -> str:
    return "pytest, one after another" if at_once == 1 else f"pytest, {at_once} at once"


def table(measured: Sequence[Measured]) -> str:
    """Return hand-ins a second, CPU time, and how many times faster the batch is."""
    best = measured[0].per_second
    rows = [
        [
            one.way,
            one.hand_ins,
            one.cost.wall_seconds,
            one.per_second,
            one.cost.cpu_seconds / one.hand_ins,
            best / one.per_second,
        ]
        for one in measured
    ]
    headers = ["whole processes", "hand-ins", "wall s", "hand-ins/s", "CPU s each", "batch is x"]
    return tabulate(rows, headers, floatfmt=("", "", ".1f", ".2f", ".2f", ".1f"))


@click.command()
@click.option("--submissions", default=200, show_default=True, type=click.IntRange(min=1))
@click.option("--pytest-sample", default=20, show_default=True, type=click.IntRange(min=1))
@click.option("--jobs", default=cores(), show_default="one a core", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True)
def main(submissions: int, pytest_sample: int, jobs: int, as_json: bool) -> None:
    """Measure `grade batch` against pytest."""
    facts = machine()
    with tempfile.TemporaryDirectory() as folder:
        race = Race(Path(folder), submissions, min(pytest_sample, submissions), jobs)
        race.warm_up()
        measured = race.run()
    ratio = measured[0].per_second / measured[1].per_second
    if as_json:
        rows = [
            {
                "way": one.way,
                "hand_ins": one.hand_ins,
                "wall_seconds": one.cost.wall_seconds,
                "cpu_seconds": one.cost.cpu_seconds,
            }
            for one in measured
        ]
        found = {
            "machine": facts,
            "measured": rows,
            "ratio": ratio,
            "bar": BAR,
            "agree": not race.disagreements(),
        }
        click.echo(json.dumps(found, indent=2))
    else:
        click.echo(f"{heading(facts)}\n\n{len(NINE)} exercises, {race.cases} cases; {MIX}")
        click.echo(f"\n{table(measured)}\n\n{race.agreement()}")
        verdict = "met" if ratio >= BAR else "missed"
        click.echo(f"grade batch: {ratio:.1f} x the loop of pytest; bar {BAR}: {verdict}")
    if race.disagreements():
        sys.exit(1)


if __name__ == "__main__":
    main()
