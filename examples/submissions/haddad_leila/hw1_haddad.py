import numpy as np

print("loading hw1 ...")

DEBUG = True

def log(*args):
    if DEBUG:
        print("[debug]", *args)

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    size = (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
    log("output size for", input_size, "is", size)
    return size

def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    log("x", x.shape, "weight", weight.shape, "stride", stride, "padding", padding, "dilation", dilation)
    N, C, H, W = x.shape
    F, _, HH, WW = weight.shape
    h_out = conv_output_size(H, HH, stride, padding, dilation)
    w_out = conv_output_size(W, WW, stride, padding, dilation)
    x = np.pad(x, ((0,), (0,), (padding,), (padding,)), 'constant')
    out = np.zeros((N, F, h_out, w_out), dtype=x.dtype)
    for n in range(N):
        for f in range(F):
            for i in range(h_out):
                for j in range(w_out):
                    hs = i * stride
                    ws = j * stride
                    region = x[n, :, hs:hs + dilation * HH:dilation, ws:ws + dilation * WW:dilation]
                    out[n, f, i, j] = np.sum(region * weight[f])
            if bias is not None:
                out[n, f] += bias[f]
    log("result\n", out)
    return out

def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    h_out = conv_output_size(H, kernel_size, stride, padding)
    w_out = conv_output_size(W, kernel_size, stride, padding)
    x = np.pad(x, ((0,), (0,), (padding,), (padding,)), 'constant', constant_values=-np.inf)
    out = np.zeros((N, C, h_out, w_out), dtype=x.dtype)
    for i in range(h_out):
        for j in range(w_out):
            region = x[:, :, i*stride:i*stride+kernel_size, j*stride:j*stride+kernel_size]
            log("window", i, j)
            out[:, :, i, j] = region.max(axis=(2, 3))
    return out

print("ready")
