"""What a student handed in, and where in it an exercise is: `grader.submission`."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.hand_ins import hand_ins
from grader.course.exercise import Exercise
from grader.errors import UsageError
from grader.policy import violation
from grader.reading import (
    MAX_BYTES,
    MAX_FILE_BYTES,
    MAX_FILES,
    read_single_file,
    read_submission,
)
from grader.submission import Found, NotFound, Source, Submission

CONV2D = Exercise(
    name="conv2d",
    folder=Path("/nowhere"),
    title="Convolution",
    topic="tests",
    entry_point="conv2d",
    oracle="reference:conv2d",
    seed=1,
    groups={"lecture": 1},
    forbidden_imports=("scipy", "torch"),
)
POOL = Exercise(
    name="pooling",
    folder=Path("/nowhere"),
    title="Pooling",
    topic="tests",
    entry_point="max_pool2d",
    oracle="reference:max_pool2d",
    seed=1,
    groups={"lecture": 1},
)
DEFINES = "def conv2d(x, weight):\n    return x\n"


def handed_in(**files: str | bytes) -> Submission:
    """Return a submission of these files; `__` in a name is a slash."""
    sources = tuple(
        Source(name.replace("__", "/") + ".py", text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    )
    return Submission("student", sources)


def reason(submission: Submission, exercise: Exercise = CONV2D) -> str:
    found = submission.find(exercise)
    assert isinstance(found, NotFound)
    return found.reason


# Where an exercise is.

FINDS = {
    "in the file of its name": ({"conv2d": DEFINES}, "conv2d.py"),
    "there, whatever else defines it": ({"a": DEFINES, "conv2d": DEFINES}, "conv2d.py"),
    "in a folder": ({"hw1__src__conv2d": DEFINES}, "hw1/src/conv2d.py"),
    "in the one file that defines it": ({"a": "x = 1\n", "homework": DEFINES}, "homework.py"),
    "in the one of two of its name that defines it": (
        {"a__conv2d": "import numpy\n", "b__conv2d": DEFINES},
        "b/conv2d.py",
    ),
    "in the file of its name that does not parse": ({"conv2d": "def f(:\n"}, "conv2d.py"),
    "in another file that does not parse": ({"hw": "def conv2d(x):\n  return (\n"}, "hw.py"),
}


@pytest.mark.parametrize(("files", "where"), FINDS.values(), ids=FINDS)
def test_an_exercise_is_found(files: dict[str, str], where: str) -> None:
    assert handed_in(**files).find(CONV2D) == Found(where)


def test_the_file_is_that_of_the_exercise_and_the_name_that_of_the_entry_point() -> None:
    pool = "def max_pool2d(x): ...\n"
    assert handed_in(pooling=pool, other=pool).find(POOL) == Found("pooling.py")
    assert handed_in(max_pool2d=pool).find(POOL) == Found("max_pool2d.py")
    assert isinstance(handed_in(max_pool2d=pool, other=pool).find(POOL), NotFound)


def test_several_exercises_may_stand_in_one_file() -> None:
    both = handed_in(homework=DEFINES + "def max_pool2d(x): ...\n")
    assert both.find(CONV2D) == both.find(POOL) == Found("homework.py")


def test_two_files_that_define_it_are_both_named() -> None:
    both = handed_in(b=DEFINES, a=DEFINES, c="x = 1\n")
    assert both.find(CONV2D) == NotFound("conv2d is in two files: a.py and b.py; keep one", True)
    twice = handed_in(v1__conv2d=DEFINES, v2__conv2d=DEFINES)
    assert "v1/conv2d.py and v2/conv2d.py" in reason(twice)
    neither = handed_in(v1__conv2d="", v2__conv2d="")
    assert "v1/conv2d.py and v2/conv2d.py" in reason(neither)


# What counts as a definition, at top level.

BINDS = {
    "a function": "def conv2d(x): ...",
    "a coroutine": "async def conv2d(x): ...",
    "a class": "class conv2d: ...",
    "a lambda": "conv2d = lambda x: x",
    "another name": "def f(x): ...\nconv2d = f",
    "a chain": "a = b = conv2d = print",
    "a pair": "a, (b, *conv2d) = 1, (2, 3)",
    "with a type": "conv2d: object = print",
    "a decorator": "import functools\n@functools.cache\ndef conv2d(x): ...",
    "in if": "if True:\n    def conv2d(x): ...",
    "in else": "if False: pass\nelse:\n    def conv2d(x): ...",
    "in elif": "if 0: pass\nelif 1: conv2d = print",
    "in try": "try:\n    def conv2d(x): ...\nfinally: pass",
    "in except": "try:\n    import fast\nexcept ImportError:\n    def conv2d(x): ...",
    "in the else of try": "try: pass\nexcept OSError: pass\nelse:\n    conv2d = 1",
    "in finally": "try: pass\nfinally:\n    def conv2d(x): ...",
    "in with": "with open('a') as f:\n    def conv2d(x): ...",
    "in a loop": "for _ in range(1):\n    def conv2d(x): ...",
    "in while": "while True:\n    def conv2d(x): ...\n    break",
    "in match": "match 1:\n    case 1:\n        def conv2d(x): ...",
    "in all of them": "if 1:\n try:\n  with a:\n   if 0: pass\n   else:\n    def conv2d(x): ...\n"
    " except E: pass",
    "before a hundred thousand sums": "def conv2d(x): ...\ny = 1" + "+1" * 100_000,
    "after a thousand elifs": "if 0: pass\n" + "elif 0: pass\n" * 1500 + "else:\n  conv2d = 1",
}
BINDS_NOT = {
    "a method": "class Layer:\n    def conv2d(self): ...",
    "an inner function": "def main():\n    def conv2d(x): ...",
    "an import": "from layers import conv2d",
    "a module": "import conv2d",
    "a call": "conv2d(1)",
    "an attribute": "layers.conv2d = 1",
    "an attribute of it": "conv2d.calls = 0",
    "an element of it": "conv2d[0] = 0",
    "an element by it": "table[conv2d] = 0",
    "a type alone": "conv2d: object",
    "a text": "'''def conv2d(x): ...'''",
    "a comment": "# def conv2d(x): ...",
    "an argument": "f = lambda conv2d: 0",
    "in main's body": "if __name__ == '__main__':\n    conv2d.test()",
    "a capital": "def Conv2D(x): ...",
}


@pytest.mark.parametrize("text", BINDS.values(), ids=BINDS)
def test_it_is_defined_at_top_level(text: str) -> None:
    assert handed_in(hw=text).find(CONV2D) == Found("hw.py")


@pytest.mark.parametrize("text", BINDS_NOT.values(), ids=BINDS_NOT)
def test_it_is_not_defined_at_top_level(text: str) -> None:
    assert isinstance(handed_in(hw=text).find(CONV2D), NotFound)
    assert handed_in(hw=text, conv=DEFINES).find(CONV2D) == Found("conv.py")


# What is said where there is none.


def test_a_file_of_its_name_without_it_is_named() -> None:
    found = handed_in(conv2d="x = 1\n").find(CONV2D)
    assert found == NotFound("conv2d.py does not define conv2d", claimed=True)


def test_nothing_at_all_claims_nothing() -> None:
    assert handed_in().find(CONV2D) == NotFound("no file defines conv2d", claimed=False)
    assert handed_in(a="def f(): ...\n").find(CONV2D) == NotFound("no file defines conv2d")


@pytest.mark.parametrize("name", ["conv_2d", "Conv2D", "conv2D", "convv2d", "con2d", "conv2d_"])
def test_the_nearest_name_and_its_file_are_told(name: str) -> None:
    files = {"layers": f"def relu(x): ...\ndef {name}(x): ...\n", "b": "def main(): ...\n"}
    found = handed_in(**files).find(CONV2D)
    told = f"no file defines conv2d; layers.py defines {name}: is that it?"
    assert found == NotFound(told, claimed=True)


@pytest.mark.parametrize("name", ["relu", "convolution", "main", "max_pool2d", "conv1d_backward"])
def test_a_name_that_is_not_near_is_not_told(name: str) -> None:
    assert reason(handed_in(layers=f"def {name}(x): ...\n")) == "no file defines conv2d"


def test_what_was_not_read_is_told_where_nothing_was_found() -> None:
    notes = ("hw.ipynb: notebooks are not read yet; save it as a .py file",)
    found = Submission("student", (), notes=notes).find(CONV2D)
    assert isinstance(found, NotFound)
    assert "hw.ipynb" in found.reason
    assert not found.claimed


# Files that are hard to read.

UNREADABLE = {
    "syntax error": "def conv2d(x):\n    return (\n",
    "Python 2": "def conv2d(x):\n    print 'x'\n",
    "tabs and spaces": "def conv2d(x):\n\tif x:\n        return x\n",
    "a zero byte": "def conv2d(x): ...\n\0",
    "latin-1 without a cookie": "def conv2d(x): return 'é'\n".encode("latin-1"),
    "an unknown cookie": "# coding: klingon\ndef conv2d(x): ...\n",
    "UTF-8 mark and another cookie": b"\xef\xbb\xbf# coding: latin-1\ndef conv2d(x): ...\n",
    "a hundred thousand brackets": "def conv2d(x): ...\n" + "(" * 100_000,
    "a hundred thousand signs": "def conv2d(x): ...\ny = " + "-" * 100_000 + "1\n",
    "an integer of 5000 digits": "def conv2d(x): ...\ny = " + "9" * 5000 + "\n",
}
READABLE = {
    "UTF-8": "# é 卷积\ndef conv2d(x): ...\n",
    "UTF-8 with a mark": b"\xef\xbb\xbfdef conv2d(x): ...\n",
    "latin-1 with its cookie": "# coding: latin-1\n# é\ndef conv2d(x): ...\n".encode("latin-1"),
    "Windows lines": b"def conv2d(x):\r\n    return x\r\n",
    "old Mac lines": b"x = 1\rdef conv2d(x):\r    return x\r",
    "no last line end": b"def conv2d(x): return x",
    "a form feed": b"\x0cdef conv2d(x): return x\n",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_does_not_parse_is_found_and_says_so_when_it_is_loaded(
    text: str | bytes,
) -> None:
    submission = handed_in(hw=text)
    began = time.perf_counter()
    assert submission.sources[0].tree is None
    assert submission.find(CONV2D) == Found("hw.py")
    assert violation(CONV2D, submission.sources[0]) is None
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE)
def test_a_file_in_any_encoding_that_python_reads_is_parsed(text: str | bytes) -> None:
    submission = handed_in(hw=text)
    assert submission.sources[0].tree is not None
    assert submission.find(CONV2D) == Found("hw.py")


def test_nothing_is_executed_while_finding(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"""
import sys, pathlib, tell_tale
print("run")
pathlib.Path({str(tmp_path / "trace")!r}).touch()
sys.exit(3)
@pathlib.Path({str(tmp_path / "trace")!r}).write_text
def conv2d(x=pathlib.Path({str(tmp_path / "trace")!r}).touch()): ...
"""
    folder = tmp_path / "student"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    (folder / "conv2d.py").write_text(text, encoding="utf-8")
    (folder / "tell_tale.py").write_text("print('run')\n", encoding="utf-8")
    (folder / "__init__.py").write_text("print('run')\n", encoding="utf-8")
    (folder / "conftest.py").write_text("print('run')\n", encoding="utf-8")
    submission = read_submission(folder)
    assert submission.find(CONV2D) == Found("conv2d.py")
    assert isinstance(submission.find(POOL), NotFound)
    violation(CONV2D, submission.sources[0])
    assert not (tmp_path / "trace").exists()
    assert not {"conv2d", "tell_tale"} & set(sys.modules)
    assert capfd.readouterr().out == ""
    assert not list(folder.glob("__pycache__"))


# Reading a folder.

Written = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Written:
    """A function that writes files into a student's folder."""

    def write(**files: str | bytes) -> Path:
        student = tmp_path / "hand_ins" / "student"
        student.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            path = student / name.replace("__", "/").replace("_dot_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return student

    return write


def names(submission: Submission) -> list[str]:
    return [source.name for source in submission.sources]


def test_python_files_are_read_from_all_folders_in_order(folder: Written) -> None:
    student = folder(b_dot_py="", a_dot_py="", hw1__src__c_dot_py="x = 1\n", readme_dot_txt="")
    submission = read_submission(student)
    assert submission.name == "student"
    assert names(submission) == ["a.py", "b.py", os.path.join("hw1", "src", "c.py")]
    assert submission.files[os.path.join("hw1", "src", "c.py")] == b"x = 1\n"
    assert submission.notes == ()


def test_an_environment_is_left_out_whatever_its_name(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    (student / "my_env").mkdir()
    (student / "my_env" / "conv2d.py").write_text(DEFINES)
    assert len(names(read_submission(student))) == 2
    (student / "my_env" / "pyvenv.cfg").write_text("home = /usr/bin")
    assert names(read_submission(student)) == ["conv2d.py"]


@pytest.mark.parametrize(
    "hidden",
    [
        ".git",
        ".venv",
        ".ipynb_checkpoints",
        "__pycache__",
        "__MACOSX",
        "node_modules",
        "site-packages",
    ],
)
def test_hidden_folders_and_installed_libraries_are_left_out(folder: Written, hidden: str) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    for where in (student / hidden, student / "src" / hidden / "deep"):
        where.mkdir(parents=True)
        (where / "conv2d.py").write_text(DEFINES)
    assert names(read_submission(student)) == ["conv2d.py"]


def test_the_leftovers_of_a_mac_are_left_out(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    (student / "._conv2d.py").write_bytes(b"\0\5\26\7\0")
    assert names(read_submission(student)) == ["conv2d.py"]


def test_the_courses_own_exercises_are_left_out(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES, exercises__conv2d__solution_dot_py=DEFINES)
    exercises = (student / "exercises").resolve()
    assert names(read_submission(student, without=exercises)) == ["conv2d.py"]
    assert len(names(read_submission(student))) == 2


def test_links_are_not_followed(folder: Written, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (secret / "deep").mkdir(parents=True)
    (secret / "answers.py").write_text("SECRET = 1\n")
    student = folder(conv2d_dot_py=DEFINES)
    (student / "file.py").symlink_to(secret / "answers.py")
    (student / "inside.py").symlink_to(student / "conv2d.py")
    (student / "broken.py").symlink_to(tmp_path / "nowhere")
    (student / "folder").symlink_to(secret, target_is_directory=True)
    (student / "loop").symlink_to(student, target_is_directory=True)
    submission = read_submission(student)
    assert names(submission) == ["conv2d.py"]
    left_out = "left out, not a readable file of at most 256 KiB"
    assert submission.notes == tuple(f"{f}.py: {left_out}" for f in ("broken", "file", "inside"))
    assert b"SECRET" not in b"".join(submission.files.values())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    os.mkfifo(student / "pipe.py")
    os.mkfifo(student.parent / "other.py")
    (student / "folder.py").mkdir()
    submission = read_submission(student)
    assert names(submission) == ["conv2d.py"]
    assert [note.partition(":")[0] for note in submission.notes] == ["pipe.py"]
    alone = read_single_file(student.parent / "other.py")
    assert (alone.sources, alone.notes) == (
        (),
        ("other.py: left out, not a readable file of at most 256 KiB",),
    )
    with pytest.raises(UsageError, match=r"pipe\.py is not a file"):
        read_submission(student / "pipe.py")
    assert names(read_submission(student / "conv2d.py")) == ["conv2d.py"]


def test_a_huge_file_is_left_out_with_a_note(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES, just_dot_py=b"#" * MAX_FILE_BYTES)
    (student / "data.py").write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    submission = read_submission(student)
    assert names(submission) == ["conv2d.py", "just.py"]
    assert submission.notes == ("data.py: left out, not a readable file of at most 256 KiB",)
    assert reason(submission, POOL).endswith(
        "data.py: left out, not a readable file of at most 256 KiB"
    )
    with pytest.raises(UsageError, match="larger than 256 KiB"):
        read_submission(student / "data.py")
    alone = read_single_file(student / "data.py")
    assert (alone.name, alone.sources) == ("data", ())
    assert "data.py: left out" in reason(alone)


def test_a_thousand_files_are_cut_with_a_note(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    for number in range(MAX_FILES + 5):
        (student / f"zz{number:04}.py").write_bytes(b"")
    submission = read_submission(student)
    assert len(submission.sources) == MAX_FILES
    assert submission.find(CONV2D) == Found("conv2d.py")
    assert submission.notes == (f"only the first {MAX_FILES} files were read: it is too much",)


def test_a_hand_in_that_would_fill_our_memory_is_cut_with_a_note(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES)
    for number in range(20):
        (student / f"zz{number:02}.py").write_bytes(b"x=0\n" * (MAX_FILE_BYTES // 4))
    submission = read_submission(student)
    assert sum(map(len, submission.files.values())) <= MAX_BYTES
    assert submission.find(CONV2D) == Found("conv2d.py")
    assert submission.notes == ("only the first 4 files were read: it is too much",)


def test_notebooks_are_noted(folder: Written) -> None:
    student = folder(hw_dot_ipynb="{}", src__deep_dot_ipynb="{}", conv2d_dot_py=DEFINES)
    submission = read_submission(student)
    assert names(submission) == ["conv2d.py"]
    deep = os.path.join("src", "deep.ipynb")
    assert [note.partition(":")[0] for note in submission.notes] == ["hw.ipynb", deep]
    assert all("notebooks are not read yet" in note for note in submission.notes)


def test_a_single_file_may_import_its_neighbours_but_they_are_not_graded(folder: Written) -> None:
    student = folder(conv2d_dot_py=DEFINES, layers_dot_py="def max_pool2d(x): ...\n")
    (student / "link.py").symlink_to(student / "layers.py")
    submission = read_submission(student / "conv2d.py")
    assert names(submission) == ["conv2d.py"]
    assert set(submission.files) == {"conv2d.py", "layers.py"}
    assert submission.find(CONV2D) == Found("conv2d.py")
    assert isinstance(submission.find(POOL), NotFound)


def test_a_single_hand_in_has_no_neighbours(folder: Written) -> None:
    """Beside it lie other students' files."""
    student = folder(ada_dot_py=DEFINES, bob_dot_py=DEFINES)
    submission = read_single_file(student / "ada.py")
    assert submission.name == "ada"
    assert set(submission.files) == {"ada.py"}


def test_what_is_not_there_or_no_python_is_a_usage_error(folder: Written) -> None:
    student = folder(notes_dot_txt="")
    with pytest.raises(UsageError, match="nowhere is not there"):
        read_submission(student / "nowhere")
    with pytest.raises(UsageError, match=r"notes\.txt is not a Python file"):
        read_submission(student / "notes.txt")


def test_an_empty_folder_is_an_empty_submission(folder: Written) -> None:
    submission = read_submission(folder())
    assert (submission.sources, submission.notes) == ((), ())


# The hash under which a result is kept.


def test_the_hash_is_that_of_names_and_contents_and_of_nothing_else(folder: Written) -> None:
    student = folder(a_dot_py="1", b_dot_py="2")
    before = read_submission(student).sha256
    os.utime(student / "a.py", (1, 1))
    (student / "notes.txt").write_text("new")
    assert read_submission(student).sha256 == before
    changes: dict[str, dict[str, bytes]] = {
        "content": {"a.py": b"1 ", "b.py": b"2"},
        "swapped": {"a.py": b"2", "b.py": b"1"},
        "name": {"a.py": b"1", "c.py": b"2"},
        "one less": {"a.py": b"1"},
        "moved across": {"a.py": b"12", "b.py": b""},
    }
    hashes = {before}
    for files in changes.values():
        sources = tuple(Source(name, content) for name, content in files.items())
        hashes.add(Submission("student", sources).sha256)
    assert len(hashes) == len(changes) + 1


# A folder of hand-ins.


def test_every_folder_and_python_file_is_a_students(folder: Written) -> None:
    submissions = folder(conv2d_dot_py=DEFINES).parent
    (submissions / "turing_alan.py").write_text(DEFINES)
    (submissions / "empty").mkdir()
    (submissions / "grades.csv").write_text("")
    (submissions / "link").symlink_to(submissions / "student", target_is_directory=True)
    (submissions / ".DS_Store").write_text("")
    (submissions / "__MACOSX").mkdir()
    found, notes = hand_ins(submissions)
    assert [hand_in.student for hand_in in found] == ["empty", "student", "turing_alan"]
    assert [names(hand_in.read()) for hand_in in found] == [[], ["conv2d.py"], ["turing_alan.py"]]
    assert notes == (
        "grades.csv: neither a folder nor a .py file, left out",
        "link: a link, left out",
    )


def test_a_student_with_a_folder_and_a_file_is_a_usage_error(folder: Written) -> None:
    submissions = folder(conv2d_dot_py=DEFINES).parent
    (submissions / "student.py").write_text(DEFINES)
    with pytest.raises(UsageError, match="'student' has a folder and a file"):
        hand_ins(submissions)


def test_a_folder_without_hand_ins_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no submissions"):
        hand_ins(tmp_path)
    with pytest.raises(UsageError, match="is not a folder of submissions"):
        hand_ins(tmp_path / "nowhere")
