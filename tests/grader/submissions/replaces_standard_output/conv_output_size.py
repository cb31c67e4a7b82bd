"""Silences what it prints, for good."""

import sys


class Silence:
    def write(self, text):
        return None


sys.stdout = sys.stderr = Silence()
print("nobody hears this")


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
