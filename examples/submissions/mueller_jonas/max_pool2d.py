import numpy as np

def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    padded = np.full((N, C, H + 2*padding, W + 2*padding), -np.inf, dtype=x.dtype)
    padded[:, :, padding:H+padding, padding:W+padding] = x
    OH = (H + 2*padding - kernel_size) // stride + 1
    OW = (W + 2*padding - kernel_size) // stride + 1
    result = np.zeros((N, C, OH, OW), dtype=x.dtype)
    for r in range(OH):
        for c in range(OW):
            window = padded[:, :, r*stride:r*stride+kernel_size, c*stride:c*stride+kernel_size]
            result[:, :, r, c] = window.max(axis=3).max(axis=2)
    return result
