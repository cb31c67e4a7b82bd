# shared by conv2d.py and max_pool2d.py
import numpy as np


def pad(x, p, value=0.0):
    return np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)], mode="constant", constant_values=value)


def im2col(x, kh, kw, stride, dilation):
    """all windows as columns: (N, C, kh*kw, outH*outW)"""
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    cols = np.empty((n, c, kh * kw, oh * ow), dtype=x.dtype)
    k = 0
    for u in range(kh):
        for v in range(kw):
            r0, c0 = u * dilation, v * dilation
            patch = x[:, :, r0:r0 + stride * (oh - 1) + 1:stride, c0:c0 + stride * (ow - 1) + 1:stride]
            cols[:, :, k] = patch.reshape(n, c, -1)
            k += 1
    return cols, oh, ow
