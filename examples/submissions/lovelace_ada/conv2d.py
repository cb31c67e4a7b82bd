import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, _, kH, kW = weight.shape

    # zero padding
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    xp[:, :, padding:padding + H, padding:padding + W] = x

    outH = (H + 2 * padding - dilation * (kH - 1) - 1) // stride + 1
    outW = (W + 2 * padding - dilation * (kW - 1) - 1) // stride + 1
    out = np.zeros((N, O, outH, outW))

    for n in range(N):
        for o in range(O):
            for i in range(outH):
                for j in range(outW):
                    s = 0.0
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                s += xp[n, c, i * stride + u * dilation, j * stride + v * dilation] * weight[o, c, u, v]
                    if bias is not None:
                        s += bias[o]
                    out[n, o, i, j] = s
    return out
