import numpy as np


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, _, kH, kW = weight.shape
    outH = conv_output_size(H, kH, stride, padding, dilation)
    outW = conv_output_size(W, kW, stride, padding, dilation)
    out = np.zeros((N, O, outH, outW), dtype=x.dtype)
    for n in range(N):
        for o in range(O):
            for i in range(outH):
                for j in range(outW):
                    for c in range(C):
                        for u in range(kH):
                            for v in range(kW):
                                # position in the image
                                row = i * stride + u * dilation - padding
                                col = j * stride + v * dilation - padding
                                if row >= 0 and col >= 0:
                                    out[n, o, i, j] += x[n, c, row, col] * weight[o, c, u, v]
                    if bias is not None:
                        out[n, o, i, j] += bias[o]
    return out


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    outH = conv_output_size(H, kernel_size, stride, padding)
    outW = conv_output_size(W, kernel_size, stride, padding)
    out = np.full((N, C, outH, outW), -np.inf, dtype=x.dtype)
    for n in range(N):
        for c in range(C):
            for i in range(outH):
                for j in range(outW):
                    for u in range(kernel_size):
                        for v in range(kernel_size):
                            row = i * stride + u - padding
                            col = j * stride + v - padding
                            if 0 <= row < H and 0 <= col < W:
                                out[n, c, i, j] = max(out[n, c, i, j], x[n, c, row, col])
    return out
