import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    n, c, h, w = x.shape
    o, _, kh, kw = weight.shape
    out_h = h + 2 * padding - dilation * (kh - 1)
    out_w = w + 2 * padding - dilation * (kw - 1)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((n, o, out_h, out_w), dtype=x.dtype)
    for i in range(out_h):
        for j in range(out_w):
            window = x[:, :, i:i + dilation * (kh - 1) + 1:dilation, j:j + dilation * (kw - 1) + 1:dilation]
            for k in range(o):
                out[:, k, i, j] = np.sum(window * weight[k], axis=(1, 2, 3))
    if bias is not None:
        out = out + bias.reshape(1, o, 1, 1)
    return out
