"""The README's claims run as written."""

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli import COMMANDS, grade

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_examples_give_what_they_say() -> None:
    results = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert results.attempted >= 4
    assert results.failed == 0


def test_every_command_is_told() -> None:
    assert [name for name in COMMANDS if f"grade {name}" not in README] == []


def lines_that_start_with_grade() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line.replace(".venv/bin/", "") for line in lines if "grade " in line]


@pytest.mark.parametrize("line", lines_that_start_with_grade())
def test_every_option_of_every_example_exists(line: str) -> None:
    _, name, *arguments = shlex.split(line.split("&&")[-1])
    options = [argument for argument in arguments if argument.startswith("-")]
    told = CliRunner().invoke(grade, [name, "--help"]).output
    assert [option for option in options if option not in told] == []


def test_the_first_example_is_what_check_prints(tmp_path: Path) -> None:
    source = (ROOT / "exercises/conv2d/misconceptions.py").read_text(encoding="utf-8")
    (tmp_path / "my_conv.py").write_text(f"{source}\n\nconv2d = kernel_flipped\n", encoding="utf-8")
    printed = CliRunner().invoke(grade, ["check", str(tmp_path / "my_conv.py")]).output
    shown = README.split("$ grade check my_conv.py\n")[1].split("```")[0]
    told = [line.strip() for line in shown.splitlines() if "..." not in line and "try:" not in line]
    assert [line for line in told if line not in printed] == []


def test_the_set_up_is_what_ci_runs() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    for line in (
        ".venv/bin/python -m pip install",
        ".venv/bin/grade batch examples/submissions --assignment a1",
        ".venv/bin/python -m pytest",
    ):
        assert line in README
        assert line in script
