"""What a batch leaves for people: the gradebook, and a feedback page per student."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from grader.grading import Task
from grader.results import OUR_FAULT, PASSED, CaseResult, ExerciseResult, Result

HIDDEN = "-hidden"
MEANING = {
    "wrong": "wrong answer",
    "raised": "raised an exception",
    "timed_out": "no answer in time",
    "out_of_memory": "needed too much memory",
    "killed": "the program ended before it answered",
    "no_answer": "no answer",
    "forbidden": "uses what the exercise forbids",
    "skipped": "not run",
    "course_error": "the course is at fault: this costs you nothing",
    "infrastructure": "the grader failed: this costs you nothing",
}


def leave(folder: Path, tasks: Iterable[Task], results: list[tuple[str, Result]]) -> None:
    """Write the gradebook and the feedback pages."""
    exercises = [task.exercise.name for task in tasks]
    sources = {
        f"{task.exercise.name}/{solved.case.name}": solved.case.source
        for task in tasks
        for solved in task.cases
    }
    for student, result in results:
        _write(folder / "feedback" / f"{student}.md", feedback(student, result, sources))
    _write(folder / "gradebook.csv", gradebook(results, exercises))


def gradebook(results: Iterable[tuple[str, Result]], exercises: Iterable[str]) -> str:
    """Return the CSV: a row per student, a column per exercise; unknown points are blank."""
    names = list(exercises)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", *names, "points", "max_points", "status"])
    for student, result in results:
        points = {e.exercise: e.points for e in result.exercises}
        cells = [_cell(points.get(name)) for name in names]
        status = "complete" if result.complete else "incomplete"
        row = [_harmless(student), *cells, _cell(result.points), _cell(result.max_points), status]
        writer.writerow(row)
    return text.getvalue()


def _harmless(name: str) -> str:
    """Return the name so that no spreadsheet runs it: `=...` gets an apostrophe, as in Canvas."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name


def _cell(points: float | None) -> str:
    return "" if points is None else f"{round(points, 4):g}"


def feedback(student: str, result: Result, sources: Mapping[str, str]) -> str:
    """Return a student's page. Of hidden cases it tells how many failed, and nothing else."""
    lines = [
        f"# {student}",
        "",
        f"{result.course}, {result.assignment}: **{_points(result.points, result.max_points)}**",
        "",
        "| exercise | points | |",
        "| --- | --- | --- |",
    ]
    for exercise in result.exercises:
        points = _points(exercise.points, exercise.max_points)
        meaning = "all right" if exercise.verdict == PASSED else MEANING[exercise.verdict]
        lines.append(f"| {exercise.exercise} | {points} | {meaning} |")
    for exercise in result.exercises:
        if exercise.verdict != PASSED:
            lines += ["", f"## {exercise.exercise}", "", *_exercise(exercise, sources)]
    lines += ["", f"Graded by gradecheck {result.grader_version}, isolation {result.isolation}."]
    return "\n".join(lines) + "\n"


def _points(points: float | None, max_points: float) -> str:
    return f"{_cell(points) or '?'} of {_cell(max_points)} points"


def _exercise(exercise: ExerciseResult, sources: Mapping[str, str]) -> Iterator[str]:
    failed = [c for c in exercise.cases if c.verdict != PASSED]
    hidden = sum(case.case.endswith(HIDDEN) for case in failed)
    public = [c for c in failed if c.verdict != "skipped" and not c.case.endswith(HIDDEN)]
    told = [case for case in public if case.message]
    yield f"{len(exercise.cases) - len(failed)} of {len(exercise.cases)} cases passed."
    if exercise.hint:
        yield from ("", f"**Hint:** {exercise.hint}")
    if exercise.verdict in OUR_FAULT:
        yield from ("", f"{MEANING[exercise.verdict].capitalize()}.")
        return
    for case in told[:3]:
        yield from ("", *_case(case, sources.get(f"{exercise.exercise}/{case.case}", "")))
    others = [case.case for case in public if case not in told[:3]]
    if others and told and exercise.verdict not in ("no_answer", "forbidden"):
        yield from ("", f"Also failed: {', '.join(others)}.")
    if hidden:
        yield from ("", f"{hidden} hidden case{'s' * (hidden > 1)} failed.")


def _case(case: CaseResult, source: str) -> Iterator[str]:
    where = f" ({source})" if source else ""
    yield f"{case.case}{where}:"
    yield ""
    yield from (f"    {line}" for line in case.message.splitlines())


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    draft.replace(path)
