"""docs/isolation.md says of every hostile situation what the tests prove.

Run as a program, this file renews the table in the page.
"""

from pathlib import Path

import yaml
from tabulate import tabulate

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/isolation.md"
MARK = "<!-- made from tests/grader/submissions by tests/test_isolation_page.py -->\n"


def table() -> str:
    rows = []
    for path in sorted((ROOT / "tests/grader/submissions").glob("*/outcome.yaml")):
        situation = yaml.safe_load(path.read_text(encoding="utf-8"))
        if situation["kind"] == "hostile":
            weak = situation["none"]
            strong = situation.get("strong", weak)
            full = situation.get("full", strong)
            notes = weak["note"]
            notes += f" Strong: {strong['note']}" if strong is not weak else ""
            notes += f" Full: {full['note']}" if full is not strong else ""
            outcomes = [outcome["outcome"] for outcome in (full, strong, weak)]
            rows.append([path.parent.name.replace("_", " "), *outcomes, notes])
    headers = ["a submission that", "full", "strong", "none", ""]
    return str(tabulate(rows, headers, tablefmt="github"))


def test_the_page_holds_the_outcomes_that_are_tested() -> None:
    assert PAGE.read_text(encoding="utf-8").split(MARK)[1].strip() == table()


if __name__ == "__main__":
    text, _, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    PAGE.write_text(f"{text}{MARK}\n{table()}\n", encoding="utf-8")
