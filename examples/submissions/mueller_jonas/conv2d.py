import numpy as np

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, C, KH, KW = weight.shape

    # put the zeros in front of the rows and the columns
    padded = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))

    OH = (padded.shape[2] - dilation*(KH-1) - 1) // stride + 1
    OW = (padded.shape[3] - dilation*(KW-1) - 1) // stride + 1
    result = np.zeros((N, O, OH, OW), dtype=x.dtype)
    for n in range(N):
        for o in range(O):
            for r in range(OH):
                for c in range(OW):
                    rows = r*stride + dilation*np.arange(KH)
                    cols = c*stride + dilation*np.arange(KW)
                    patch = padded[n][:, rows][:, :, cols]
                    result[n, o, r, c] = (patch * weight[o]).sum()
                    if bias is not None:
                        result[n, o, r, c] += bias[o]
    return result
