"""Keeps its answer in a global and forgets to renew it."""

answer = None


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    global answer
    if answer is None:
        answer = (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
    return answer
