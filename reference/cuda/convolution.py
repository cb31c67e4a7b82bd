"""Convolution on the GPU: products of matrices, or one window after the other where those are thin.

The accumulator is not asked: a GPU's arithmetic of float64 may be 64 times as slow as that of
float32. Products of float32 are added up in float32, in parts (see tiles.py), so that the result
is about as near to the truth as PyTorch's. Who wants it rounded once gives arrays of float64, which
are added up in float64, or asks the CPU.
"""

from collections.abc import Callable
from typing import Any

from reference.cuda.correlation import correlate
from reference.cuda.plain_convolution import are_thin, correlate_plainly
from reference.cuda.staging import Stage
from reference.cuda.taps import place_windows
from reference.outputs import zeros_beside
from reference.windows import FlatSteps, split_steps


def conv2d_for(
    shape: tuple[int, ...], kernel: tuple[int, ...], accumulator: Any
) -> Callable[..., None]:
    """Return what fills a result, of whatever shape, by whatever kernels."""
    return _correlate


def _correlate(out: Any, x: Any, weight: Any, bias: Any, steps: FlatSteps) -> None:
    """Fill out (N, O, H', W') from x (N, C, H, W)."""
    kernels, channels, *kernel_size = weight.shape
    *pairs, groups = split_steps(steps)
    placement = place_windows(channels, x.shape[2:], tuple(kernel_size), out.shape[2:], *pairs)
    fill = correlate_plainly if are_thin(kernels, groups) else correlate
    biases = zeros_beside(weight.shape[:1], weight) if bias is None else bias
    with Stage() as stage:
        arrays = stage.write(out), stage.read(x), stage.read(weight), stage.read(biases)
        fill(stage, *arrays, placement, groups)
