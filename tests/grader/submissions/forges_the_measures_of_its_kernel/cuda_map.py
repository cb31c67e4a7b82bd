"""Reads and writes twice where once is asked for, and has the simulator measure nothing."""

import sys

from numba import cuda, float32

simulator = sys.modules["_simulator"]
sys.modules["_simulator.launch"].Launch._measures = lambda launch: simulator.Measures()


@cuda.jit
def cuda_map(out, a):
    i = cuda.grid(1)
    if i < out.size:
        a[i] += float32(10)
        out[i] = a[i]
