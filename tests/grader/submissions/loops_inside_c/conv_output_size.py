"""Tries to hang where Python cannot interrupt it."""

import re


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return len(re.match("(a+)+$", "a" * 60 + "b").group())
