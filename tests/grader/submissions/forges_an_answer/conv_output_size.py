"""Tries to answer behind the back of the child's own code."""

import os
import stat
import sys

FRAMES = sys.modules["_border.frames"]


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    frame = FRAMES.encode({"status": "answered", "value": -1})
    message = len(frame).to_bytes(8, "little") + frame
    for descriptor in range(3, 32):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                os.write(descriptor, message)
        except OSError:
            continue
    return 0
