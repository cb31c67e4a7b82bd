# -*- coding: latin-1 -*-
"""Größe nach der Faltung."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1
