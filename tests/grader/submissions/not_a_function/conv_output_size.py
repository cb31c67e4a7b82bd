"""Computes one size and keeps it under the name of the function."""

conv_output_size = 32 - 5 + 1
