"""The comparison on a GPU, as far as a machine without one can test it.

The rows are run in Numba's simulator, tiny, and compared with the CPU and with PyTorch. How time is
taken needs a device; what is made of it does not.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import gpu_outcome
from benchmarks.gpu import as_json, as_text
from benchmarks.gpu_outcome import CPU, PYTORCH, Calls
from benchmarks.gpu_rows import FAMILIES, GpuRow, Work, collect
from benchmarks.ratio_tables import OURS

ROOT = Path(__file__).parents[1]
X = np.ones(4, np.float32)


def run(*options, simulated):
    """Return what the command prints, and its exit code."""
    env = {key: value for key, value in os.environ.items() if key != "NUMBA_ENABLE_CUDASIM"}
    env |= {"NUMBA_ENABLE_CUDASIM": "1"} if simulated else {"CUDA_VISIBLE_DEVICES": "-1"}
    command = [sys.executable, "-m", "benchmarks.gpu", *options]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def make_row(**more):
    """Return a row that doubles."""
    work = Work((X,), (X,), ours=None, torch=None, expected=lambda: 2 * X, **more)
    return GpuRow("double", "4", lambda: work)


class OnDevice:
    """An array that says that it lies on a device."""

    def __init__(self, array):
        self.array = array

    def copy_to_host(self):
        return self.array.copy()


@pytest.fixture
def measure(monkeypatch):
    """Return measure(row, **factors): each name's call multiplies by its factor.

    A call takes as many seconds as its factor; memory copies 8 bytes a second.
    """

    def measure(row, **factors):
        def make_calls(work):
            out = np.zeros_like(X)
            calls = {name: lambda by=by: fill(out, by) for name, by in factors.items()}
            return Calls((OnDevice(out),), calls)

        def fill(out, by):
            out[...] = by * X
            return by

        def time_calls(calls, rounds, waits):
            return [float(call()) for call in calls * rounds]

        monkeypatch.setattr(gpu_outcome, "make_calls", make_calls)
        monkeypatch.setattr(gpu_outcome, "time_calls", time_calls)
        monkeypatch.setattr(gpu_outcome, "to_host", lambda by: (by * X,))
        return gpu_outcome.measure(row, lambda footprint: 2, rounds=3, bandwidth=8.0)

    return measure


def test_every_row_is_right_in_the_simulator():
    done = run("--simulate", simulated=True)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(lines) > 30
    assert all(line.endswith(": right") for line in lines[:-1])
    assert lines[-1] == f"{len(lines) - 1} rows; nothing is timed in a simulator"


def test_without_a_device_it_says_so_in_one_line():
    done = run(simulated=False)
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert 'backend "cuda"' in done.stderr


@pytest.mark.parametrize(("options", "simulated"), [(["--simulate"], False), ([], True)])
def test_a_simulation_is_asked_for_twice_or_not_at_all(options, simulated):
    done = run(*options, simulated=simulated)
    assert done.returncode == 2
    assert "NUMBA_ENABLE_CUDASIM=1" in done.stderr


def test_the_share_of_a_copy_stands_beside_the_ratio_to_the_peer(measure):
    row = make_row(bytes=12.0, bars={PYTORCH: 1.0, "copy": 0.85})
    outcome = measure(row, **{OURS: 2, PYTORCH: 2})
    assert outcome.seconds == {OURS: 2.0, PYTORCH: 2.0, "copy": 1.5}
    assert outcome.ratios == {PYTORCH: 1.0, "copy": 0.75}
    assert outcome.missed == ["copy"]
    table = as_text([outcome], {"GPU": "none"})
    assert "1 rows; 1 miss a bar; 0 disagree" in table
    assert "missed: copy" in table
    assert json.loads(as_json([outcome], {}))["geometric_means"] == {
        "double": {PYTORCH: 1.0, "copy": 0.75}
    }


def test_a_bar_for_a_peer_that_is_not_installed_is_not_asked_for(measure):
    outcome = measure(make_row(bars={PYTORCH: 1.0}), **{OURS: 2})
    assert outcome.bars == {}
    assert outcome.missed == []


@pytest.mark.parametrize(
    ("ours", "theirs", "wrong"), [(3, 3, {CPU}), (2, 3, {PYTORCH}), (2, 2, set())]
)
def test_a_row_whose_results_differ_is_not_timed(measure, ours, theirs, wrong):
    outcome = measure(make_row(), **{OURS: ours, PYTORCH: theirs})
    assert set(outcome.mismatches) == wrong
    assert bool(outcome.seconds) is not bool(wrong)


def test_an_array_that_the_peer_does_not_return_is_not_compared():
    zeros, ones = np.zeros(2), np.ones(2)
    assert gpu_outcome.find_difference((zeros, ones), (None, ones), 0.0) is None
    told = gpu_outcome.find_difference((zeros, ones), (zeros, None), 0.0)
    assert told is None
    assert gpu_outcome.find_difference((zeros, ones), (ones, None), 0.0) is not None


def test_rows_are_chosen_by_family_or_text():
    operations = [row.operation for row in collect(["products"], is_tiny=True)]
    assert operations[:2] == ["dense", "dense backward"]
    assert [row.operation for row in collect(["LSTM"], is_tiny=True)] == ["lstm_cell"]
    both = [row.operation for row in collect(["products", "adam step"], is_tiny=True)]
    assert both == ["adam step", *operations]


def test_every_module_of_rows_is_a_family():
    tools = {"outcome", "rows", "timing"}
    found = {path.stem.removeprefix("gpu_") for path in (ROOT / "benchmarks").glob("gpu_*.py")}
    assert found - tools == set(FAMILIES)
