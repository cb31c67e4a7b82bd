"""Tries to hang, deaf to every signal that can be blocked."""

import signal


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
