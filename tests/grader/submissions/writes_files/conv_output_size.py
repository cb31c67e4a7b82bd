"""Keeps a log and a cache."""

import os


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    os.makedirs("cache/sizes", exist_ok=True)
    with open("cache/sizes/log.txt", "a") as log:
        log.write(f"{input_size}\n")
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
