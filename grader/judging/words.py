"""What is said to a student when there was no answer to judge."""

from grader.border.sandbox import Answered, Died, Interrupted, Raised, Reply, TimedOut
from grader.course.exercise import Exercise


def for_student(exercise: Exercise, reply: Reply) -> tuple[str, str]:
    """Return the verdict and the message of a reply that is no answer."""
    match reply:
        case TimedOut(seconds=seconds):
            return "timed_out", f"no answer within {seconds:g} s: is there an endless loop?"
        case Died(how=how):
            return "killed", how
        case Interrupted(how=how):
            return "infrastructure", f"{how}, twice; this costs no points, the next run tries again"
        case Raised():
            return _raised(exercise, reply)
        case Answered():
            raise AssertionError("an answer is judged, not described")


def _raised(exercise: Exercise, raised: Raised) -> tuple[str, str]:
    where = f"{raised.where}: " if raised.where else ""
    if "NotImplementedError" in raised.bases:
        return "no_answer", "not written yet"
    if "ImportError" in raised.bases and raised.text.endswith("is not allowed in this exercise"):
        return "forbidden", where + raised.text
    if "MemoryError" in raised.bases:
        limit = exercise.limits.memory_mib
        return "out_of_memory", f"{where}more than {limit} MiB of memory were needed"
    if (
        exercise.kind == "sheet" and raised.type == "ValueError"
    ):  # in our words, see border/sheet.py
        return "raised", raised.text
    text = f"{where}{raised.type}: {raised.text}" if raised.text else where + raised.type
    if "TypeError" in raised.bases and "argument" in raised.text and exercise.harness is None:
        text += f"\nit is called as {exercise.call}"
    return "raised", text
