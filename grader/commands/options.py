"""Options that several commands share."""

from pathlib import Path

import click

course_option = click.option(
    "--course",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The course's folder. Default: GRADE_COURSE, then upward from here, then the bundled one.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
