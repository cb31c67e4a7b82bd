"""Our simulator beside the one that Numba brings: what both support gives the same arrays."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
BOTH = [
    *("add", "grid_stride", "two_axes", "three_axes", "reversal", "reversal_in_dynamic_memory"),
    *("tiled_product_of_odd_sizes", "block_sums", "histogram_by_blocks", "constant_weights"),
    *("device_functions", "rows_as_views", "counting_barrier", "doubles_stay_doubles"),
]
STOCK = """
import importlib.util, sys
import numpy as np
import conftest

path = conftest.HERE / "kernels_clean_plain.py"
spec = importlib.util.spec_from_file_location(path.stem, path)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
examples = {example.name: example for example in conftest.examples(path.name)}
outs = {}
for name in sys.argv[2:]:
    e = examples[name]
    getattr(module, name)[e.grid, e.block, 0, e.shared_bytes](*e.arguments)
    outs[name] = e.arguments[0]
np.savez(sys.argv[1], **outs)
"""


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """Return what Numba's simulator gives: it must be told so before Numba is imported."""
    out = tmp_path_factory.mktemp("stock") / "outs.npz"
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1", "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-W", "ignore", "-c", STOCK, str(out), *BOTH]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with np.load(out) as outs:
        return dict(outs)


@pytest.mark.parametrize("name", BOTH)
def test_both_simulators_give_the_same_array(name, stock, examples_by_name):
    example = examples_by_name[name]
    example.run()
    np.testing.assert_allclose(example.arguments[0], stock[name], rtol=1e-6)
