"""Races found in random programs of a few threads, against the definition, pair by pair."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.simulator import launch, stub_modules

cuda = stub_modules()["numba.cuda"]
THREADS = 34  # two warps; the others only wait
ACTIVE = (0, 1, 33)
NOTHING, READ, WRITE, ATOMIC = range(4)
ELEMENTS = 2
# A step: a barrier of the block, a syncwarp of all warps, or what each active thread does to which
# element.
BARRIER, SYNCWARP = "barrier", "syncwarp"
ACTION = st.tuples(st.integers(NOTHING, ATOMIC), st.integers(0, ELEMENTS - 1))
ACTIONS = st.tuples(*[ACTION] * len(ACTIVE))
STEPS = st.lists(st.one_of(ACTIONS, st.sampled_from([BARRIER, SYNCWARP])), max_size=8)


def program(plan, x, which):
    """Do what the plan says: each row is a step, each column an active thread's action."""
    i = cuda.threadIdx.x
    own = -1
    for k in range(3):
        if i == which[k]:
            own = k
    for step in range(plan.shape[0]):
        kind = plan[step, 0, 0]
        if kind == 10:
            cuda.syncthreads()
        elif kind == 11:
            cuda.syncwarp()
        elif own >= 0:
            element = plan[step, own, 1]
            if plan[step, own, 0] == 1:
                own = own + 0 * int(x[element])
            elif plan[step, own, 0] == 2:
                x[element] = 1
            elif plan[step, own, 0] == 3:
                cuda.atomic.add(x, element, 1)


def planned(steps):
    """Return the steps as numbers."""
    rows = []
    for step in steps:
        code = {BARRIER: 10, SYNCWARP: 11}.get(step) if isinstance(step, str) else None
        rows.append([[code, 0]] * len(ACTIVE) if code else [list(action) for action in step])
    return np.array(rows, np.int64).reshape(-1, len(ACTIVE), 2)


def accesses(steps):
    """Yield thread, element, kind, phase and warp phase of each access."""
    phase = warp_phase = 0
    for step in steps:
        phase += step == BARRIER
        warp_phase += step == SYNCWARP
        if not isinstance(step, str):
            for thread, (kind, element) in zip(ACTIVE, step, strict=True):
                if kind != NOTHING:
                    yield thread, element, kind, phase, warp_phase


def conflicts(one, other):
    """Tell whether two accesses conflict, if nothing orders them."""
    kinds = {one[2], other[2]}
    return one[1] == other[1] and (WRITE in kinds or kinds == {READ, ATOMIC})


def races(one, other):
    """Tell whether two accesses of a block race, by the definition."""
    if one[0] == other[0] or one[3] != other[3] or not conflicts(one, other):
        return False
    return one[4] == other[4] or one[0] // 32 != other[0] // 32


def found(steps, grid):
    which = np.array(ACTIVE)
    report = launch(program, grid, THREADS, (planned(steps), np.zeros(ELEMENTS), which))
    return {finding.kind for finding in report.findings}


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_a_race_in_a_block_is_found_where_there_is_one_and_nowhere_else(steps):
    expected = any(races(*pair) for pair in combinations(accesses(steps), 2))
    assert found(steps, 1) == ({"race"} if expected else set())


@settings(max_examples=80, deadline=None)
@given(STEPS)
def test_blocks_race_wherever_their_accesses_conflict(steps):
    of_block = list(accesses(steps))
    expected = any(conflicts(one, other) for one in of_block for other in of_block)
    assert ("block-race" in found(steps, 2)) == expected
