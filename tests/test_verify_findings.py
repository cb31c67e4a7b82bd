"""Each check of `grade verify` goes red for its own reason, and says where to look.

One thing is spoilt in a copy of an exercise that is in order. Where the frozen answers are not the
point they are renewed after it, so that no other check may notice.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import Result

from grader.border import frames
from grader.course.answers import seal
from grader.course.course import load_course, whole_exercise
from grader.verify.checks import CHECKS
from grader.verify.course_check import Verified, renew, verify
from grader.verify.finding import Material

DETERMINING = (
    *("exercise.yaml", "lecture.yaml", "cases.py", "misconceptions.py"),
    *("harness.py", "judge.py", "oracle.py"),
)
DAMAGED = "softmax: answers.bin is damaged, or was written by another version"
Typed = Callable[..., Result]
Copied = Callable[..., Path]
Spoil = Callable[[Path], Any]


def replace(file: str, old: str, new: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has changed: {old!r} is not in it"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def append(file: str, added: str) -> Spoil:
    def spoil(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text + added, encoding="utf-8")

    return spoil


def overwrite(file: str, text: str) -> Spoil:
    return lambda folder: (folder / file).write_text(text, encoding="utf-8")


def remove(file: str) -> Spoil:
    return lambda folder: (folder / file).unlink()


def learn_the_public_cases_by_heart(folder: Path) -> None:
    material = Material(*whole_exercise(load_course(folder.parents[1]), folder.name))
    known = {solved.case.inputs["x"].tobytes() for solved in material.cases}
    text = (folder / "solution.py").read_text(encoding="utf-8")
    text = text.replace(
        "    shifted", "    if x.tobytes() not in KNOWN:\n        return x\n    shifted"
    )
    (folder / "solution.py").write_text(f"{text}\n\nKNOWN = {known!r}\n", encoding="utf-8")


def mistake(name: str, hint: str, answer: str) -> Spoil:
    """Add a misconception."""
    docstring = f'"""Believes something.\n\n    {hint}\n    """'
    code = f"\n\ndef {name}(x, axis=-1):\n    {docstring}\n    return {answer}\n"
    return append("misconceptions.py", code)


class Spoilt(NamedTuple):
    """One thing to spoil, the check that finds it, and what it says.

    In the message, {line} is where `marked`, a file and a text in it, stands.
    """

    spoil: Spoil
    check: str
    says: str
    marked: tuple[str, str] = ("exercise.yaml", "entry_point:")
    exercise: str = "softmax"


SPOILT = {
    "readme-missing": Spoilt(remove("README.md"), "folder complete", "README.md is missing"),
    "todo-left": Spoilt(
        append("README.md", "\nTODO: a picture\n"),
        "folder complete",
        "README.md, line {line}: a TODO is left",
        ("README.md", "TODO"),
    ),
    "solution-imports-a-library": Spoilt(
        replace("solution.py", "import numpy as np", "import numpy as np\nimport scipy.special"),
        "imports NumPy alone",
        "solution.py, line {line}: imports scipy.special",
        ("solution.py", "scipy"),
    ),
    "misconceptions-import-the-oracle": Spoilt(
        append("misconceptions.py", "\n\nfrom reference import softmax as _oracle\n"),
        "imports NumPy alone",
        "misconceptions.py, line {line}: imports reference",
        ("misconceptions.py", "from reference"),
    ),
    "group-without-case": Spoilt(
        replace("exercise.yaml", "groups: {", "groups: {speed: 1, "),
        "case groups used",
        "the group 'speed' has a weight but no case",
    ),
    "last-digit-of-a-printed-number": Spoilt(
        replace("lecture.yaml", "0.0179", "0.0178"),
        "oracle = lectures",
        "ufv-softmax (lecture.yaml:{line}): at [1]: printed 0.0178, the oracle gives 0.0178",
        ("lecture.yaml", "id: ufv-softmax"),
    ),
    "fewer-digits-than-the-lecture-prints": Spoilt(
        replace("lecture.yaml", "printed: [0.02, 0.00, 0.98]", "printed: [0.02, 0, 0.98]"),
        "oracle = lectures",
        "elte-softmax-correct (lecture.yaml:{line}): at [1]: printed 0, the oracle gives 0.002",
        ("lecture.yaml", "id: elte-softmax-correct"),
    ),
    "printed-table-of-another-shape": Spoilt(
        replace("lecture.yaml", "printed: [0.71, 0.26, 0.04]", "printed: [0.71, 0.26]"),
        "oracle = lectures",
        "elte-softmax-wrong (lecture.yaml:{line}): printed is a table of another shape",
        ("lecture.yaml", "id: elte-softmax-wrong"),
    ),
    "erratum-that-is-none": Spoilt(
        replace(
            "lecture.yaml",
            "0.0054]",
            "0.0054]\n  errata: [{at: [0], printed: 0.0011, exact: 0.0011, why: none}]",
        ),
        "oracle = lectures",
        "at [0]: 0.0011 is no erratum, the oracle agrees",
    ),
    "erratum-whose-exact-number-is-wrong": Spoilt(
        replace(
            "lecture.yaml",
            "0.0054]",
            "0.0055]\n  errata: [{at: [4], printed: 0.0055, exact: 0.0053, why: a slip}]",
        ),
        "oracle = lectures",
        "at [4]: printed 0.0053, the oracle gives 0.0053",
    ),
    "oracle-that-its-judge-rejects": Spoilt(
        replace("oracle.py", "dtype=np.int64", "dtype=np.float64"),
        "oracle passes its judge",
        "one-sample: the oracle's answer is judged wrong: with num_samples=1",
        exercise="shuffle_batches",
    ),
    "solution-wrong": Spoilt(
        replace("solution.py", "return exponentials /", "return 2 * exponentials /"),
        "solution = oracle",
        "square-batch: solution.py and the oracle differ: values differ in 9 of 9 places",
    ),
    "solution-raises": Spoilt(
        replace("solution.py", "    shifted", "    axis = axis if x.ndim < 3 else 7\n    shifted"),
        "solution = oracle",
        "three-axes: solution.py raises AxisError: axis 7 is out of bounds",
    ),
    "solution-ends-the-process": Spoilt(
        append("solution.py", "\n\nexit()\n"),
        "solution = oracle",
        "solution.py cannot be imported: SystemExit(None)",
    ),
    "solution-right-on-the-public-cases-alone": Spoilt(
        learn_the_public_cases_by_heart,
        "solution = oracle",
        "seed 1, batch-of-one-hidden: solution.py and the oracle differ",
    ),
    "solution-under-another-name": Spoilt(
        replace("solution.py", "def softmax", "def soft_max"),
        "solution = oracle",
        "solution.py does not define softmax(), did you mean 'soft_max'?",
    ),
    "starter-answers": Spoilt(
        replace(
            "starter.py", "    raise NotImplementedError", "    return x\n    raise ValueError"
        ),
        "starter fails kindly",
        "elte-softmax-correct: starter.py answers, expected NotImplementedError",
    ),
    "starter-fails-unkindly": Spoilt(
        replace("starter.py", "raise NotImplementedError", "raise ValueError"),
        "starter fails kindly",
        "elte-softmax-correct: starter.py raises ValueError, expected NotImplementedError",
    ),
    "mistake-that-no-case-catches": Spoilt(
        mistake("no_mistake", "A hint.", "_softmax(x, axis)"),
        "misconceptions caught",
        "no_mistake: no case catches it; add a case that does",
    ),
    "mistake-that-nobody-believes": Spoilt(
        mistake("all_lost", "A hint.", "np.zeros(0)"),
        "misconceptions caught",
        "all_lost: passes no case, so nobody believes it",
    ),
    "mistake-that-passes-a-case-after-all": Spoilt(
        mistake("halved", "A hint.\n\n    No case passes: so I say.", "_softmax(x, axis).round(5)"),
        "misconceptions caught",
        "halved: says that no case passes, but one does",
    ),
    "mistake-without-a-hint": Spoilt(
        mistake("rounded", "", "_softmax(x, axis).round(5)"),
        "misconceptions caught",
        "rounded: its docstring has no hint after the first line",
    ),
    "no-mistake-at-all": Spoilt(
        overwrite("misconceptions.py", '"""None."""\n'),
        "misconceptions caught",
        "misconceptions.py defines no misconception",
    ),
    "two-mistakes-alike": Spoilt(
        mistake("squashed", "Another hint.", "sigmoid_of_each_score(x)"),
        "misconceptions distinct",
        "sigmoid_of_each_score and squashed answer every case alike",
    ),
    "judge-that-raises": Spoilt(
        replace("judge.py", "    if type(actual) is not dict or", "    if"),
        "judge answers anything",
        "shuffle_batches, case 'one-sample': judge.py raised TypeError",
        exercise="shuffle_batches",
    ),
    "judge-that-passes-no-answer": Spoilt(
        replace(
            "judge.py", "    if type(", "    if actual is None:\n        return None\n    if type("
        ),
        "judge answers anything",
        "None passes every case",
        exercise="shuffle_batches",
    ),
    "judge-that-names-no-fault": Spoilt(
        replace("judge.py", 'return "no epochs", "The', 'return "The'),
        "judge answers anything",
        "shuffle_batches: judge.py returned 'The three epochs",
        exercise="shuffle_batches",
    ),
}
UNREADABLE = {
    "cases-missing": Spoilt(remove("cases.py"), "", "cases.py is not there"),
    "lecture-missing": Spoilt(remove("lecture.yaml"), "", "lecture.yaml cannot be read"),
    "misconceptions-missing": Spoilt(
        remove("misconceptions.py"), "", "misconceptions.py is not there"
    ),
    "misspelt-key": Spoilt(
        replace("exercise.yaml", "tolerance:", "tolerence:"),
        "",
        "exercise.yaml:{line}:1: unknown key 'tolerence', did you mean 'tolerance'?",
        ("exercise.yaml", "tolerence"),
    ),
    "oracle-that-is-not-there": Spoilt(
        replace("exercise.yaml", "reference:softmax", "reference:soft_max"),
        "",
        "softmax: reference has no soft_max, did you mean 'softmax'?",
    ),
    "oracle-that-raises": Spoilt(
        append("cases.py", '\n    yield "no-such-axis", "axes", {"x": np.zeros(3), "axis": 5}\n'),
        "",
        "softmax, case 'no-such-axis': the oracle reference:softmax raises ValueError",
    ),
    "case-of-an-unknown-group": Spoilt(
        replace("cases.py", '"square-batch", "batch"', '"square-batch", "batches"'),
        "",
        "softmax, case 'square-batch': group 'batches' has no weight in exercise.yaml",
    ),
    "case-with-an-unknown-argument": Spoilt(
        replace("cases.py", '"axis": 0', '"axes": 0'),
        "",
        "softmax, case 'axis-0': inputs ['axes'] are not among the arguments in exercise.yaml",
    ),
    "two-cases-of-one-name": Spoilt(
        replace("cases.py", "square-batch", "batch-of-one"),
        "",
        "softmax: two cases are called 'batch-of-one'",
    ),
    "case-with-nothing-printed": Spoilt(
        replace("lecture.yaml", "  printed: [0.02, 0.00, 0.98]\n", ""),
        "",
        "lecture.yaml:{line}:3: expected either `printed` or `printed_at`",
        ("lecture.yaml", "id: elte-softmax-correct"),
    ),
    "cases-that-are-no-python": Spoilt(
        append("cases.py", "\ndef (:\n"), "", "cases.py cannot be imported: SyntaxError"
    ),
}


def verified(folder: Path, spoilt: Spoilt, renewed: bool) -> Verified:
    spoilt.spoil(folder)
    if renewed:
        renew(load_course(folder.parents[1]), folder.name)
    return verify(load_course(folder.parents[1]), folder.name)


def said(folder: Path, spoilt: Spoilt) -> str:
    """Return the expected message, its line filled in."""
    file, text = spoilt.marked
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    (number,) = (n for n, line in enumerate(lines, start=1) if text in line)
    return spoilt.says.format(line=number)


@pytest.mark.parametrize("name", ["softmax", "shuffle_batches"])
def test_the_copy_is_in_order_before_it_is_spoilt(copied_course: Copied, name: str) -> None:
    assert verify(load_course(copied_course(name)), name).findings == ()


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_one_check_finds_what_is_spoilt(copied_course: Copied, spoilt: Spoilt) -> None:
    folder = copied_course(spoilt.exercise) / "exercises" / spoilt.exercise
    found = verified(folder, spoilt, renewed=True).findings
    assert {finding.check for finding in found} == {spoilt.check}
    assert said(folder, spoilt) in "\n".join(finding.problem for finding in found)


@pytest.mark.parametrize("spoilt", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_said_instead_of_every_check(
    copied_course: Copied, spoilt: Spoilt
) -> None:
    folder = copied_course(spoilt.exercise) / "exercises" / spoilt.exercise
    (found,) = verified(folder, spoilt, renewed=False).findings
    assert found.check == "exercise can be read"
    assert said(folder, spoilt) in found.problem


SEEN_RED_IN_TEST_SHEETS = {"questions have cases", "wrong hand-ins lose points"}
SEEN_RED_IN_TEST_KERNEL_COMPILING = {"solution compiles"}
SEEN_RED_IN_TEST_KERNEL_ON_DEVICE = {"solution runs on the device"}


def test_every_check_is_seen_red_here() -> None:
    seen = {spoilt.check for spoilt in SPOILT.values()} | {"answers.bin fresh"}
    elsewhere = SEEN_RED_IN_TEST_SHEETS | SEEN_RED_IN_TEST_KERNEL_COMPILING
    elsewhere |= SEEN_RED_IN_TEST_KERNEL_ON_DEVICE
    assert seen | elsewhere == set(CHECKS)


def test_mistakes_that_share_their_hint_may_be_alike(copied_course: Copied) -> None:
    folder = copied_course("softmax") / "exercises/softmax"
    text = (folder / "misconceptions.py").read_text(encoding="utf-8")
    start = text.index("def sigmoid_of_each_score")
    again = text[start : text.index("\n\n\n", start)].replace("sigmoid_of", "tanh_of")
    twice = Spoilt(append("misconceptions.py", f"\n\n{again}\n"), "", "")
    assert verified(folder, twice, renewed=True).findings == ()


@pytest.mark.parametrize("file", DETERMINING)
def test_frozen_answers_are_stale_when_what_determines_them_changes(
    copied_course: Copied, file: str
) -> None:
    folder = copied_course("shuffle_batches") / "exercises/shuffle_batches"
    found = verified(folder, Spoilt(append(file, "\n# changed\n"), "", ""), renewed=False).findings
    assert [finding.check for finding in found] == ["answers.bin fresh"]
    assert f"shuffle_batches: {file} changed after answers.bin was frozen" in found[0].problem
    assert "try: grade verify shuffle_batches --freeze" in found[0].problem


@pytest.mark.parametrize("file", ["README.md", "starter.py", "solution.py"])
def test_frozen_answers_stay_fresh_when_another_file_changes(
    copied_course: Copied, file: str
) -> None:
    folder = copied_course("softmax") / "exercises/softmax"
    changed = Spoilt(append(file, "\n# changed\n"), "", "")
    assert verified(folder, changed, renewed=False).findings == ()


def rewritten(folder: Path, change: Callable[[list[Any]], None]) -> Verified:
    """Verify after a change of answers.bin, given as the list of its trees, and sealed anew."""
    path = folder / "answers.bin"
    *trees, _ = trees_of(path.read_bytes())
    change(trees)
    content = b"".join(frames.encode(tree) for tree in trees)
    path.write_bytes(content + seal(content))
    return verify(load_course(folder.parents[1]), folder.name)


def trees_of(content: bytes) -> Iterator[Any]:
    rest = memoryview(content)

    def take(count: int) -> bytes:
        nonlocal rest
        taken, rest = bytes(rest[:count]), rest[count:]
        return taken

    while rest:
        yield frames.read(take)


def another_answer(trees: list[Any]) -> None:
    trees[3]["expected"][0] += 1e-6


def another_answer_of_a_mistake(trees: list[Any]) -> None:
    trees[3]["mistakes"]["sigmoid_of_each_score"] = {"raised": "ValueError"}


def a_mistake_left_out(trees: list[Any]) -> None:
    del trees[3]["mistakes"]["sigmoid_of_each_score"]


def another_input(trees: list[Any]) -> None:
    trees[3]["inputs"]["x"][0] += 1


def another_group(trees: list[Any]) -> None:
    trees[3]["group"] = "axes"


def another_hint(trees: list[Any]) -> None:
    trees[0]["hints"]["sigmoid_of_each_score"] = "Try harder."


def another_tolerance(trees: list[Any]) -> None:
    trees[0]["fields"]["tolerance"]["float64"]["relative"] = 0.5


def a_case_left_out(trees: list[Any]) -> None:
    del trees[3]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (another_answer, "ufv-softmax: answers.bin holds another answer than the oracle's"),
        (another_answer_of_a_mistake, "ufv-softmax: answers.bin holds other answers of the misc"),
        (a_mistake_left_out, "ufv-softmax: answers.bin holds other answers of the misconceptions"),
        (another_input, "ufv-softmax: answers.bin holds other inputs"),
        (another_group, "ufv-softmax: answers.bin holds other inputs, or another group"),
        (another_hint, "answers.bin holds other hints"),
        (another_tolerance, "answers.bin holds other fields than exercise.yaml"),
        (a_case_left_out, "answers.bin holds other cases"),
    ],
)
def test_frozen_answers_that_were_tampered_with_are_found(
    copied_course: Copied, change: Callable[[list[Any]], None], says: str
) -> None:
    (found,) = rewritten(copied_course("softmax") / "exercises/softmax", change).findings
    assert found.check == "answers.bin fresh"
    assert found.problem.startswith(says)


OLD = frames.encode({"format": 0})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "softmax: answers.bin cannot be read (No such file or directory)"),
        (b"", DAMAGED),
        (b"\xff" * 1000, DAMAGED),
        (OLD + seal(OLD), "softmax: answers.bin was written by another version"),
    ],
)
def test_frozen_answers_that_cannot_be_read_are_found(
    copied_course: Copied, content: bytes | None, says: str
) -> None:
    folder = copied_course("softmax") / "exercises/softmax"
    (folder / "answers.bin").unlink()
    if content is not None:
        (folder / "answers.bin").write_bytes(content)
    (found,) = verify(load_course(folder.parents[1]), "softmax").findings
    assert found.check == "answers.bin fresh"
    assert says in found.problem


def test_frozen_answers_that_are_cut_or_changed_in_a_byte_are_found(copied_course: Copied) -> None:
    folder = copied_course("softmax") / "exercises/softmax"
    content = (folder / "answers.bin").read_bytes()
    middle = len(content) // 2
    changed = bytearray(content)
    changed[middle] ^= 1
    for damaged in (content[:3], content[:middle], content[:-1], content + b"x", bytes(changed)):
        (folder / "answers.bin").write_bytes(damaged)
        (found,) = verify(load_course(folder.parents[1]), "softmax").findings
        assert found.problem.startswith(DAMAGED)


def test_an_assignment_that_names_no_exercise_is_found(typed: Typed, copied_course: Copied) -> None:
    folder = copied_course("softmax")
    replace("assignments.yaml", "softmax: 2", "softmax: 2, softmin: 2")(folder)
    verifying = typed("verify", "--course", folder)
    assert verifying.exit_code == 1
    assert "✗ assignments.yaml: assignment a1 names 'softmin', which does not" in verifying.output
    assert "✓ softmax" in verifying.output
    assert json.loads(typed("verify", "--course", folder, "--json").stdout)["in_order"] is False


@pytest.mark.parametrize(
    "file", load_course(Path(__file__).parents[1]).exercise("softmax").required
)
def test_no_file_of_an_exercise_can_be_missing(
    typed: Typed, copied_course: Copied, file: str
) -> None:
    folder = copied_course("softmax", "conv_output_size")
    (folder / "exercises/softmax" / file).unlink()
    verifying = typed("verify", "--course", folder)
    assert verifying.exit_code == 1
    assert re.search(f"{file} (is missing|is not there|cannot be read)", verifying.output)


def test_the_command_says_what_is_not_in_order_and_where(
    typed: Typed, copied_course: Copied
) -> None:
    folder = copied_course("softmax")
    replace("lecture.yaml", "0.0179", "0.0178")(folder / "exercises/softmax")
    verifying = typed("verify", "--freeze", "--course", folder)
    assert verifying.exit_code == 1
    assert "✗ softmax" in verifying.output
    assert "    oracle = lectures: ufv-softmax (lecture.yaml:" in verifying.output
    assert "not in order: 1 of 1 exercises" in verifying.output
    told = json.loads(typed("verify", "--course", folder, "--json").stdout)
    (exercise,) = told["exercises"]
    (finding,) = exercise["findings"]
    assert (told["in_order"], finding["check"]) == (False, "oracle = lectures")
    assert "printed 0.0178" in finding["problem"]
