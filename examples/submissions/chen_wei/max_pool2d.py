import numpy as np

def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), 'constant', constant_values=-np.inf)
    out_h = (H + 2 * padding - kernel_size) // stride + 1
    out_w = (W + 2 * padding - kernel_size) // stride + 1
    out = np.zeros((N, C, out_h, out_w), dtype=x.dtype)
    i = 0
    while i < out_h:
        j = 0
        while j < out_w:
            top = i * stride
            left = j * stride
            out[:, :, i, j] = x[:, :, top:top + kernel_size, left:left + kernel_size].max(axis=(2, 3))
            j += 1
    return out
