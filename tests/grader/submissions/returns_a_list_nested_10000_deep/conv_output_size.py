"""Returns a list in a list, and so on, 10,000 times."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    nested = []
    for _ in range(10_000):
        nested = [nested]
    return nested
