"""Every exception that `grade` raises on purpose.

    GradeError               exit code, message, next step
    ├── UsageError      2    the command line asks for something that is not there
    ├── CourseError     3    the course's own files are wrong
    │   └── StaleAnswers     answers.bin is older than what determines it
    └── MachineError    3    this machine, or the tool itself, cannot do it

What a student does wrong is never an exception: it is a verdict (see `grader.results`).
"""


class GradeError(Exception):
    """A problem that `grade` explains: what happened and, where there is one, the next step."""

    exit_code = 3

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}\n  try: {self.next_step}" if self.next_step else self.message


class UsageError(GradeError):
    """The command line names something that does not exist, or contradicts itself."""

    exit_code = 2


class CourseError(GradeError):
    """A file of the course is missing, malformed or contradicts another one."""


class StaleAnswers(CourseError):
    """answers.bin does not belong to the exercise's present files."""


class MachineError(GradeError):
    """The machine lacks something, or the tool itself failed."""
