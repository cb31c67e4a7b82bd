"""Convolutions and their gradients by the definition, of integers, which add up exactly."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from reference.cpu.columns import Steps

steadily = settings(deadline=None, derandomize=True, max_examples=120)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
# Of the arrays, and of the sums.
dtypes = st.sampled_from(
    [(np.float32, np.float32), (np.float32, np.float64), (np.float64, np.float64)]
)


def windows_of(x, steps, count):
    """The pixels (N, C, H', W', kH, kW) that each tap of each window meets, by their places."""
    places = []
    for axis in (0, 1):
        i, tap = np.arange(count[axis])[:, None], np.arange(steps.kernel_size[axis])
        places.append(i * steps.stride[axis] + tap * steps.dilation[axis] - steps.start[axis])
    rows, columns = places[0][:, None, :, None], places[1][None, :, None, :]
    inside = (rows >= 0) & (rows < x.shape[2]) & (columns >= 0) & (columns < x.shape[3])
    return np.where(inside, x[:, :, rows % x.shape[2], columns % x.shape[3]], 0)


def correlation_by_definition(x, weight, bias, steps, groups, count):
    seen = windows_of(x, steps, count)
    parts = zip(np.split(seen, groups, 1), np.split(weight, groups), strict=True)
    out = [np.einsum("ncijuv,ocuv->noij", pixels, kernels) for pixels, kernels in parts]
    return np.concatenate(out, 1) + bias[:, None, None]


def gradients_by_definition(grad, x, weight, steps, groups):
    seen = windows_of(x, steps, grad.shape[2:])
    parts = zip(np.split(grad, groups, 1), np.split(seen, groups, 1), strict=True)
    grad_weight = np.concatenate([np.einsum("noij,ncijuv->ocuv", g, s) for g, s in parts])
    index = np.arange(1, x.shape[2] * x.shape[3] + 1).reshape(1, 1, *x.shape[2:])
    met = windows_of(index, steps, grad.shape[2:])[0, 0]  # 0 is the padding
    parts = zip(np.split(grad, groups, 1), np.split(weight, groups), strict=True)
    given = [np.einsum("noij,ocuv->ncijuv", g, w) for g, w in parts]
    grad_x = np.zeros((*x.shape[:2], index.size + 1), x.dtype)
    np.add.at(grad_x, (slice(None), slice(None), met), np.concatenate(given, 1))
    return grad_x[..., 1:].reshape(x.shape), grad_weight


def some(rng, *shape):
    return rng.integers(-9, 10, shape)


@st.composite
def correlations(draw, one_channel=False):
    """Draw integer operands between NaN, and options; windows may start inside the image."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    start = draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))
    count = draw(st.tuples(st.integers(1, 6), st.integers(1, 40)))
    groups = draw(st.integers(2, 4) if one_channel else st.integers(1, 3))
    channels = 1 if one_channel else draw(st.integers(1, 20))
    kernels = draw(st.integers(1, 3 if one_channel else 10))
    size = [
        max(1, (count[k] - 1) * stride[k] + (kernel[k] - 1) * dilation[k] + 1 - start[k])
        + draw(st.integers(-1, 1))
        for k in (0, 1)
    ]
    rng, dtype = np.random.default_rng(draw(st.integers(0, 2**32 - 1))), draw(dtypes)
    x = some(rng, draw(st.integers(0, 3)), groups * channels, max(1, size[0]), max(1, size[1]))
    weight, bias = some(rng, groups * kernels, channels, *kernel), some(rng, groups * kernels)
    grad = some(rng, len(x), len(weight), *count)
    return (x, weight, bias, grad), Steps(kernel, stride, start, dilation), groups, dtype
