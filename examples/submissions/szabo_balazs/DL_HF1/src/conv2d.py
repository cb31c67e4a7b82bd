import numpy as np
from numpy.lib.stride_tricks import as_strided


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    # a view with six axes (n, c, i, j, u, v): no copies, only strides
    if padding > 0:
        x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    n, c, h, w = x.shape
    o, c2, kh, kw = weight.shape
    assert c == c2, "channels of image and kernel differ"
    oh = (h - (kh - 1) * dilation - 1) // stride + 1
    ow = (w - (kw - 1) * dilation - 1) // stride + 1
    sn, sc, sh, sw = x.strides
    view = as_strided(
        x,
        shape=(n, c, oh, ow, kh, kw),
        strides=(sn, sc, sh * stride, sw * stride, sh * dilation, sw * dilation),
        writeable=False,
    )
    out = np.tensordot(view, weight, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return out if bias is None else out + bias[:, None, None]
