"""Returns a list that holds itself."""

def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    cycle = [input_size]
    cycle.append(cycle)
    return cycle
