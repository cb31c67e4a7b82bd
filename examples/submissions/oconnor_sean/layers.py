import numpy as np


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def conv_2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, _, h, w = x.shape
    o, _, kh, kw = weight.shape
    oh = conv_output_size(h, kh, stride, padding, dilation)
    ow = conv_output_size(w, kw, stride, padding, dilation)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((n, o, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            r, c = u * dilation, v * dilation
            shifted = x[:, :, r:r + (oh - 1) * stride + 1:stride, c:c + (ow - 1) * stride + 1:stride]
            out += np.einsum("nchw,oc->nohw", shifted, weight[:, :, u, v])
    if bias is not None:
        out += bias[None, :, None, None]
    return out


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    n, c, h, w = x.shape
    oh = conv_output_size(h, kernel_size, stride, padding)
    ow = conv_output_size(w, kernel_size, stride, padding)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    out = np.full((n, c, oh, ow), -np.inf, dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            shifted = x[:, :, u:u + (oh - 1) * stride + 1:stride, v:v + (ow - 1) * stride + 1:stride]
            np.maximum(out, shifted, out=out)
    return out
