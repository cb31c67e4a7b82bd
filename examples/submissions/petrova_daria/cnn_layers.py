"""Convolution and pooling layers with numpy."""
import numpy as np


def pad_image(x, padding):
    # zeros around the height and the width
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = (kernel_size - 1) * dilation
    return (input_size + 2 * padding - span - 1) // stride + 1


def windows(x, kh, kw, stride, dilation):
    for i in range((x.shape[2] - (kh - 1) * dilation - 1) // stride + 1):
        for j in range((x.shape[3] - (kw - 1) * dilation - 1) // stride + 1):
            a, b = i * stride, j * stride
            yield i, j, x[:, :, a:a + (kh - 1) * dilation + 1:dilation, b:b + (kw - 1) * dilation + 1:dilation]


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    o, c, kh, kw = weight.shape
    oh = conv_output_size(x.shape[2], kh, stride, padding, dilation)
    ow = conv_output_size(x.shape[3], kw, stride, padding, dilation)
    out = np.zeros((x.shape[0], o, oh, ow), dtype=x.dtype)
    for i, j, window in windows(pad_image(x, padding), kh, kw, stride, dilation):
        out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[:, None, None]
    return out


def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride if stride is not None else kernel_size
    oh = conv_output_size(x.shape[2], kernel_size, stride, padding)
    ow = conv_output_size(x.shape[3], kernel_size, stride, padding)
    out = np.zeros((x.shape[0], x.shape[1], oh, ow), dtype=x.dtype)
    for i, j, window in windows(pad_image(x, padding), kernel_size, kernel_size, stride, 1):
        out[:, :, i, j] = window.max(axis=(2, 3))
    return out
