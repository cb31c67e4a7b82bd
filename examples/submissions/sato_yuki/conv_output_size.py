def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


if __name__ == "__main__":
    assert conv_output_size(32, 5) == 28
    assert conv_output_size(28, 5, padding=2) == 28
    assert conv_output_size(28, 4, stride=2) == 13
    print("all ok")
