"""The store of a batch: DIR/results.sqlite, one transaction a submission.

A result is kept under what determines it (the files' content, the course's and the grader's
version, the seed); the newest row of a student counts, older ones are history.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.errors import MachineError
from grader.results import Result, Summary

VERSION = 2
SCHEMA = """
CREATE TABLE batch (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    student TEXT NOT NULL,
    determined_by TEXT NOT NULL,
    complete INTEGER NOT NULL,
    summary TEXT NOT NULL,
    result TEXT NOT NULL,
    graded_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE INDEX newest ON results (student, id);
"""
NEWEST = "SELECT max(id) FROM results GROUP BY student"


class Store:
    """The results of one batch folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "results.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=10, check_same_thread=False)
            self._prepare()
        except (sqlite3.Error, OSError) as error:
            raise MachineError(f"{self.path} cannot be used: {error}") from None

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, VERSION):
            raise MachineError(f"{self.path} was written by another version of grade")
        if version == 0:
            with self._connection:
                self._connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version = {VERSION};")

    def settle(self, facts: Mapping[str, str]) -> dict[str, str]:
        """Return what this folder was begun with; a new folder is begun with `facts`."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR IGNORE INTO batch (name, value) VALUES (?, ?)", facts.items()
            )
        return dict(self._connection.execute("SELECT name, value FROM batch").fetchall())

    def replace(self, name: str, value: str) -> None:
        """Change a fact of the batch, such as its seed when it is graded anew."""
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO batch (name, value) VALUES (?, ?)", (name, value)
            )

    def put(self, student: str, determined_by: str, summary: Summary, result: str) -> None:
        """Keep a result, as JSON; when this returns, a crash cannot lose it."""
        row = (student, determined_by, summary.complete, json.dumps(vars(summary)), result)
        try:
            with self._connection:
                self._connection.execute(
                    "INSERT INTO results (student, determined_by, complete, summary, result)"
                    " VALUES (?, ?, ?, ?, ?)",
                    row,
                )
        except sqlite3.Error as error:
            raise MachineError(f"{self.path}: {error}", "free space, then run again") from None

    def done(self) -> dict[str, str]:
        """Return, for each student with a complete newest result, what it was determined by."""
        rows = self._connection.execute(
            f"SELECT student, determined_by FROM results WHERE complete AND id IN ({NEWEST})"
        )
        return dict(rows.fetchall())

    def summaries(self) -> Iterator[tuple[str, Summary]]:
        """Yield the summary of each student's newest result, by name."""
        rows = self._connection.execute(
            f"SELECT student, summary FROM results WHERE id IN ({NEWEST}) ORDER BY student"
        )
        for student, summary in rows:
            yield student, Summary(**json.loads(summary))

    def result(self, student: str) -> Result:
        """Return the newest result of a student who has one."""
        (result,) = self._connection.execute(
            "SELECT result FROM results WHERE student = ? ORDER BY id DESC LIMIT 1", (student,)
        ).fetchone()
        return Result.from_json(json.loads(result))

    def newest(self) -> Iterator[tuple[str, Result]]:
        """Yield each student's newest result, by name."""
        rows = self._connection.execute(
            f"SELECT student, result FROM results WHERE id IN ({NEWEST}) ORDER BY student"
        )
        for student, result in rows:
            yield student, Result.from_json(json.loads(result))

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
