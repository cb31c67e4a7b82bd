def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    count = 0
    pos = 0
    while pos + dilation * (kernel_size - 1) + 1 <= input_size + 2 * padding:
        count += 1
        pos += stride
    return count
