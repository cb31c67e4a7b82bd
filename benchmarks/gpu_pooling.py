"""Pooling and its gradients of 64 MB of images and more."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

import reference
from benchmarks.gpu_rows import BARS_OF_MEMORY, Array, Arrays, Call, GpuRow, Work
from reference.backends import load_kernels
from reference.pooling_windows import PoolWindows, count_taps, read_pool_windows

SEED, TOLERANCE = 0, 1e-6


class Pool(NamedTuple):
    """Images and the windows on them."""

    shape: tuple[int, int, int, int]
    kernel: int
    stride: int
    padding: int

    @property
    def name(self) -> str:
        """What stands in the table."""
        windows = f"{self.kernel}x{self.kernel} stride {self.stride} padding {self.padding}"
        return f"{windows}: {'x'.join(map(str, self.shape))}"

    @property
    def options(self) -> dict[str, int]:
        """The arguments of our functions."""
        return {"stride": self.stride, "padding": self.padding}


POOLS = (
    Pool((64, 64, 64, 64), 2, 2, 0),
    Pool((64, 64, 112, 112), 3, 2, 1),
    Pool((64, 64, 64, 64), 3, 1, 1),
)
TINY_POOLS = (Pool((2, 3, 6, 7), 3, 2, 1),)


def rows(is_tiny: bool) -> Iterator[GpuRow]:
    """Yield the rows of every pool."""
    works = {
        "max_pool2d": _largest,
        "max_pool2d with indices": _largest_with_indices,
        "max_pool2d backward": _largest_backward,
        "avg_pool2d": _averages,
        "avg_pool2d backward": _averages_backward,
    }
    for pool in TINY_POOLS if is_tiny else POOLS:
        for operation, make in works.items():
            yield GpuRow(operation, pool.name, partial(make, pool))


def _images(pool: Pool) -> Array:
    return np.random.default_rng(SEED).standard_normal(pool.shape, np.float32)


def _planes(array: Array) -> Array:
    return array.reshape(-1, *array.shape[2:])


def _largest(pool: Pool) -> Work:
    x = _images(pool)
    out = reference.max_pool2d(x, pool.kernel, **pool.options)
    kernel = _largest_for(pool, _planes(out), _planes(x), False)
    return Work(
        outputs=(np.zeros_like(_planes(out)),),
        inputs=(_planes(x),),
        ours=lambda outputs, inputs: kernel(*outputs, *inputs),
        torch=partial(_torch, "max_pool2d", pool),
        expected=lambda: _planes(out),
        bars=BARS_OF_MEMORY,
        bytes=x.nbytes + out.nbytes,
    )


def _windows(pool: Pool) -> PoolWindows:
    return read_pool_windows(pool.kernel, pool.stride, pool.padding)


def _largest_for(
    pool: Pool, results: Array, planes: Array, has_indices: bool
) -> Callable[..., None]:
    """Return the kernel for planes: kernel(out, x), or kernel(out, x, indices)."""
    known = results.shape, planes.shape, planes.dtype, _windows(pool)
    kernel: Callable[..., None] = load_kernels("pooling", "cuda").pool_for(*known, 1, has_indices)
    return kernel


def _torch(name: str, pool: Pool, outputs: Any, inputs: Any, **options: bool) -> Call:
    import torch

    function = getattr(torch.nn.functional, name)
    return partial(function, inputs[0], pool.kernel, pool.stride, pool.padding, **options)


def _largest_with_indices(pool: Pool) -> Work:
    x = _images(pool)
    out, indices = _find_largest(pool, x)
    kernel = _largest_for(pool, out, _planes(x), True)
    return Work(
        outputs=(np.zeros_like(out), np.zeros_like(indices)),
        inputs=(_planes(x),),
        ours=lambda outputs, inputs: kernel(outputs[0], inputs[0], outputs[1]),
        torch=partial(_torch, "max_pool2d", pool, return_indices=True),
        expected=lambda: (out, indices),
        bars=BARS_OF_MEMORY,
        bytes=x.nbytes + out.nbytes + indices.nbytes,
    )


def _find_largest(pool: Pool, x: Array) -> Arrays:
    found = reference.max_pool2d(x, pool.kernel, **pool.options, return_indices=True)
    return tuple(_planes(array) for array in found)


def _largest_backward(pool: Pool) -> Work:
    x = _images(pool)
    out, indices = _find_largest(pool, x)
    kernel = load_kernels("pooling_gradients", "cuda").max_pool2d_backward
    windows = _windows(pool)

    def torch_backward(outputs: Any, inputs: Any) -> Call:
        import torch

        grad, where, images = inputs
        sizes = [pool.kernel] * 2, [pool.stride] * 2, [pool.padding] * 2, [1, 1], False
        backward = torch.ops.aten.max_pool2d_with_indices_backward
        return partial(backward, grad, images, *sizes, where)

    def expected() -> Array:
        grad = out.reshape(*x.shape[:2], *out.shape[1:])
        return _planes(reference.max_pool2d_backward(grad, x, pool.kernel, **pool.options))

    return Work(
        outputs=(np.zeros_like(_planes(x)),),
        inputs=(out, indices, _planes(x)),  # the images are for PyTorch, which asks for their shape
        ours=lambda outputs, inputs: kernel(*outputs, *inputs[:2], *windows),
        torch=torch_backward,
        expected=expected,
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=x.nbytes + out.nbytes + indices.nbytes,
    )


def _counts(pool: Pool, x: Array, out: Array) -> Arrays:
    return count_taps(out.shape, x.shape, _windows(pool), True)


def _averages(pool: Pool) -> Work:
    x = _images(pool)
    out = reference.avg_pool2d(x, pool.kernel, **pool.options)
    known = _planes(out).shape, _planes(x).shape, x.dtype, _windows(pool)
    kernel_for = load_kernels("average_pooling", "cuda").avg_pool2d_for
    return Work(
        outputs=(np.zeros_like(_planes(out)),),
        inputs=(_planes(x), *_counts(pool, x, out)),
        ours=lambda outputs, inputs: kernel_for(*known, *inputs[1:])(*outputs, inputs[0]),
        torch=partial(_torch, "avg_pool2d", pool),
        expected=lambda: _planes(out),
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=x.nbytes + out.nbytes,
    )


def _averages_backward(pool: Pool) -> Work:
    x = _images(pool)
    grad = np.sin(reference.avg_pool2d(x, pool.kernel, **pool.options))
    kernel = load_kernels("pooling_gradients", "cuda").avg_pool2d_backward
    windows = _windows(pool)[:3]

    def torch_backward(outputs: Any, inputs: Any) -> Call:
        import torch

        options = [pool.kernel] * 2, [pool.stride] * 2, [pool.padding] * 2, False, True, None
        return partial(torch.ops.aten.avg_pool2d_backward, inputs[0], inputs[3], *options)

    def expected() -> Array:
        return _planes(reference.avg_pool2d_backward(grad, x, pool.kernel, **pool.options))

    return Work(
        outputs=(np.zeros_like(_planes(x)),),
        inputs=(_planes(grad), *_counts(pool, x, grad), _planes(x)),  # the images as above
        ours=lambda outputs, inputs: kernel(*outputs, *inputs[:3], *windows),
        torch=torch_backward,
        expected=expected,
        tolerance=TOLERANCE,
        bars=BARS_OF_MEMORY,
        bytes=x.nbytes + grad.nbytes,
    )
