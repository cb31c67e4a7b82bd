"""The number of places where a window fits along one axis."""


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Return how many windows fit, an integer."""
    # The first and the last tap of a dilated kernel lie this many pixels apart, ends included.
    span = dilation * (kernel_size - 1) + 1
    room_to_move = input_size + 2 * padding - span
    return room_to_move // stride + 1
