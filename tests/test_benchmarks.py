"""The comparison of operations: what is compared, in which order, and what is told of it.

Nothing here is timed by a real clock.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import reference
from benchmarks import rows as rows_module
from benchmarks.agreement import arrays_of, find_mismatch, largest_error
from benchmarks.equal_threads import environment
from benchmarks.interleaved import (
    CPU_TIME,
    WALL_CLOCK,
    Clock,
    clock_for,
    quantile,
    repeats_of,
    rounds_within,
    take_turns,
)
from benchmarks.machine_limits import Limits
from benchmarks.ratio_tables import (
    Measured,
    by_operation,
    duration,
    geometric_means,
    operation_text,
)
from benchmarks.row_outcome import measure, time_work
from benchmarks.rows import Row, Work, collect, families, is_wanted, peers

ROOT = Path(__file__).parents[1]
LIMITS = Limits({"float32": 100.0}, 10.0)


def row(ours=1.0, peer=1.0, **more):
    """Return a row of one peer."""
    return row_of(lambda: np.array(ours), {"A": lambda: peer}, **more)


def row_of(*calls, **more):
    return Row("conv", "LeNet", "float32", lambda: Work(*calls, **more))


def measured(ours, bars=None, shape="small", **peers_seconds):
    return Measured("conv", shape, "float32", {"ours": ours, **peers_seconds}, bars or {})


@pytest.fixture(autouse=True)
def _one_thread():
    before = reference.get_num_threads()
    reference.set_num_threads(1)
    yield
    reference.set_num_threads(before)


class Hand:
    """A clock that somebody moves by hand."""

    def __init__(self):
        self.now = 0.0
        self.turns = []

    def call(self, name, seconds):
        def work():
            self.turns.append(name)
            self.now += seconds
            return 0.0

        return work

    @property
    def clock(self):
        return Clock(lambda: self.now, 0.5, 0.0, 0.002, "by hand")


# Turns


def test_turns_alternate_their_direction():
    hand = Hand()
    take_turns({"a": hand.call("a", 1.0), "b": hand.call("b", 0.1)}, {}, 3, hand.clock)
    assert "".join(hand.turns) == "ab" + "ab" + "ba" + "ab"


def test_every_turn_is_timed_alone():
    hand = Hand()
    calls = {"a": hand.call("a", 1.0), "b": hand.call("b", 0.25)}
    seconds = take_turns(calls, {}, 3, hand.clock)
    assert seconds == {"a": [1.0] * 3, "b": [0.25] * 3}


def test_what_is_done_before_a_turn_is_not_timed():
    hand = Hand()
    before = {"a": hand.call("prepared", 5.0)}
    seconds = take_turns({"a": hand.call("a", 1.0)}, before, 3, hand.clock)
    assert seconds == {"a": [1.0] * 3}
    assert hand.turns == ["prepared", "a"] * 4


def test_a_quick_call_is_repeated_and_its_mean_told():
    hand = Hand()
    seconds = take_turns({"a": hand.call("a", 2**-10)}, {}, 2, hand.clock)
    assert seconds == {"a": [2**-10] * 2}
    assert len(hand.turns) == 1 + 2 * (1 + repeats_of(2**-10, CPU_TIME))


@pytest.mark.parametrize(("seconds", "repeats"), [(1.0, 1), (1e-3, 2), (1e-6, 2000)])
def test_repeats(seconds, repeats):
    assert repeats_of(seconds, CPU_TIME) == repeats


@pytest.mark.parametrize(
    ("seconds", "wanted", "rounds"), [(0.1, 11, 11), (1.0, 11, 8), (60.0, 11, 3), (60.0, 2, 2)]
)
def test_slow_rows_have_fewer_rounds(seconds, wanted, rounds):
    assert rounds_within(seconds, wanted) == rounds


@pytest.mark.parametrize(
    ("samples", "share", "expected"),
    [([3.0, 1.0, 2.0], 0.5, 2.0), ([5.0, 1, 2, 3, 4, 6, 7, 8, 9, 10], 0.2, 3.0), ([1.0], 0.5, 1.0)],
)
def test_quantiles(samples, share, expected):
    assert quantile(samples, share) == expected


def test_one_thread_is_timed_by_its_own_time_and_more_by_the_wall_clock():
    assert clock_for(1) is CPU_TIME
    assert clock_for(2) is WALL_CLOCK


def test_every_pool_gets_the_same_number_of_threads():
    told = environment(2)
    assert {told[name] for name in told if name.endswith(("THREADS", "MAXIMUM_THREADS"))} == {"2"}
    assert {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"} <= set(told)


# Agreement


@pytest.mark.parametrize(
    ("actual", "expected", "tolerance", "told"),
    [
        ([1.0, 2.0], [1.0, 2.0], 0.0, None),
        ([1.0, 2.1], [1.0, 2.0], 0.1, None),
        ([1.0, 2.1], [1.0, 2.0], 0.0, "differs by 1.0e-01, 0.0e+00 is allowed"),
        ([1.3, 2.0], [1.0, 2.0], 0.1, "differs by 3.0e-01, 2.0e-01 is allowed"),
        ([1.0, 2.0], [[1.0], [2.0]], 1.0, "shape (2,) beside (2, 1)"),
        ([np.nan, np.inf], [np.nan, np.inf], 0.0, None),
        ([np.nan, 1.0], [np.inf, 1.0], 1.0, "other infinities or NaNs"),
        ([1.0, 1.0], [np.nan, 1.0], 1.0, "other infinities or NaNs"),
        ([np.nan, 1.0], [1.0, 1.0], 1.0, "infinities or NaNs beside numbers"),
        ([], [], 0.0, None),
    ],
)
def test_mismatches(actual, expected, tolerance, told):
    assert find_mismatch(arrays_of([actual]), arrays_of([expected]), tolerance) == told


def test_a_mismatch_names_the_array():
    actual, expected = arrays_of(([1], [2])), arrays_of(([1], [3]))
    assert str(find_mismatch(actual, expected, 0.0)).startswith("array 1: differs by 1.0e+00")
    assert find_mismatch(actual, expected[:1], 0.0) == "2 arrays beside 1"


def test_the_largest_error_is_relative_to_the_largest_value_of_its_array():
    truth = arrays_of((np.array([10.0, 1.0]), np.array([0.0])))
    assert largest_error(arrays_of(([10.0, 2.0], [0.0])), truth) == 0.1
    assert largest_error(arrays_of(([10.0, 1.0], [0.25])), truth) == 0.25


def test_a_truth_of_more_digits_keeps_them():
    truth = arrays_of(np.longdouble(1) + np.finfo(np.longdouble).eps)
    error = largest_error(arrays_of(1.0), truth)
    assert error == float(np.finfo(np.longdouble).eps)


# Rows


def test_a_row_whose_results_differ_is_an_error_and_is_not_timed():
    hand = Hand()
    outcome = measure(row(ours=1.0, peer=2.0), hand.clock, 3, LIMITS)
    assert outcome.mismatches == {"A": "differs by 1.0e+00, 0.0e+00 is allowed"}
    assert outcome.seconds == {}
    text = operation_text("conv", [outcome])
    assert "ERROR: conv, LeNet, float32: A: differs by 1.0e+00" in text


def test_a_row_is_measured_beside_its_peers():
    hand = Hand()
    calls = hand.call("ours", 1.0), {"A": hand.call("A", 3.0), "B": hand.call("B", 0.5)}
    timed = row_of(*calls, bars={"*": 1.0, "A": 2.0}, flops=50.0)
    outcome = measure(timed, hand.clock, 3, LIMITS)
    assert outcome.floor_seconds == 0.5
    assert outcome.ratios == {"A": 3.0, "B": 0.5}
    assert outcome.bars == {"A": 2.0, "B": 1.0}
    assert outcome.missed == ["B"]


def test_ours_with_threads_stands_beside_ours_with_one():
    threads = []
    timed = Work(lambda: threads.append(reference.get_num_threads()), {})
    reference.set_num_threads(2)
    seconds = time_work(timed, Hand().clock, 2)
    assert set(seconds) == {"ours", "1 thread"}
    assert {1, 2} == set(threads)
    assert reference.get_num_threads() == 2


def test_errors_are_those_of_all_against_the_truth():
    near = row(ours=1.5, peer=1.25, tolerance=0.5, truth=lambda: 1.0)
    assert measure(near, Hand().clock, 1, LIMITS).errors == {"ours": 0.5, "A": 0.25}
    assert measure(row(), Hand().clock, 1, LIMITS).errors == {}


@pytest.mark.parametrize(
    ("texts", "dtypes", "wanted"),
    [
        ([], [], True),
        (["lenet"], [], True),
        (["CONV"], ["float32"], True),
        (["pool", "conv"], [], True),
        (["pool"], [], False),
        ([], ["float64"], False),
    ],
)
def test_rows_are_chosen_by_text_and_dtype(texts, dtypes, wanted):
    assert is_wanted(row(), texts, dtypes) is wanted


def test_a_family_is_chosen_by_its_name(monkeypatch):
    monkeypatch.setattr(rows_module, "families", lambda: ["one", "two"])
    loaded = {"benchmarks.rows_one": [row()], "benchmarks.rows_two": [row(), row()]}

    class Module:
        def __init__(self, name):
            self.rows = lambda: iter(loaded[name])

    monkeypatch.setattr(rows_module, "import_module", Module)
    assert len(list(collect(["two"]))) == 2
    assert len(list(collect(["two", "lenet"]))) == 3
    assert len(list(collect(["nothing"]))) == 0
    assert len(list(collect())) == 3


def test_every_file_of_rows_is_a_family():
    assert "metrics" in families()


def test_a_peer_that_is_missing_is_left_out(monkeypatch):
    monkeypatch.setattr(rows_module, "installed", lambda package: package != "torch")
    makers = {name: (lambda: print) for name in ("NumPy", "PyTorch", "PyTorch fused")}
    assert list(peers(makers)) == ["NumPy"]
    assert rows_module.missing_peers() == ["PyTorch"]


# Tables


def test_geometric_means_are_those_of_the_rows_a_peer_is_in():
    outcomes = [measured(1.0, A=2.0, B=3.0), measured(1.0, A=8.0)]
    assert geometric_means(outcomes) == pytest.approx({"A": 4.0, "B": 3.0})


def test_rows_are_grouped_by_operation():
    one, other = measured(1.0), Measured("pool", "", "float32", {})
    assert by_operation([one, other, one]) == {"conv": [one, one], "pool": [other]}


def test_the_table_has_ratios_bars_and_the_floor():
    outcome = Measured(
        "conv",
        "small",
        "float32",
        {"ours": 0.002, "A": 0.005, "B": 0.001},
        bars={"A": 2.0, "B": 0.75},
        floor_seconds=0.001,
    )
    line = operation_text("conv", [outcome]).splitlines()[-1].split()
    told = "small float32 2 ms 2.50 0.50 A 2, B 0.75 missed: B 1 ms 50%"
    assert line == told.split()


def test_bars_that_are_met_or_not_asked_for_are_told_so():
    table = operation_text("conv", [measured(1.0, {"A": 1.0, "B": 1.0}, A=1.0, B=2.0)])
    assert table.splitlines()[-1].split() == [
        *("small", "float32", "1", "s", "1.00", "2.00", "all", "1", "met")
    ]
    table = operation_text("conv", [measured(1.0, A=1.0)])
    assert table.splitlines()[-1].split() == ["small", "float32", "1", "s", "1.00"]


def test_peers_with_one_thread_are_named_beside_more():
    seconds = {"ours": 1.0, "A": 1.0}
    one = Measured("conv", "small", "float32", seconds, serial=["A"])
    two = Measured("conv", "small", "float32", {**seconds, "1 thread": 2.0}, serial=["A"])
    assert "One thread only" not in operation_text("conv", [one])
    assert "One thread only: A." in operation_text("conv", [two])


def test_errors_stand_in_a_table_of_their_own():
    outcome = Measured("conv", "small", "float32", {"ours": 1.0}, errors={"ours": 0.0, "A": 1e-7})
    line = operation_text("conv", [outcome]).splitlines()[-1].split()
    assert line == ["small", "float32", "0", "1.0e-07"]


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(2.5, "2.5 s"), (0.0125, "12.5 ms"), (1.5e-6, "1.5 us"), (1e-9, "0.001 us")],
)
def test_durations(seconds, told):
    assert duration(seconds) == told


def test_the_floor_is_the_larger_of_work_and_memory():
    assert LIMITS.floor_seconds(Work(print, {}, flops=200.0, bytes=10.0), "float32") == 2.0
    assert LIMITS.floor_seconds(Work(print, {}, flops=200.0, bytes=50.0), "float32") == 5.0
    assert LIMITS.floor_seconds(Work(print, {}), "float32") == 0.0


def test_the_json_has_what_follows_from_the_samples():
    told = json.loads(json.dumps(measured(1.0, {"A": 3.0}, A=2.0).as_json()))
    assert told["ratios"] == {"A": 2.0}
    assert told["missed"] == ["A"]


def test_the_help_has_examples():
    command = [sys.executable, "-m", "benchmarks", "--help"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "python -m benchmarks --only" in told
    assert "metrics" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--only", "nonsense"], "got --only 'nonsense', which no row matches; expected a family"),
        (["--dtype", "float16"], "'float16' is not one of 'float32', 'float64', 'int64'"),
    ],
)
def test_what_selects_no_row_is_an_error_in_use(arguments, told):
    command = [sys.executable, "-m", "benchmarks", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
