"""A folder of hand-ins: one folder or one file per student."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from grader.errors import UsageError
from grader.printable import printable
from grader.reading import SHEETS, read_single_file, read_submission
from grader.submission import Submission


@dataclass(frozen=True)
class HandIn:
    """One student's hand-in, not yet read."""

    student: str
    read: Callable[[], Submission]


def hand_ins(folder: Path) -> tuple[tuple[HandIn, ...], tuple[str, ...]]:
    """Return the hand-ins by student, and a note on everything that is none.

    Raises UsageError when two entries are one student's, or when there is none at all.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder of submissions")
    found: dict[str, HandIn] = {}
    notes: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in ("__pycache__", "__MACOSX"):
            continue
        if path.is_symlink():
            notes.append(f"{printable(path.name)}: a link, left out")
        elif path.is_dir():
            _add(found, path.name, partial(read_submission, path))
        elif path.suffix in (".py", *SHEETS):
            _add(found, path.stem, partial(read_single_file, path))
        else:
            notes.append(f"{printable(path.name)}: neither a folder nor a .py file, left out")
    if not found:
        raise UsageError(f"{folder} holds no submissions: one folder or .py file per student")
    return tuple(found.values()), tuple(notes)


def _add(found: dict[str, HandIn], name: str, read: Callable[[], Submission]) -> None:
    """Add a hand-in; a name that is not UTF-8, as old archives have, is written in codes."""
    student = printable(os.fsencode(name).decode(errors="backslashreplace"))
    if student in found:
        raise UsageError(f"{student!r} has a folder and a file in the submissions; keep one")
    found[student] = HandIn(student, read)
