import numpy as np
from numpy.lib.stride_tricks import as_strided


def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = stride or k
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    n, c, h, w = x.shape
    oh, ow = (h - k) // s + 1, (w - k) // s + 1
    sn, sc, sh, sw = x.strides
    view = as_strided(x, (n, c, oh, ow, k, k), (sn, sc, sh * s, sw * s, sh, sw), writeable=False)
    return view.max(axis=(4, 5))
