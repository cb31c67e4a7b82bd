"""Tries to break the grader: writes a frame whose status compares elementwise."""

import os
import stat
import sys

import numpy as np

FRAMES = sys.modules["_border.frames"]


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    frame = FRAMES.encode({"status": np.zeros(2), "value": 0})
    for descriptor in range(3, 32):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, frame)
        except OSError:
            continue
    return 0
