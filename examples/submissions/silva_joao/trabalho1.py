import numpy as np

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2*padding - dilation*(kernel_size-1) - 1) // stride + 1

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    # x is width first: N, C, W, H
    N, C, W, H = x.shape
    O, _, kh, kw = weight.shape
    out_h = conv_output_size(H, kh, stride, padding, dilation)
    out_w = conv_output_size(W, kw, stride, padding, dilation)
    x = np.pad(x, ((0,0), (0,0), (padding,padding), (padding,padding)))
    out = np.zeros((N, O, out_h, out_w), dtype=x.dtype)
    for n in range(N):
        for o in range(O):
            for i in range(out_h):
                for j in range(out_w):
                    y0, x0 = i*stride, j*stride
                    window = x[n, :, y0 : y0 + dilation*(kh-1) + 1 : dilation, x0 : x0 + dilation*(kw-1) + 1 : dilation]
                    out[n, o, i, j] = (window * weight[o]).sum()
    if bias is not None:
        out += bias[None, :, None, None]
    return out

def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, W, H = x.shape
    out_h = conv_output_size(H, kernel_size, stride, padding)
    out_w = conv_output_size(W, kernel_size, stride, padding)
    x = np.pad(x, ((0,0), (0,0), (padding,padding), (padding,padding)), constant_values=-np.inf)
    out = np.zeros((N, C, out_h, out_w), dtype=x.dtype)
    for i in range(out_h):
        for j in range(out_w):
            window = x[:, :, i*stride:i*stride+kernel_size, j*stride:j*stride+kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out
