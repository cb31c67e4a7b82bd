import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    oh = (h + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    ow = (w + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))
    out = np.zeros((n, o, oh, ow))
    for i in range(oh):
        for j in range(ow):
            window = x[:, :, i * stride:i * stride + dilation * kh:dilation, j * stride:j * stride + dilation * kw:dilation]
            out[:, :, i, j] = np.einsum("ncuv,ocuv->no", window, weight)
    if bias is not None:
        out += bias[None, :, None, None]
    return out
