"""Exercise conv2d: `grade show conv2d` prints the task, `grade check` looks at your answer."""

import numpy as np  # noqa: F401


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Return the convolution of a batch of images with a set of filters."""
    N, C, H, W = x.shape
    O, _, kH, kW = weight.shape
    p = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    outH = (H + 2 * padding - (kH - 1) * dilation - 1) // stride + 1
    outW = (W + 2 * padding - (kW - 1) * dilation - 1) // stride + 1
    result = np.zeros((N, O, outH, outW), x.dtype)
    for n in range(N):
        for o in range(O):
            for i in range(outH):
                for j in range(outW):
                    r = range(i * stride, i * stride + (kH - 1) * dilation + 1, dilation)
                    s = range(j * stride, j * stride + (kW - 1) * dilation + 1, dilation)
                    result[n, o, i, j] = np.sum(p[n][np.ix_(range(C), r, s)] * weight[o])
                    if bias is not None:
                        result[n, o, i, j] += bias[o]
    return result
