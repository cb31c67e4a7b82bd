"""The cache of compiled kernels: used again, renewed by any change, never in the way."""

import ast
import copy
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import reference
from reference.cpu import activations
from reference.cpu.kernel_cache import KEPT, fingerprint

PACKAGE = Path(reference.__file__).parent
PROGRAM = """
import numpy as np
import reference
from reference.cpu import activations, kernel_cache
print(reference.relu(np.array([-1.0, 3.0])).tolist()[1])
kernels = [k for k in vars(activations).values() if getattr(k, "stats", None)]
print(sum(len(k.stats.cache_hits) for k in kernels) > 0)
print(kernel_cache.find_cache())
"""


@pytest.fixture
def package(tmp_path):
    """A copy of the package that a test may change."""
    copy = tmp_path / "code" / "reference"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def call(package, **environment):
    """Return what relu gave, whether a cached kernel served, and the folder of the cache."""
    environment = (
        os.environ | {"PYTHONPATH": str(package.parent), "NUMBA_CACHE_DIR": ""} | environment
    )
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(
        command, cwd=package.parent, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    value, hit, folder = done.stdout.split()
    return float(value), hit == "True", None if folder == "None" else Path(folder)


def test_a_second_process_compiles_nothing(package):
    assert call(package)[:2] == (3.0, False)
    assert call(package)[:2] == (3.0, True)


def test_the_cache_lies_in_the_package_or_where_the_user_says(package, tmp_path):
    assert package in call(package)[2].parents
    assert tmp_path / "mine" in call(package, NUMBA_CACHE_DIR=str(tmp_path / "mine"))[2].parents


def test_a_change_of_a_helper_in_another_file_is_seen(package):
    """Numba alone looks only at the file of the kernel that is called."""
    folder = call(package)[2]
    with (package / "cpu" / "jit.py").open("a", encoding="utf-8") as source:
        source.write("\n# a change\n")
    _, hit, other = call(package)
    assert not hit
    assert other != folder


def test_a_change_of_what_no_kernel_calls_compiles_nothing(package):
    folder = call(package)[2]
    with (package / "activations.py").open("a", encoding="utf-8") as source:
        source.write("\n# a change\n")
    assert call(package)[1:] == (True, folder)


def test_kernels_call_nothing_from_elsewhere():
    """What the digest leaves out may be a type or help for Python, never a compiled function."""
    known = {"FlatSteps", "FloatArray", "IntegerArray", "Pair", "PoolWindows", "Shape"}
    known |= {"as_rows", "choose_threads", "share", "shared", "split_steps"}
    for path in (PACKAGE / "cpu").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            module = f"{getattr(node, 'module', None)}."
            if module.startswith("reference.") and not module.startswith("reference.cpu."):
                assert {alias.name for alias in node.names} <= known, path


def test_touching_a_file_changes_nothing(package):
    before = fingerprint(package)
    os.utime(package / "cpu" / "jit.py", (0, 0))
    assert fingerprint(package) == before


def test_a_new_file_and_a_new_name_are_changes(package):
    before = fingerprint(package)
    (package / "cpu" / "empty.py").touch()
    between = fingerprint(package)
    (package / "cpu" / "empty.py").rename(package / "cpu" / "void.py")
    assert len({before, between, fingerprint(package)}) == 3


def test_old_caches_do_not_pile_up(package):
    place = call(package)[2].parent
    for number in range(KEPT + 2):
        (place / f"{number:016x}").mkdir()
        os.utime(place / f"{number:016x}", (number, number))
    (package / "cpu" / "empty.py").touch()
    used = call(package)[2]
    assert used.is_dir()
    assert len(list(place.iterdir())) == KEPT + 1


def test_a_package_that_cannot_be_written_is_cached_for_the_user(package, tmp_path):
    # A file where a folder should be stops everybody, the administrator too.
    (package / "__pycache__").write_text("")
    home = tmp_path / "home"
    environment = {"XDG_CACHE_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    assert home in call(package, **environment)[2].parents
    assert call(package, **environment)[1]


def test_without_any_place_to_write_each_process_compiles(package, tmp_path):
    (package / "__pycache__").write_text("")
    (tmp_path / "file").write_text("")
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file"), "PYTHONDONTWRITEBYTECODE": "1"}
    assert call(package, **environment) == (3.0, False, None)
    assert call(package, **environment) == (3.0, False, None)


def test_two_processes_that_save_at_once_never_read_each_others_version(tmp_path):
    """One has written the index, but not yet the code, when the other writes both."""
    slow, fast = (copy.copy(activations._relu._cache._cache_file) for _ in range(2))
    for file in (slow, fast):
        file._cache_path, file._index_path = str(tmp_path), str(tmp_path / "kernel.nbi")
        file._load_index = dict  # both looked when nothing was there
    write = slow._save_data

    def wait(name, data):
        fast.save("float64", "code for float64")
        write(name, data)

    slow._save_data = wait
    slow.save("float32", "code for float32")
    del fast._load_index
    assert fast.load("float64") == "code for float64"


def test_what_others_cache_is_left_where_it_was():
    program = "import numba; before = numba.config.CACHE_DIR; import reference.cpu.pooling; "
    program += "assert numba.config.CACHE_DIR == before"
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0
