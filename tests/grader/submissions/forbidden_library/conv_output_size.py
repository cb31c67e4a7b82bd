"""Asks PyTorch."""

import torch


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    layer = torch.nn.Conv1d(1, 1, kernel_size, stride, padding, dilation)
    return layer(torch.zeros(1, 1, input_size)).shape[-1]
