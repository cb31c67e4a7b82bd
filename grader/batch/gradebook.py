"""What a batch leaves for people: the gradebook, and a feedback page per student."""

import csv
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from grader.batch.store import Store
from grader.results import OUR_FAULT, PASSED, CaseResult, ExerciseResult, Result, Summary

Sources = Mapping[str, str]  # "exercise/case" -> where the case was printed
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


def leave(batch_folder: Path, exercises: Sequence[str], store: Store, sources: Sources) -> None:
    """Write the gradebook, and the feedback pages that are missing."""
    for student, _ in store.summaries():
        page = page_of(batch_folder, student)
        if not page.exists():
            write(page, feedback(student, store.result(student), sources))
    write(batch_folder / "gradebook.csv", gradebook(store.summaries(), exercises))


def page_of(batch_folder: Path, student: str) -> Path:
    """Return where a student's feedback page lies."""
    return batch_folder / "feedback" / f"{student}.md"


def gradebook(summaries: Iterable[tuple[str, Summary]], exercises: Sequence[str]) -> str:
    """Return the CSV: a row per student, a column per exercise; unknown points are blank."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["student", *exercises, "points", "max_points", "status"])
    for student, summary in summaries:
        nothing = (None, "")
        cells = [_cell(summary.exercises.get(name, nothing)[0]) for name in exercises]
        status = "complete" if summary.complete else "incomplete"
        sums = (_cell(summary.points), _cell(summary.max_points))
        writer.writerow([_harmless(student), *cells, *sums, status])
    return text.getvalue()


def _harmless(name: str) -> str:
    """Return the name so that no spreadsheet runs it: `=...` gets an apostrophe, as in Canvas."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name


def _cell(points: float | None) -> str:
    return "" if points is None else f"{round(points, 4):g}"


def feedback(student: str, result: Result, sources: Sources) -> str:
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
        if exercise.verdict != PASSED or exercise.hint:
            lines += ["", f"## {exercise.exercise}", "", *_exercise(exercise, sources)]
    lines += ["", f"Graded by gradecheck {result.grader_version}, isolation {result.isolation}."]
    return "\n".join(lines) + "\n"


def _points(points: float | None, max_points: float) -> str:
    return f"{_cell(points) or '?'} of {_cell(max_points)} points"


def _exercise(exercise: ExerciseResult, sources: Sources) -> Iterator[str]:
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


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    draft.replace(path)
