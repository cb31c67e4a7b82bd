"""docs/reference.md: every example runs, every public name is there or has a family that is."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reference.md"


def test_every_example_gives_what_it_says():
    results = doctest.testfile(str(PAGE), module_relative=False)
    assert results.attempted > 40
    assert results.failed == 0


def test_the_commands_of_the_page_exist():
    text = PAGE.read_text(encoding="utf-8")
    for word in ("python -m reference", "--proofs", "--peer-errors", "examples/train_digits.py"):
        assert word in text
