"""The memory traffic of an exercise's solution on a hand-worked case, to be drawn.

It is recorded when the answers are frozen, since students have no solution to record:

    {"threads": of the first block,
     "steps": [{"array", "shape", "is_shared", "touches": rows of (thread, element, kind)}]}

A step is one array in one line of the solution; a kind is 0 to read, 1 to write, 2 for an atomic
operation.
"""

import math
from typing import Any

from grader.course import modules
from grader.course.case import Case
from grader.course.exercise import Exercise


def recorded(exercise: Exercise, case: Case) -> Any:
    """Return the traffic of a hand-worked case that is launched; None of any other."""
    if not exercise.is_launched or not case.source:
        return None
    from grader.simulator.traffic import traffic

    entry, inputs = modules.own(exercise, "solution.py"), case.inputs
    grid, block = inputs["grid"], inputs["block"]
    arguments = [inputs[argument.name] for argument in exercise.arguments]
    steps = traffic(entry, grid, block, arguments, inputs.get("shared_bytes", 0))
    threads = math.prod(block) if isinstance(block, list) else int(block)
    told = [vars(step) | {"shape": [*step.shape]} for step in steps]
    return {"threads": threads, "steps": told}
