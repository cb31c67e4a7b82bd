"""Is also a script."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (input_size + 2 * padding - span) // stride + 1


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("input_size", type=int)
    print(conv_output_size(parser.parse_args().input_size, 3))
