def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    n = input_size + 2 * padding
    f = dilation * (kernel_size - 1) + 1
    return int((n - f) // stride) + 1
