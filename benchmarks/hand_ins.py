"""Courses and hand-ins of the benchmarks, made in a folder of their own."""

import ast
import random
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from benchmarks.measuring import EXERCISES
from grader.course.course import Course, load_course

# The assignment of all the figures about batches, so that they can be compared with older ones.
NINE = (
    *("conv2d", "conv_output_size", "max_pool2d", "softmax", "cross_entropy"),
    *("confusion_matrix", "one_vs_rest_counts", "momentum", "shuffle_batches"),
)
ASSIGNMENT = "everything"
VECTORISED = Path(__file__).parent / "vectorised"
SITUATIONS = Path(__file__).parents[1] / "tests/grader/submissions"
ATTACKED = "conv_output_size"  # what the hostile hand-ins of the tests pretend to answer


def make_course(folder: Path, names: Sequence[str] = NINE) -> Course:
    """Return a course whose one assignment has these exercises, a point each."""
    folder.mkdir()
    (folder / "exercises").symlink_to(EXERCISES, target_is_directory=True)
    assignment = {"title": "Everything", "exercises": dict.fromkeys(names, 1)}
    fields = {"course": "Benchmark", "assignments": {ASSIGNMENT: assignment}}
    (folder / "assignments.yaml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    return load_course(folder)


def solution(name: str, vectorised: bool = False) -> str:
    """Return the exercise's solution; `vectorised` without loops, as a good student writes it."""
    fast = VECTORISED / f"{name}.py"
    path = fast if vectorised and fast.exists() else EXERCISES / name / "solution.py"
    return path.read_text(encoding="utf-8")


def mistaken(name: str, turn: int) -> str:
    """Return the exercise's misconceptions as a file that hands in one of them."""
    text = (EXERCISES / name / "misconceptions.py").read_text(encoding="utf-8")
    functions = [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    mistakes = [function for function in functions if not function.startswith("_")]
    return f"{text}\n\n{name} = {mistakes[turn % len(mistakes)]}\n"


def write_hand_in(folder: Path, files: Mapping[str, str], number: int) -> Path:
    """Write one hand-in, by exercise; a last line makes no two alike."""
    folder.mkdir(parents=True)
    for name, text in files.items():
        text += f"\n\nHAND_IN = {number}  # so that no two files are alike\n"
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def hostile_situations(level: str) -> dict[str, tuple[str, bool]]:
    """Return what hostile hand-ins there are: by name the verdict, and whether points are full."""
    found = {}
    for path in sorted(SITUATIONS.glob("*/outcome.yaml")):
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        below = {"full": ("full", "strong", "none"), "strong": ("strong", "none")}
        outcome = next(stated[name] for name in below.get(level, ("none",)) if name in stated)
        if stated["kind"] == "hostile" and stated["exercise"] == ATTACKED:
            found[path.parent.name] = (outcome["verdict"], outcome["points"] == "full")
    return found


def hurried_course(folder: Path) -> Course:
    """Return a course of the one exercise that hostile hand-ins answer, with short limits."""
    exercise = folder / "exercises" / ATTACKED
    shutil.copytree(EXERCISES / ATTACKED, exercise)
    stated = yaml.safe_load((exercise / "exercise.yaml").read_text(encoding="utf-8"))
    stated["limits"] = {"seconds": 1.0, "import_seconds": 3.0, "memory_mib": 512}
    (exercise / "exercise.yaml").write_text(yaml.safe_dump(stated), encoding="utf-8")
    assignment = {"title": "Hurried", "exercises": {ATTACKED: 1}}
    fields = {"course": "Benchmark", "assignments": {ASSIGNMENT: assignment}}
    (folder / "assignments.yaml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    return load_course(folder)


def write_mixed(folder: Path, count: int, hostile: Sequence[str], share: float) -> dict[str, str]:
    """Write good and hostile hand-ins; return by student which situation it is, "" for a good one.

    Every kind of hostility comes as often as any other; who is hostile is drawn.
    """
    draw = random.Random(20261121)
    bad = draw.sample(range(count), round(count * share))
    kinds = {number: hostile[place % len(hostile)] for place, number in enumerate(bad)}
    text = solution(ATTACKED)
    written = {}
    for number in range(count):
        student, kind = f"student-{number:05}", kinds.get(number, "")
        written[student] = kind
        if not kind:
            write_hand_in(folder / student, {ATTACKED: text}, number)
            continue
        ignored = shutil.ignore_patterns("outcome.yaml", "__pycache__")
        shutil.copytree(SITUATIONS / kind, folder / student, ignore=ignored)
    return written
