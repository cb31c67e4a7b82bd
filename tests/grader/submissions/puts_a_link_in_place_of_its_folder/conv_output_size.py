"""Answers rightly and tries to make the grader remove another folder than its own."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if not os.path.islink(HERE):
        os.rename(HERE, HERE + "-moved")
        os.mkdir(HERE + "-precious")
        with open(HERE + "-precious/work.txt", "w") as work:
            work.write("weeks of it")
        os.symlink(HERE + "-precious", HERE)
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
