"""Answers rightly and leaves a process that nobody ends. (It ends itself.)"""

import os
import time

left = []


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if not left:
        left.append(1)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(30)
            os._exit(0)
        os.wait()
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
