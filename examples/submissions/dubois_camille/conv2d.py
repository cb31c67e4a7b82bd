import numpy as np

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    # pad, then one matrix product per position
    x = np.pad(x, [(0,0), (0,0), (padding,padding), (padding,padding)])
    N, C, H, W = x.shape
    O, C, kH, kW = weight.shape
    flat = weight.reshape(O, -1).T
    eH, eW = dilation*(kH-1)+1, dilation*(kW-1)+1
    oH, oW = (H-eH)//stride+1, (W-eW)//stride+1
    out = np.empty((N, O, oH, oW), dtype=x.dtype)
    for i in range(oH):
        for j in range(oW):
            patch = x[:, :, i*stride:i*stride+eH:dilation, j*stride:j*stride+eW:dilation]
            out[:, :, i, j] = patch.reshape(N, -1) @ flat
    if bias is not None:
        out += bias.reshape(1, O, 1, 1)
    return out
