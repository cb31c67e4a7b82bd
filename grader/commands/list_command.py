"""`grade list`: the course at a glance."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands.options import course_option, json_option

if TYPE_CHECKING:
    from grader.course.course import Course
    from grader.submission import Submission


@click.command("list", epilog="Example: grade list")
@click.argument("files", type=click.Path(path_type=Path), default=".", metavar="[DIR]")
@course_option
@json_option
def command(files: Path, course: Path | None, as_json: bool) -> None:
    """List assignments, exercises and points, and how the files in DIR (default: here) stand."""
    from grader.course.course import find_course

    found = find_course(course)
    if as_json:
        click.echo(json.dumps(_as_json(found), indent=2))
        return
    from grader.reading import read_submission

    submission = read_submission(files, without=found.exercises_folder)
    click.echo(f"{found.title} ({found.folder})")
    click.echo(_table(found, submission))
    click.echo("\ngrade show EXERCISE tells the task, grade start ASSIGNMENT writes starter files.")


def _as_json(course: "Course") -> dict[str, object]:
    assignments = [
        {
            "assignment": a.name,
            "title": a.title,
            "exercises": [
                {"exercise": name, "points": points} for name, points in a.points.items()
            ],
        }
        for a in course.assignments.values()
    ]
    return {"course": course.title, "assignments": assignments}


def _table(course: "Course", submission: "Submission") -> str:
    from tabulate import tabulate

    rows: list[list[str]] = []
    for assignment in course.assignments.values():
        label = assignment.name
        for name, points in assignment.points.items():
            title = course.exercise(name).title
            rows.append([label, name, f"{points:g}", title, _standing(course, submission, name)])
            label = ""
    headers = ["", "exercise", "points", "title", "your file"]
    return str(tabulate(rows, headers, tablefmt="simple", disable_numparse=True))


def _standing(course: "Course", submission: "Submission", name: str) -> str:
    """Return the file that holds the exercise, and whether it is still the starter."""
    from grader.submission import Found

    exercise = course.exercise(name)
    found = submission.find(exercise)
    if not isinstance(found, Found):
        return "-"
    starter = (exercise.folder / f"starter{exercise.suffix}").read_bytes()
    untouched = submission.files[found.file].split() == starter.split()
    return f"{found.file} (as started)" if untouched else found.file
