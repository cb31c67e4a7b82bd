"""Every idea of the lectures is an exercise: docs/lectures.md says which, and is made from them.

Run as a program, this file renews the tables in the page.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tabulate import tabulate

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/lectures.md"
MARK = "<!-- made from the exercises by tests/test_lectures_page.py -->\n"
LECTURES = ("BME", "ELTE", "UFV", "NCU", "Prototyping")

# Every hand-worked case and named idea of the lectures. A case of an exercise takes one up when its
# id is this one, or begins with it and a hyphen.
IDEAS = [
    "elte-conv-5x5",
    "bme-conv-binary",
    "ncu-sharpen-padded",
    "elte-vertical-edge-window",
    "elte-equivariance",
    "ufv-true-convolution",
    "ufv-channel-sum",
    "ufv-relu-map",
    "elte-coverage",
    "proto-true-convolution",
    "named-kernels",
    "shape-1",
    "shape-2",
    "shape-3",
    "shape-4",
    "shape-5",
    "shape-6",
    "net-keras-cifar10",
    "net-lenet-5",
    "net-alexnet",
    "net-vgg-16",
    "net-googlenet-inception",
    "net-resnet",
    "net-densenet",
    "proto-max",
    "proto-avg",
    "elte-max",
    "ncu-region",
    "elte-softmax-correct",
    "elte-softmax-wrong",
    "ufv-softmax",
    "elte-one-hot",
    "bme-ce-1",
    "bme-ce-2",
    "ufv-ce-72",
    "ufv-ce-52",
    "ufv-ce-wrong",
    "ufv-bce-0.2",
    "ufv-bce-0.92",
    "ufv-bce-0.65",
    "elte-bce-0.73",
    "elte-bce-perfect",
    "bme-confusion",
    "proto-imbalance",
    "ncu-roc-pr",
    "opt-gd",
    "opt-sgd",
    "opt-momentum",
    "opt-adagrad",
    "opt-rmsprop",
    "opt-adam",
    "opt-adadelta",
    "network-neuron",
    "ncu-mlp",
    "network-linear-regression",
    "network-logistic-regression",
    "network-one-vs-rest",
    "proto-recurrent",
    "network-training-loop",
    "ncu-quiz",
]
# What a lecture names and no exercise takes up, with the reason.
LEFT_OUT = {
    "net-neocognitron": "history: the lectures give no formula and no number",
    "transfer learning": "named without a formula; it needs weights to download",
}


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) or []


@cache
def exercises() -> list[tuple[str, Any, list[Any]]]:
    """Return name, exercise.yaml and lecture.yaml of each exercise."""
    paths = sorted(ROOT.glob("exercises/*/exercise.yaml"))
    return [(path.parent.name, read(path), read(path.with_name("lecture.yaml"))) for path in paths]


def taken_up(idea: str) -> list[str]:
    """Return the exercises with a case of this idea."""
    return [
        name
        for name, _, cases in exercises()
        if any(case["id"] == idea or case["id"].startswith(f"{idea}-") for case in cases)
    ]


def by_exercise() -> str:
    """Return how many cases of each lecture an exercise has; a dot where it only draws on it."""
    rows = []
    for name, fields, cases in exercises():
        cells = []
        for lecture in LECTURES:
            count = sum(lecture in case["source"] for case in cases)
            draws = any(lecture in source for source in fields["sources"])
            cells.append(str(count) if count else "·" if draws else "")
        if any(cells):
            rows.append([name, fields["topic"], *cells])
    rows.sort(key=lambda row: (row[1], row[0]))
    return tabulate(rows, ["exercise", "topic", *LECTURES], "github", disable_numparse=True)


def by_idea() -> str:
    """Return which exercises take up an idea."""
    rows = [[idea, ", ".join(taken_up(idea))] for idea in IDEAS]
    rows += [[idea, f"*none: {why}*"] for idea, why in LEFT_OUT.items()]
    return tabulate(rows, ["case or idea", "exercises"], "github")


def tables() -> str:
    return f"{by_exercise()}\n\n{by_idea()}"


@pytest.mark.parametrize("idea", IDEAS)
def test_an_exercise_takes_up_every_idea_of_the_lectures(idea: str) -> None:
    assert taken_up(idea)


def test_what_is_said_to_be_left_out_is() -> None:
    assert [idea for idea in LEFT_OUT if taken_up(idea)] == []


def test_every_exercise_draws_on_a_lecture_but_the_kernels() -> None:
    """No lecture teaches CUDA: it is an assignment of its own."""
    for name, fields, _ in exercises():
        is_drawn = any(lecture in " ".join(fields["sources"]) for lecture in LECTURES)
        assert is_drawn or fields.get("kind") == "kernel", name


def test_the_page_says_what_the_exercises_say() -> None:
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1].strip() == tables()


if __name__ == "__main__":
    text, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(f"{text}{MARK}\n{tables()}\n", encoding="utf-8")
