"""The wheel is what a student installs: the handout is in it, the secrets are not, and it works.

It is unpacked into a bare environment that sees NumPy, click, greenlet, PyYAML and tabulate alone,
so the editable installation cannot stand in for it, and no other package is needed to check.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.course.exercise import HANDOUT

ROOT = Path(__file__).parents[1]
NEEDED = ("numpy", "click", "greenlet", "PyYAML", "tabulate")
SECRETS = (
    *("solution.py", "solution.yaml", "misconceptions.py", "cases.py", "lecture.yaml"),
    *("oracle.py", "wrong/*"),
)
HINT = "Your kernel is flipped: deep learning lays it on the image as it is (cross-correlation)."
Run = Callable[..., subprocess.CompletedProcess[str]]


def built(kind: str, project: Path, folder: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(built("wheel", ROOT, tmp_path_factory.mktemp("wheel")))


@pytest.fixture(scope="module")
def grade(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A function that runs the wheel's `grade` in a folder."""
    home = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home / "venv")], check=True)
    (site_packages,) = (home / "venv").glob("lib/python*/site-packages")
    wheel.extractall(site_packages)
    link_distributions(home / "dependencies")
    (site_packages / "dependencies.pth").write_text(f"{home / 'dependencies'}\n")
    ours = {"GRADE_COURSE", "PYTHONPATH", "NO_COLOR"}
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    environment["XDG_CACHE_HOME"] = str(home / "cache")

    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        command = [str(home / "venv/bin/python"), *words]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    return run


def link_distributions(folder: Path) -> None:
    folder.mkdir()
    for name in NEEDED:
        distribution = metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
            (folder / top).symlink_to(Path(str(distribution.locate_file(top))))


def test_the_wheel_has_the_handout_of_every_exercise_and_no_more(
    wheel: zipfile.ZipFile, course: Course
) -> None:
    bundled = "grader/_course/"
    names = [name.removeprefix(bundled) for name in wheel.namelist() if name.startswith(bundled)]
    handout = [
        f"exercises/{name}/{file}"
        for name in course.exercise_names
        for file in HANDOUT
        if (course.exercises_folder / name / file).is_file()
    ]
    assert sorted(names) == sorted(["assignments.yaml", *handout])
    assert all(f"exercises/{name}/answers.bin" in names for name in course.exercise_names)


def test_no_secret_is_in_the_wheel_under_any_name(wheel: zipfile.ZipFile, course: Course) -> None:
    assert not {Path(name).name for name in wheel.namelist()} & set(SECRETS)
    assert not [name for name in wheel.namelist() if "/wrong/" in name]
    contents = {name: wheel.read(name) for name in wheel.namelist()}
    secrets = [p for file in SECRETS for p in course.exercises_folder.glob(f"*/{file}")]
    assert len(secrets) >= 4 * len(course.exercise_names)
    for path in secrets:
        secret = path.read_bytes()
        assert [name for name, content in contents.items() if secret in content] == []


def test_the_wheel_has_both_packages_whole_and_nothing_beside_them(
    wheel: zipfile.ZipFile,
) -> None:
    names = set(wheel.namelist())
    tops = {Path(name).parts[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"grader", "reference"}
    assert b"grade = grader.launch:main" in wheel.read(
        next(n for n in names if n.endswith("entry_points.txt"))
    )
    for path in [*ROOT.glob("grader/**/*"), *ROOT.glob("reference/**/*.py")]:
        if path.is_file() and "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT)) in names


def test_the_source_distribution_builds_the_same_wheel(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    shutil.unpack_archive(built("sdist", ROOT, tmp_path / "sdist"), tmp_path)
    (project,) = tmp_path.glob("gradecheck-*")
    again = zipfile.ZipFile(built("wheel", project, tmp_path / "wheel"))
    assert sorted(again.namelist()) == sorted(wheel.namelist())
    for needed in ("exercises/conv2d/solution.py", "tests/conftest.py", "examples/README.md"):
        assert (project / needed).is_file()
    assert not [path for path in project.rglob("*") if path.suffix in (".pyc", ".sqlite")]


def test_the_unpacked_wheel_is_what_is_imported(grade: Run, tmp_path: Path) -> None:
    code = "import grader, importlib.util as u; print(grader.__file__, u.find_spec('numba'))"
    printed = grade(tmp_path, "-c", code)
    assert "bare" in printed.stdout.split()[0]
    assert str(ROOT) not in printed.stdout
    assert printed.stdout.split()[1] == "None"


def test_the_right_answers_pass_and_the_course_is_the_same_one(
    grade: Run, course: Course, tmp_path: Path
) -> None:
    exercises = [course.exercise(name) for name in course.exercise_names]
    named = [e for e in exercises if e.kind != "timed"]  # those need Numba, which is not here
    for exercise in named:
        file = f"solution{exercise.suffix}"
        shutil.copy(exercise.folder / file, tmp_path / f"{exercise.name}{exercise.suffix}")
    checked = grade(tmp_path, "-m", "grader", "check", "--json")
    assert (checked.returncode, checked.stderr) == (0, "")
    told = json.loads(checked.stdout)
    assert {e["exercise"] for e in told["exercises"]} == {exercise.name for exercise in named}
    assert {e["verdict"] for e in told["exercises"]} == {"passed"}
    assert told["points"] == told["max_points"]
    assert told["course_version"] == course.version


def test_the_flipped_kernel_is_told_its_hint(grade: Run, course: Course, tmp_path: Path) -> None:
    code = (course.exercises_folder / "conv2d/misconceptions.py").read_text(encoding="utf-8")
    (tmp_path / "mine.py").write_text(f"{code}\n\nconv2d = kernel_flipped\n", encoding="utf-8")
    checked = grade(tmp_path, "-m", "grader", "check", "mine.py")
    assert checked.returncode == 1
    assert f"hint: {HINT}" in checked.stdout


def test_a_student_can_look_around_and_start(grade: Run, course: Course, tmp_path: Path) -> None:
    listed = grade(tmp_path, "-m", "grader", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert [name for name in course.exercise_names if name not in listed.stdout] == []
    shown = grade(tmp_path, "-m", "grader", "show", "softmax")
    assert (shown.returncode, shown.stdout[:9]) == (0, "# Softmax")
    started = grade(tmp_path, "-m", "grader", "start", "a1")
    assert started.returncode == 0
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted(f"{name}.py" for name in course.assignments["a1"].points)
    checked = grade(tmp_path, "-m", "grader", "check")
    assert checked.returncode == 1
    assert checked.stdout.count("not written yet") == len(written)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("verify",), "verifying needs the whole course"),
        (("new", "batch_norm"), "an exercise is added to the whole course"),
        (
            ("batch", ".", "--assignment", "a1", "--out", "out", "--isolation", "none"),
            "grading a batch needs the whole course",
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_needs_the_whole_course_says_so(
    grade: Run, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    (tmp_path / "student").mkdir()
    refused = grade(tmp_path, "-m", "grader", *words)
    assert refused.returncode == 2
    assert says in refused.stderr
    assert "--course DIR" in refused.stderr
    assert "Traceback" not in refused.stderr
