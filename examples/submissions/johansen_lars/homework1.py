import numpy as np
from scipy.ndimage import maximum_filter
from scipy.signal import correlate


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    o, c, kh, kw = weight.shape
    big = np.zeros((o, c, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), dtype=weight.dtype)
    big[:, :, ::dilation, ::dilation] = weight
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    maps = [[correlate(image, kernel, mode="valid", method="direct")[0] for kernel in big] for image in x]
    out = np.array(maps)[:, :, ::stride, ::stride]
    return out if bias is None else out + bias[:, None, None]


def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    k = kernel_size
    # origin: the window begins at the pixel instead of being centred on it
    full = maximum_filter(x, size=(1, 1, k, k), origin=(0, 0, -(k // 2), -(k // 2)), mode="constant", cval=-np.inf)
    h, w = x.shape[2] - k + 1, x.shape[3] - k + 1
    return full[:, :, :h, :w][:, :, ::stride, ::stride]
