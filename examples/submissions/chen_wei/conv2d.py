import numpy as np

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), 'constant')
    eh = dilation * (kh - 1) + 1
    ew = dilation * (kw - 1) + 1
    rows = []
    top = 0
    while top + eh <= H + 2 * padding:
        row = []
        left = 0
        while left + ew <= W + 2 * padding:
            window = x[:, :, top:top + eh:dilation, left:left + ew:dilation]
            row.append(np.einsum('ncij,ocij->no', window, weight))
            left += stride
        rows.append(np.stack(row, axis=-1))
        top += stride
    out = np.stack(rows, axis=2)
    if bias is not None:
        out = out + bias[:, None, None]
    return out
