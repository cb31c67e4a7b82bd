"""Hand-ins a second beside pytest, gradescope-utils and otter-grader, on one exercise.

Run: python -m benchmarks.peers [--submissions N] [--sample N] [--json], with the `bench` extra
"""

import json
import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from tabulate import tabulate

from benchmarks.hand_ins import ASSIGNMENT, make_course, solution, write_hand_in
from benchmarks.measuring import Cost, cost_of, environment, grade_command, heading, machine, run
from grader.course.answers import read_answers
from grader.course.course import Course

EXERCISE = "conv2d"
TEST_OF_PYTEST = f"""
import os, pickle, sys
from pathlib import Path
import numpy as np
import pytest
sys.path.insert(0, os.environ["HAND_IN"])
CASES = pickle.loads((Path(__file__).parent / "cases.pickle").read_bytes())

@pytest.mark.parametrize("number", range(len(CASES)))
def test_answer(number):
    from {EXERCISE} import {EXERCISE}
    inputs, expected = CASES[number]
    np.testing.assert_allclose({EXERCISE}(**inputs), expected, rtol=1e-4, atol=1e-5)
"""
TEST_OF_GRADESCOPE = f"""
import os, pickle, sys, unittest
from pathlib import Path
import numpy as np
from gradescope_utils.autograder_utils.decorators import weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner
sys.path.insert(0, os.environ["HAND_IN"])
CASES = pickle.loads((Path(__file__).parent / "cases.pickle").read_bytes())

class TestAnswers(unittest.TestCase):
    pass

def case(number):
    @weight(1)
    def test(self):
        from {EXERCISE} import {EXERCISE}
        inputs, expected = CASES[number]
        np.testing.assert_allclose({EXERCISE}(**inputs), expected, rtol=1e-4, atol=1e-5)
    return test

for number in range(len(CASES)):
    setattr(TestAnswers, f"test_{{number}}", case(number))

with open(os.environ["RESULT"], "w") as file:
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(TestAnswers)
    JSONTestRunner(visibility="visible", stream=file).run(suite)
"""


@dataclass(frozen=True)
class Measured:
    """How many hand-ins a way of grading graded, at what cost."""

    way: str
    hand_ins: int
    cost: Cost

    @property
    def per_second(self) -> float:
        """Hand-ins a second."""
        return self.hand_ins / self.cost.wall_seconds


class Peers:
    """One exercise, its public cases and right hand-ins, in the form that each peer wants."""

    def __init__(self, folder: Path, submissions: int, sample: int) -> None:
        self.folder = folder
        self.course: Course = make_course(folder / "course", [EXERCISE])
        cases = read_answers(self.course.exercises_folder / EXERCISE).cases
        self.cases = [(solved.case.inputs, solved.expected) for solved in cases]
        files = {EXERCISE: solution(EXERCISE)}
        self.hand_ins = [
            write_hand_in(folder / "hand-ins" / f"student-{number:04}", files, number)
            for number in range(submissions)
        ]
        self.sample = self.hand_ins[:sample]
        (folder / "cases.pickle").write_bytes(pickle.dumps(self.cases))
        (folder / "test_pytest.py").write_text(TEST_OF_PYTEST, encoding="utf-8")
        (folder / "run_gradescope.py").write_text(TEST_OF_GRADESCOPE, encoding="utf-8")
        self.otter = self._otter()

    def _otter(self) -> Path:
        """Return otter's autograder: the same cases as a doctest each."""
        tests = self.folder / "tests"
        tests.mkdir()
        begin = (
            f">>> import pickle, numpy as np\n"
            f">>> CASES = pickle.load(open({str(self.folder / 'cases.pickle')!r}, 'rb'))\n"
        )
        call = f"np.allclose({EXERCISE}(**CASES[{{}}][0]), CASES[{{}}][1], 1e-4, 1e-5)"
        line = "{}>>> bool(" + call + ")\nTrue"
        codes = [{"code": line.format(begin, k, k)} for k in range(len(self.cases))]
        suites = [{"type": "doctest", "cases": codes}]
        test = {"name": "q1", "points": len(codes), "suites": suites}
        text = f"OK_FORMAT = True\ntest = {test!r}\n"
        (tests / "q1.py").write_text(text, encoding="utf-8")
        otter = str(Path(sys.executable).with_name("otter"))
        command = [otter, "generate", "-t", str(tests), "-o", str(self.folder / "autograder.zip")]
        run([*command, "--no-requirements", "--no-environment"], self.folder, environment(), {0})
        return Path(otter)

    def grade(self) -> None:
        """Run `grade batch` over every hand-in."""
        out = self.folder / "out"
        options = ["-a", ASSIGNMENT, "--out", out, "--isolation", "best"]
        command = [*grade_command(), "batch", self.folder / "hand-ins", *options]
        run(list(map(str, command)), self.course.folder, environment(), codes={0})

    def pytest(self) -> None:
        """Run one pytest for each hand-in of the sample."""
        for hand_in in self.sample:
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
            env = environment(HAND_IN=str(hand_in), PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
            run([*command, "test_pytest.py"], self.folder, env, codes={0})

    def gradescope(self) -> None:
        """Run one test program for each hand-in of the sample, and look at its points."""
        for hand_in in self.sample:
            result = self.folder / f"{hand_in.name}.json"
            env = environment(HAND_IN=str(hand_in), RESULT=str(result))
            run([sys.executable, "run_gradescope.py"], self.folder, env, codes={0})
            told = json.loads(result.read_text())
            if sum(test["score"] for test in told["tests"]) != len(self.cases):
                raise SystemExit(f"gradescope-utils: not every case passed: {told}")

    def otter_run(self) -> None:
        """Run `otter run` for two hand-ins, as notebooks, and look at their points."""
        for hand_in in self.sample[:2]:
            source = (hand_in / f"{EXERCISE}.py").read_text(encoding="utf-8")
            cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": source}
            notebook = {
                "cells": [cell | {"execution_count": None}],
                "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
            path = self.folder / f"{hand_in.name}.ipynb"
            path.write_text(json.dumps(notebook), encoding="utf-8")
            out = self.folder / f"otter-{hand_in.name}"
            out.mkdir(exist_ok=True)
            command = [self.otter, "run", path, "-a", self.folder / "autograder.zip", "-o", out]
            run(list(map(str, command)), self.folder, environment(), codes={0})
            told = json.loads((out / "results.json").read_text())
            if sum(test.get("score", 0) for test in told["tests"]) < len(self.cases):
                raise SystemExit(f"otter-grader: not every case passed: {told}")


def table(measured: Sequence[Measured]) -> str:
    """Return hand-ins a second, and how many times faster the batch is."""
    best = measured[0].per_second
    rows = [
        [m.way, m.hand_ins, m.cost.wall_seconds, m.per_second, best / m.per_second]
        for m in measured
    ]
    headers = ["whole processes", "hand-ins", "wall s", "hand-ins/s", "batch is x"]
    return tabulate(rows, headers, floatfmt=("", "", ".1f", ".2f", ".1f"))


@click.command()
@click.option("--submissions", default=300, show_default=True, type=click.IntRange(min=1))
@click.option("--sample", default=10, show_default=True, type=click.IntRange(min=2))
@click.option("--json", "as_json", is_flag=True)
def main(submissions: int, sample: int, as_json: bool) -> None:
    """Measure `grade batch` against loops of other graders."""
    facts = machine()
    with tempfile.TemporaryDirectory() as name:
        peers = Peers(Path(name), submissions, sample)
        ways: list[tuple[str, int, Callable[[], None]]] = [
            ("grade batch", submissions, peers.grade),
            ("gradescope-utils, a loop", sample, peers.gradescope),
            ("pytest, a loop", sample, peers.pytest),
            ("otter run, a loop", 2, peers.otter_run),
        ]
        measured = [Measured(way, count, cost_of(work)) for way, count, work in ways]
        cases = len(peers.cases)
    if as_json:
        rows = [{"way": m.way, "hand_ins": m.hand_ins, **vars(m.cost)} for m in measured]
        click.echo(json.dumps({"machine": facts, "measured": rows}, indent=2))
    else:
        click.echo(f"{heading(facts)}\n\n{EXERCISE}, {cases} public cases, right hand-ins")
        click.echo("(grade batch adds the hidden cases and isolation; the others have neither)\n")
        click.echo(table(measured))


if __name__ == "__main__":
    main()
