"""Names its parameters after the lecture's formula."""


def conv_output_size(n, f, s=1, p=0, d=1):
    return (n + 2 * p - d * (f - 1) - 1) // s + 1
