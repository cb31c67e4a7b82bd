"""Tests of the CUDA kernels: on a GPU, or in Numba's simulator.

    NUMBA_ENABLE_CUDASIM=1 pytest tests/cuda

Numba reads the variable when it is imported, so tests/test_cuda_kernels.py starts a process for
them. Where there is neither a GPU nor the simulator, they are skipped.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mine = [item for item in items if HERE in item.path.parents]
    missing = find_missing_device() if mine else ""
    for item in mine:
        if missing:
            item.add_marker(pytest.mark.skip(reason=missing))


def find_missing_device() -> str:
    from reference.cuda.target import check_device

    try:
        check_device()
    except RuntimeError as error:
        return str(error)
    return ""
