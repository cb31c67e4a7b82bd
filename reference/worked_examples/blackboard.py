"""What stands on a board: numbers, sums of products, tables, and matrices side by side."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

MOST = 12  # rows and columns of a matrix, and rows of a table
TERMS = 5  # of a sum


def number(value: Any) -> str:
    """Return a number as it is written by hand: whole, or to about four digits."""
    if isinstance(value, str):
        return value
    if np.isfinite(value) and value == np.rint(value) and abs(value) < 1e7:
        return str(int(value))
    if not 1 <= abs(value) < 1e6:
        return f"{value:.4g}"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def signed(value: Any) -> str:
    """Return a number as it stands behind a sign: (-2), but 3."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text


def total(terms: Sequence[str]) -> str:
    """Return a sum, of which the middle is left out where it is long."""
    if len(terms) > TERMS:
        terms = [*terms[: TERMS - 2], "...", terms[-1]]
    return " + ".join(terms)


def products(left: Iterable[Any], right: Iterable[Any], bias: Any = None) -> str:
    """Return left[0]·right[0] + left[1]·right[1] + ... + bias, with the numbers put in."""
    terms = [f"{signed(a)}·{signed(b)}" for a, b in zip(left, right, strict=True)]
    return total(terms if bias is None else [*terms, signed(bias)])


def table(headers: Sequence[str], rows: Iterable[Sequence[Any]], left: int = 0) -> str:
    """Return a table, its first `left` columns to the left; of a long one the first rows."""
    cells = [[number(cell) for cell in row] for row in rows]
    shown = [list(headers), *(cells if len(cells) <= MOST else cells[: MOST - 1])]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = [_line(row, widths, left) for row in shown]
    if len(cells) > MOST:
        lines.append(f"... and {len(cells) - MOST + 1} more")
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    sides = [str.ljust] * left + [str.rjust] * (len(row) - left)
    return "   ".join(map(lambda side, *cell: side(*cell), sides, row, widths)).rstrip()


def matrix(values: Any) -> list[str]:
    """Return the lines of a matrix; a large one is cut at its right and at its foot."""
    rows = [[number(value) for value in row[:MOST]] for row in np.atleast_2d(values)]
    widths = [max(map(len, column)) for column in zip(*rows[:MOST], strict=True)]
    more = " ..." if np.shape(np.atleast_2d(values))[1] > MOST else ""
    lines = ["  ".join(map(str.rjust, row, widths)) + more for row in rows[:MOST]]
    return lines + ["..."] * (len(rows) > MOST)


def block(title: str, values: Any) -> list[str]:
    """Return a matrix below its title."""
    return [title, *matrix(values)]


def beside(*parts: list[str] | str) -> str:
    """Return blocks side by side; a sign between them stands at the middle of the matrices."""
    height = max(len(part) for part in parts if isinstance(part, list))
    middle = height // 2  # of the lines below the title
    columns = []
    for part in parts:
        lines = [""] * middle + [part] if isinstance(part, str) else part
        width = max(map(len, lines))
        columns.append([line.ljust(width) for line in lines + [""] * (height - len(lines))])
    return "\n".join("   ".join(row).rstrip() for row in zip(*columns, strict=True))
