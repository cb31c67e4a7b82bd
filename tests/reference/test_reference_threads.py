"""Threads: the same results, few or many, after a fork, from several threads, beside PyTorch."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

import reference
from reference.threads import LEAST_NANOSECONDS, share, shared

ROOT = Path(reference.__file__).parents[1]
X = np.random.default_rng(0).standard_normal((8, 8, 40, 40))
WEIGHT = np.random.default_rng(1).standard_normal((8, 8, 3, 3))


@pytest.fixture(autouse=True)
def restored():
    before = reference.get_num_threads()
    yield
    reference.set_num_threads(before)


def record_threads(seen):
    def kernel(out, x):
        seen.append(threading.get_ident())
        out[...] = x

    return kernel


@pytest.mark.property("set_num_threads", "get_num_threads")
@pytest.mark.parametrize("threads", [2, 3, 7])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("images", "weights", "options"),
    [
        ((8, 8, 40, 40), (8, 8, 3, 3), {}),
        ((5, 2, 9, 9), (70, 2, 3, 3), {}),  # few channels: kernels are shared
        ((5, 2, 9, 9), (70, 2, 3, 3), {"stride": 2}),
        ((5, 20, 6, 6), (150, 20, 3, 3), {}),  # few windows: images lie in each other
        ((1, 24, 7, 7), (300, 24, 3, 3), {"padding": 1}),  # one block: kernels are done apart
        ((1, 24, 7, 7), (270, 12, 3, 3), {"padding": 1, "groups": 2}),
        ((4, 24, 9, 9), (24, 1, 3, 3), {"stride": 2, "groups": 24}),
        ((9, 40, 7, 7), (70, 40, 3, 3), {"stride": 2}),  # both: images in each other, and steps
        ((2, 8, 40, 40), (16, 8, 4, 4), {"stride": 3}),  # windows are far apart
    ],
)
@pytest.mark.usefixtures("eager_threads")
def test_the_number_of_threads_changes_no_bit(threads, dtype, images, weights, options):
    rng = np.random.default_rng(0)
    x, weight = (rng.standard_normal(shape).astype(dtype) for shape in (images, weights))
    reference.set_num_threads(1)
    out = reference.conv2d(x, weight, **options)
    alone = out, *reference.conv2d_backward(out, x, weight, **options)
    reference.set_num_threads(threads)
    assert reference.get_num_threads() == threads
    shared_out = reference.conv2d(x, weight, **options)
    many = shared_out, *reference.conv2d_backward(out, x, weight, **options)
    for one, other in zip(many, alone, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("nanoseconds", "rows", "threads", "expected"),
    [
        (LEAST_NANOSECONDS, 8, 4, 1),  # too little for two
        (2 * LEAST_NANOSECONDS, 8, 4, 2),
        (100 * LEAST_NANOSECONDS, 8, 4, 4),
        (100 * LEAST_NANOSECONDS, 3, 4, 3),  # no more than rows
        (100 * LEAST_NANOSECONDS, 8, 1, 1),
        (100 * LEAST_NANOSECONDS, 0, 4, 1),
    ],
)
def test_work_is_shared_where_it_is_worth_it(nanoseconds, rows, threads, expected):
    reference.set_num_threads(threads)
    x, seen = np.arange(2.0 * rows).reshape(rows, 2), []
    out = np.full_like(x, np.nan)
    share(record_threads(seen), nanoseconds, (out, x))
    assert len(seen) == expected
    np.testing.assert_array_equal(out, x)


@pytest.mark.parametrize(("rows", "expected"), [(3, 1), (4, 2), (9, 4)])
def test_a_shared_kernel_is_sliced_where_its_numbers_are_worth_it(rows, expected):
    """A number takes half of the least time; the last argument is the same for all slices."""
    seen = []

    def kernel(out, x, factor):
        seen.append(len(x))
        out[...] = factor * x

    reference.set_num_threads(5)
    x = np.arange(1.0, rows + 1)
    out = np.full_like(x, np.nan)
    shared(kernel, LEAST_NANOSECONDS / 2, 2)(out, x, 3.0)
    assert len(seen) == expected
    assert sum(seen) == rows
    np.testing.assert_array_equal(out, 3 * x)


def test_a_failure_in_a_thread_reaches_the_caller():
    def fail(out):
        if out[0] > 0:
            raise MemoryError("no memory in the second part")

    reference.set_num_threads(2)
    with pytest.raises(MemoryError, match="second part"):
        share(fail, 10 * LEAST_NANOSECONDS, (np.arange(4.0),))


@pytest.mark.usefixtures("eager_threads")
def test_several_threads_may_call_at_once():
    reference.set_num_threads(2)
    expected = reference.conv2d(X, WEIGHT)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: reference.conv2d(X, WEIGHT), range(12)))
    assert all((result == expected).all() for result in results)


FORKED = """
import os, sys
import numpy as np
import reference
from reference import threads
threads.LEAST_NANOSECONDS = 1
reference.set_num_threads(2)
x, weight = np.ones((8, 8, 40, 40)), np.ones((8, 8, 3, 3))
expected = reference.conv2d(x, weight)
child = os.fork()
if child == 0:
    os._exit(0 if (reference.conv2d(x, weight) == expected).all() else 1)
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
again = reference.conv2d(x, weight)
sys.exit(status or int(not (again == expected).all()))
"""


def run(program, **environment):
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run([sys.executable, "-c", program], env=environment, timeout=120).returncode


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("layer", ["default", "workqueue", "omp", "tbb"])
def test_a_forked_child_computes_whatever_the_threading_layer_is(layer):
    assert run(FORKED, NUMBA_THREADING_LAYER=layer) == 0


def test_pytorch_may_be_in_the_process():
    pytest.importorskip("torch")
    program = FORKED.replace("import reference\n", "import reference, torch\ntorch.ones(9).sum()\n")
    product = "torch.ones(500, 500) @ torch.ones(500, 500)"
    program = program.replace("child = os.fork", f"{product}\nchild = os.fork")
    assert run(program) == 0


@pytest.mark.bad_input("set_num_threads")
@pytest.mark.parametrize(
    ("number", "error", "message"),
    [
        (0, ValueError, "num_threads: got 0, expected an integer of at least 1"),
        (-2, ValueError, "num_threads: got -2, expected an integer of at least 1"),
        (1.5, TypeError, "num_threads: got 1.5, expected an integer"),
        ("2", TypeError, "num_threads: got '2', expected an integer"),
        (None, TypeError, "num_threads: got None, expected an integer"),
    ],
)
def test_bad_input_is_named(number, error, message):
    with pytest.raises(error, match=f"^{message}"):
        reference.set_num_threads(number)


@pytest.mark.bad_input("get_num_threads")
def test_the_number_of_threads_is_asked_for_without_arguments():
    with pytest.raises(TypeError, match="takes 0 positional arguments"):
        reference.get_num_threads(1)
