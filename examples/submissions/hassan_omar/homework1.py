import numpy as np


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    total = input_size + 2 * padding
    window = dilation * (kernel_size - 1) + 1
    return (total - window) // stride + 1


def add_border(x, padding, value):
    # bigger array, then copy the image into it
    n, c, h, w = x.shape
    bigger = np.full((n, c, h + 2 * padding, w + 2 * padding), value, dtype=x.dtype)
    bigger[:, :, :h, :w] = x
    return bigger


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    out_h = conv_output_size(h, kh, stride, padding, dilation)
    out_w = conv_output_size(w, kw, stride, padding, dilation)
    x = add_border(x, padding, 0)
    out = np.zeros((n, o, out_h, out_w), dtype=x.dtype)
    for i in range(out_h):
        for j in range(out_w):
            rows = i * stride + dilation * np.arange(kh)
            cols = j * stride + dilation * np.arange(kw)
            patch = x[:, :, rows][:, :, :, cols]
            out[:, :, i, j] = np.einsum("ncuv,ocuv->no", patch, weight)
    if bias is not None:
        out += bias[None, :, None, None]
    return out


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    n, c, h, w = x.shape
    out_h = conv_output_size(h, kernel_size, stride, padding)
    out_w = conv_output_size(w, kernel_size, stride, padding)
    x = add_border(x, padding, -np.inf)
    out = np.zeros((n, c, out_h, out_w), dtype=x.dtype)
    for i in range(out_h):
        for j in range(out_w):
            out[:, :, i, j] = x[:, :, i * stride:i * stride + kernel_size, j * stride:j * stride + kernel_size].max(axis=(2, 3))
    return out
