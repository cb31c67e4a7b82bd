"""Convolution, its gradients and its geometry against PyTorch and SciPy, option by option."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from peers import assert_near, assert_same

from reference import (
    conv1d,
    conv2d,
    conv2d_backward,
    conv_coverage,
    conv_matrix,
    conv_output_size,
    conv_parameter_count,
    convolve2d,
)

torch = pytest.importorskip("torch")
functional = torch.nn.functional

steadily = settings(deadline=None, derandomize=True, max_examples=60)
seeds = st.integers(0, 2**32 - 1)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
dtypes = st.sampled_from([np.float32, np.float64])


def tensor(array):
    return torch.from_numpy(np.array(array))


@st.composite
def convolutions(draw):
    """Draw x, weight, bias and options; sides may differ; groups may be as many as channels."""
    kernel, stride, dilation = draw(pairs), draw(pairs), draw(pairs)
    sides = tuple(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))) for _ in range(2))
    size = [
        max(1, dilation[axis] * (kernel[axis] - 1) + 1 - sum(sides[axis])) + draw(st.integers(0, 6))
        for axis in range(2)
    ]
    groups, channels, kernels = (draw(st.integers(1, 3)) for _ in range(3))
    batch = draw(st.sampled_from([(), (0,), (1,), (3,)]))
    rng, dtype = np.random.default_rng(draw(seeds)), draw(dtypes)
    x = rng.standard_normal((*batch, groups * channels, *size)).astype(dtype)
    weight = rng.standard_normal((groups * kernels, channels, *kernel)).astype(dtype)
    bias = draw(st.sampled_from([None, rng.standard_normal(len(weight)).astype(dtype)]))
    options = {"stride": stride, "padding": sides, "dilation": dilation, "groups": groups}
    return (x, weight, bias), options


def of_torch(x, weight, bias, *, padding, **options):
    """PyTorch's conv2d with the sides padded one by one."""
    (top, bottom), (left, right) = padding
    return functional.conv2d(functional.pad(x, (left, right, top, bottom)), weight, bias, **options)


@pytest.mark.library("conv2d", "convolve2d", "conv_output_size")
@steadily
@given(convolutions())
def test_conv2d_and_convolve2d(drawn):
    (x, weight, bias), options = drawn
    expected = of_torch(*(None if a is None else tensor(a) for a in (x, weight, bias)), **options)
    assert_near("conv2d", "PyTorch", conv2d(x, weight, bias, **options), expected, size=8)
    flipped = np.flip(weight, (2, 3))
    actual = convolve2d(x, flipped, bias, **options)
    assert_near("convolve2d", "PyTorch", actual, expected, size=8)
    geometry = {name: options[name] for name in ("stride", "padding", "dilation")}
    size = conv_output_size(x.shape[-2:], weight.shape[2:], **geometry)
    assert_same("conv_output_size", "PyTorch", size, np.array(expected.shape[-2:]))


@pytest.mark.library("conv2d_backward")
@steadily
@given(convolutions(), seeds)
def test_conv2d_backward(drawn, seed):
    (x, weight, _), options = drawn
    leaves = [tensor(a).requires_grad_() for a in (x, weight, np.zeros(len(weight), x.dtype))]
    out = of_torch(*leaves, **options)
    grad = np.random.default_rng(seed).standard_normal(tuple(out.shape)).astype(x.dtype)
    expected = torch.autograd.grad(out, leaves, tensor(grad))
    for one, other in zip(conv2d_backward(grad, x, weight, **options), expected, strict=True):
        assert_near("conv2d_backward", "PyTorch", one, other, size=16)


@pytest.mark.library("conv1d")
@steadily
@given(convolutions())
def test_conv1d(drawn):
    (x, weight, bias), options = drawn
    x, weight, sides = x[..., 0, :], weight[:, :, 0], options["padding"][1]
    options = {"stride": options["stride"][1], "dilation": options["dilation"][1]}
    options |= {"groups": x.shape[-2] // weight.shape[1]}
    actual = conv1d(x, weight, bias, padding=sides, **options)
    bias = None if bias is None else tensor(bias)
    padded = functional.pad(tensor(x), sides)
    expected = functional.conv1d(padded, tensor(weight), bias, **options)
    assert_near("conv1d", "PyTorch", actual, expected, size=8)


@pytest.mark.library("conv1d", "conv2d", "conv2d_backward")
@pytest.mark.filterwarnings("ignore:Using padding='same'")
@steadily
@given(seeds, st.tuples(st.integers(1, 5), st.integers(1, 5)), pairs)
def test_same_padding(seed, kernel, dilation):
    rng = np.random.default_rng(seed)
    x, weight = rng.standard_normal((2, 1, 4, 5)), rng.standard_normal((2, 1, *kernel))
    leaves = [tensor(x).requires_grad_(), tensor(weight).requires_grad_()]
    out = functional.conv2d(*leaves, padding="same", dilation=dilation)
    actual = conv2d(x, weight, padding="same", dilation=dilation)
    assert_near("conv2d", "PyTorch", actual, out, size=8)
    grad = rng.standard_normal((*x.shape[:1], 2, 4, 5))
    expected = torch.autograd.grad(out, leaves, tensor(grad))
    grads = conv2d_backward(grad, x, weight, padding="same", dilation=dilation)
    for one, other in zip(grads[:2], expected, strict=True):
        assert_near("conv2d_backward", "PyTorch", one, other, size=16)
    options = {"padding": "same", "dilation": dilation[1]}
    expected = functional.conv1d(tensor(x[:, :, 0]), tensor(weight[:, :, 0]), **options)
    actual = conv1d(x[:, :, 0], weight[:, :, 0], **options)
    assert_near("conv1d", "PyTorch", actual, expected, size=8)


@pytest.mark.library("conv2d", "conv2d_backward")
@steadily
@given(seeds, dtypes, st.sampled_from(["x", "weight", "grad_output"]), pairs, pairs)
def test_nan_and_infinity_go_where_they_go_in_pytorch(seed, dtype, which, stride, dilation):
    rng = np.random.default_rng(seed)
    x, weight = np.ones((1, 2, 7, 8), dtype), np.ones((4, 1, 3, 3), dtype)
    options = {"stride": stride, "padding": ((2, 2), (1, 1)), "dilation": dilation, "groups": 2}
    grad = np.ones_like(conv2d(x, weight, **options))
    spoilt = {"x": x, "weight": weight, "grad_output": grad}[which]
    spoilt.flat[rng.integers(spoilt.size)] = rng.choice([np.nan, np.inf, -np.inf])
    leaves = [tensor(x).requires_grad_(), tensor(weight).requires_grad_()]
    out = functional.conv2d(*leaves, stride=stride, padding=(2, 1), dilation=dilation, groups=2)
    assert_near("conv2d", "PyTorch", conv2d(x, weight, **options), out, size=8)
    expected = torch.autograd.grad(out, leaves, tensor(grad))
    grads = conv2d_backward(grad, x, weight, **options)
    for one, other in zip(grads[:2], expected, strict=True):
        assert_near("conv2d_backward", "PyTorch", one, other, size=16)


@pytest.mark.library("conv2d", "conv2d_backward")
@pytest.mark.parametrize("accumulator", ["float64", "float32"])
@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize(
    ("x", "weight"),
    [
        ((4, 1, 32, 32), (6, 1, 5, 5)),
        ((4, 32, 15, 15), (64, 32, 3, 3)),
        ((2, 256, 6, 6), (8, 256, 3, 3)),
    ],
)
def test_float32_is_at_most_twice_as_far_from_the_truth_as_pytorch(x, weight, signed, accumulator):
    rng = np.random.default_rng(0)
    x, weight = ((rng.random(shape) - signed / 2).astype(np.float32) for shape in (x, weight))
    grad = (rng.random(conv2d(x, weight).shape) - signed / 2).astype(np.float32)
    leaves = [tensor(a).requires_grad_() for a in (x, weight, np.zeros(len(weight), np.float32))]
    out = functional.conv2d(*leaves)
    theirs = (out.detach(), *torch.autograd.grad(out, leaves, tensor(grad)))
    ours = (
        conv2d(x, weight, accumulator=accumulator),
        *conv2d_backward(grad, x, weight, accumulator=accumulator),
    )
    grad, x, weight = (a.astype(np.float64) for a in (grad, x, weight))
    truths = (conv2d(x, weight), *conv2d_backward(grad, x, weight))
    for one, other, truth in zip(ours, theirs, truths, strict=True):
        assert one.dtype == np.float32
        error = np.abs(one - truth).max()
        assert error <= 2 * np.abs(other.numpy() - truth).max()
        if accumulator == "float64":
            assert error <= np.finfo(np.float32).eps * np.abs(truth).max()


@pytest.mark.library("conv2d", "convolve2d")
@steadily
@given(seeds, st.integers(1, 4), st.integers(1, 4), st.sampled_from(["valid", "same", "full"]))
def test_planes_against_scipy(seed, height, width, mode):
    signal = pytest.importorskip("scipy.signal")
    rng = np.random.default_rng(seed)
    image, kernel = rng.standard_normal((7, 8)), rng.standard_normal((height, width))
    padding = (height - 1, width - 1) if mode == "full" else mode
    actual = conv2d([image], [[kernel]], padding=padding)[0]
    assert_near("conv2d", "SciPy", actual, signal.correlate2d(image, kernel, mode), size=8)
    if mode == "same":  # with an even kernel convolve2d of SciPy has the extra zeros before
        padding = ((height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2))
    actual = convolve2d([image], [[kernel]], padding=padding)[0]
    assert_near("convolve2d", "SciPy", actual, signal.convolve2d(image, kernel, mode), size=8)


@pytest.mark.library("conv1d")
@steadily
@given(seeds, st.integers(1, 5))
def test_rows_against_scipy(seed, length):
    signal = pytest.importorskip("scipy.signal")
    rng = np.random.default_rng(seed)
    row, kernel = rng.standard_normal(9), rng.standard_normal(length)
    actual = conv1d([row], [[kernel]], padding=length - 1)[0]
    expected = signal.correlate(row, kernel, "full", "direct")
    assert_near("conv1d", "SciPy", actual, expected, size=8)


@pytest.mark.library("conv_parameter_count")
@steadily
@given(pairs, pairs, st.booleans(), st.integers(1, 3))
def test_conv_parameter_count(channels, kernel, bias, groups):
    inputs, outputs = groups * channels[0], groups * channels[1]
    layer = torch.nn.Conv2d(inputs, outputs, kernel, bias=bias, groups=groups)
    expected = sum(parameter.numel() for parameter in layer.parameters())
    actual = conv_parameter_count(inputs, outputs, kernel, bias, groups)
    assert_same("conv_parameter_count", "PyTorch", actual, np.array(expected))


@pytest.mark.library("conv_coverage")
@steadily
@given(convolutions())
def test_conv_coverage_is_the_fold_of_ones(drawn):
    (x, weight, _), options = drawn
    padding, geometry = options["padding"], {n: options[n] for n in ("stride", "dilation")}
    size, kernel = x.shape[-2:], weight.shape[2:]
    padded = tuple(side + sum(sides) for side, sides in zip(size, padding, strict=True))
    ones = torch.ones(1, 1, *padded, dtype=torch.float64)
    seen = functional.unfold(ones, kernel, **geometry)
    expected = functional.fold(seen, padded, kernel, **geometry)[0, 0]
    (top, _), (left, _) = padding
    expected = expected[top : top + size[0], left : left + size[1]].numpy().astype(np.int64)
    actual = conv_coverage(size, kernel, padding=padding, **geometry)
    assert_same("conv_coverage", "PyTorch", actual, expected)


@pytest.mark.library("conv_matrix")
@steadily
@given(convolutions())
def test_conv_matrix_has_what_each_pixel_gives(drawn):
    (x, weight, _), options = drawn
    size = x.shape[-3:]
    pixels = np.eye(int(np.prod(size)), dtype=x.dtype).reshape(-1, *size)
    columns = of_torch(tensor(pixels), tensor(weight), None, **options)
    actual = conv_matrix(weight, size[1:], **options)
    assert_same("conv_matrix", "PyTorch", actual, columns.reshape(len(pixels), -1).T)
