"""`python -m reference` says what there is."""

import json
import subprocess
import sys

import reference


def run(*words):
    command = [sys.executable, "-m", "reference", *words]
    return subprocess.run(command, capture_output=True, text=True)


def test_it_prints_versions_threads_devices_and_every_operation():
    done = run()
    assert done.returncode == 0, done.stderr
    for part in ("versions:", "numba ", "threads:", "devices:", "cpu: ", "backends:", "cache:"):
        assert part in done.stdout
    words = done.stdout.split()
    assert all(name in words for name in reference.__all__)


def test_json_has_the_same_facts():
    facts = json.loads(run("--json").stdout)
    assert list(facts["operations"]) == reference.__all__
    assert facts["backends"] == list(facts["devices"]) == ["cpu", "cuda"]
    assert facts["threads"] >= 1
    assert {"python", "gradecheck", "numpy", "numba"} <= facts["versions"].keys()


def test_help_ends_with_an_example_and_a_wrong_option_is_named():
    assert run("--help").stdout.strip().endswith("python -m reference --json")
    wrong = run("--jsn")
    assert wrong.returncode == 2
    assert "--jsn" in wrong.stderr


def test_a_reader_that_stops_early_is_no_error():
    command = f"{sys.executable} -m reference | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.stdout.startswith("versions:")
    assert done.stderr == ""
