# turing_alan, homework 1, all three functions in this file
import numpy as np


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    # count the positions one after the other
    last = input_size + 2*padding - (dilation*(kernel_size-1) + 1)
    return len(range(0, last + 1, stride))


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    O, C, K, L = weight.shape
    h = conv_output_size(H, K, stride, padding, dilation)
    w = conv_output_size(W, L, stride, padding, dilation)
    x = np.pad(x, ((0,0), (0,0), (padding,padding), (padding,padding)))
    y = np.zeros((N, O, h, w), x.dtype)
    # add up the taps: every tap is a shifted copy of the image
    for u in range(K):
        for v in range(L):
            part = x[:, :, u*dilation:, v*dilation:][:, :, ::stride, ::stride][:, :, :h, :w]
            for o in range(O):
                y[:, o] += (part * weight[o, :, u, v][None, :, None, None]).sum(axis=1)
    if bias is not None:
        for o in range(O):
            y[:, o] += bias[o]
    return y


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None: stride = kernel_size
    N, C, H, W = x.shape
    h = conv_output_size(H, kernel_size, stride, padding)
    w = conv_output_size(W, kernel_size, stride, padding)
    x = np.pad(x, ((0,0), (0,0), (padding,padding), (padding,padding)), constant_values=-np.inf)
    y = np.full((N, C, h, w), -np.inf, dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            y = np.maximum(y, x[:, :, u:, v:][:, :, ::stride, ::stride][:, :, :h, :w])
    return y
