import numpy as np

# ((n - f + 2p) / s) + 1   from the slides
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    f = dilation * (kernel_size - 1) + 1
    return (input_size - f + 2 * padding) / stride + 1


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, _, kH, kW = weight.shape
    oh = int(conv_output_size(H, kH, stride, padding, dilation))
    ow = int(conv_output_size(W, kW, stride, padding, dilation))
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode='constant')
    out = np.zeros((N, O, oh, ow), dtype=x.dtype)
    for n in range(N):
        for o in range(O):
            for i in range(oh):
                for j in range(ow):
                    acc = 0
                    for u in range(kH):
                        for v in range(kW):
                            acc += np.dot(xp[n, :, i*stride + u*dilation, j*stride + v*dilation], weight[o, :, u, v])
                    out[n, o, i, j] = acc + (bias[o] if bias is not None else 0)
    return out


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride == None:
        stride = kernel_size
    N, C, H, W = x.shape
    oh = int(conv_output_size(H, kernel_size, stride, padding))
    ow = int(conv_output_size(W, kernel_size, stride, padding))
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode='constant', constant_values=-np.inf)
    out = np.zeros((N, C, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            out[:, :, i, j] = np.amax(xp[:, :, i*stride:i*stride+kernel_size, j*stride:j*stride+kernel_size], axis=(2, 3))
    return out
