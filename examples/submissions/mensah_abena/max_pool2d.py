import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    rows = range(0, x.shape[2] - kernel_size + 1, stride)
    cols = range(0, x.shape[3] - kernel_size + 1, stride)
    return np.stack(
        [np.stack([x[:, :, r:r + kernel_size, c:c + kernel_size].max(axis=(2, 3)) for c in cols], axis=-1) for r in rows],
        axis=-2,
    )
