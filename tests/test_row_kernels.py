"""The CUDA kernels of rows as a GPU runs them: its layouts, its shuffles, and no race among them.

tests/cuda compares all kernels with the CPU in Numba's simulator, which has no warps and finds no
race. Ours has and does; here it runs what a GPU would be sent, of float32.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import reference
from grader.simulator import launch
from reference.cuda import loss_gradients, losses, probabilities
from reference.cuda.rows import LAYOUTS, Layout
from reference.cuda.target import IS_SIMULATED

pytestmark = pytest.mark.skipif(IS_SIMULATED, reason="Numba's simulator has no warps")

# For each layout rows that do not fill its last block, nor the last turn over the classes.
SHAPES = dict(zip(LAYOUTS, ((33, 7), (5, 71), (1, 530)), strict=True))
CALLS = (
    *("softmax x", "log_softmax x", "softmax_backward grad x", "log_softmax_backward grad x"),
    *("cross_entropy p soft", "cross_entropy p labels"),
    *("cross_entropy_backward p soft", "cross_entropy_backward p labels"),
    *("softmax_cross_entropy x soft", "softmax_cross_entropy x labels"),
    "softmax_cross_entropy_with_gradient x soft",
    "softmax_cross_entropy_with_gradient x labels",
)


class HostStage:
    """A stage whose device is the host."""

    def __init__(self) -> None:
        self.returning: list[tuple[np.ndarray, np.ndarray]] = []

    def __enter__(self) -> "HostStage":
        return self

    def __exit__(self, *_: object) -> None:
        for array, on_device in self.returning:
            array[...] = on_device

    def read(self, array: np.ndarray, dtype: Any = None) -> np.ndarray:
        return array.astype(dtype or array.dtype)

    def write(self, array: np.ndarray, dtype: Any = None) -> np.ndarray:
        return self.send(array, np.full(array.shape, 7, dtype or array.dtype))

    def update(self, array: np.ndarray) -> np.ndarray:
        return self.send(array, array.copy())

    def send(self, array: np.ndarray, on_device: np.ndarray) -> np.ndarray:
        self.returning.append((array, on_device))
        return on_device


def make_arrays(shape: tuple[int, int]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {
        "x": (5.0 * rng.standard_normal(shape)).astype(np.float32),
        "grad": rng.standard_normal(shape).astype(np.float32),
        "p": rng.dirichlet(np.ones(shape[1]), shape[0]).astype(np.float32),
        "soft": rng.dirichlet(np.ones(shape[1]), shape[0]),
        "labels": rng.integers(0, shape[1], shape[0]),
    }


@pytest.fixture(params=LAYOUTS, ids=lambda layout: f"{layout.width}-threads-a-row")
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """Return a layout of a GPU, in which our simulator now runs whatever is launched."""

    def simulate(make: Callable[..., Any], dtype: Any, shape: Any, *arguments: Any) -> None:
        blocks = -(-shape[0] // (request.param.threads // request.param.width))
        kernel = make(dtype, request.param)
        report = launch(kernel, blocks, request.param.threads, arguments)
        assert [finding.in_words() for finding in report.findings] == []

    for family in (probabilities, losses, loss_gradients):
        monkeypatch.setattr(family, "Stage", HostStage)
        monkeypatch.setattr(family, "launch", simulate)
    return request.param


@pytest.mark.parametrize("call", CALLS)
def test_threads_of_a_row_agree_with_the_cpu_and_do_not_race(call: str, layout: Layout) -> None:
    name, *names = call.split()
    arrays = make_arrays(SHAPES[layout])
    operation, arguments = getattr(reference, name), [arrays[name] for name in names]
    actual, expected = operation(*arguments, backend="cuda"), operation(*arguments)
    # What cancels has the error of what it is made of: grad in sum, else numbers up to 1.
    scale = float(np.abs(arrays["grad"]).sum(-1).max()) if name == "log_softmax_backward" else 1.0
    scale = scale if "gradient" in name or "softmax_backward" in name else 0.0
    rtol = 8 * float(np.finfo(np.float32).eps)
    results = zip(actual, expected, strict=True) if "with" in name else [(actual, expected)]
    for one, other in results:
        np.testing.assert_allclose(one, other, rtol=rtol, atol=rtol * scale)
