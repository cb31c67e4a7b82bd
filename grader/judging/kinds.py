"""Which judge an exercise has: that of its kind, or its own."""

from grader.course.exercise import Exercise
from grader.judging.judge import Judge, own_judge


def judge_of(exercise: Exercise, knows_answers: bool = True) -> Judge:
    """Return the judge of an exercise; a handout does not know the answers to a sheet."""
    if exercise.kind == "sheet":
        from grader.judging.sheet import FormJudge, SheetJudge

        return SheetJudge(exercise) if knows_answers else FormJudge()
    if exercise.kind == "trained":
        from grader.judging.trained import TrainedJudge

        return TrainedJudge(exercise)
    if exercise.is_launched:
        from grader.judging.kernel import KernelJudge

        return KernelJudge(exercise)
    return own_judge(exercise)
