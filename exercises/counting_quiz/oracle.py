"""The answers, counted: windows are placed and weights are laid out, not put into the formulas."""

import numpy as np

KERNELS = {
    "A": [[2, 2, 2], [1, 0, 1], [2, 2, 2]],
    "B": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
    "C": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "D": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
}
PARAMETERS = {"A": 0, "B": 9, "C": 0, "D": 4, "E": 0}  # of the smallest layer of each sort


def counting_quiz(question):
    """Return the answer to a question: a number, a letter or a list of letters."""
    return ANSWERS[question]()


def width(size, kernel, stride=1, padding=0, dilation=1):
    """Return how many windows fit: those are counted whose last tap lies inside."""
    last = (np.arange(0, size + 2 * padding, stride) + dilation * (kernel - 1)) < size + 2 * padding
    return int(last.sum())


def weights(filters, channels, kernel, bias=1):
    """Return the number of weights of a layer."""
    return filters * (np.ones((channels, kernel, kernel)).size + bias)


def corner_windows(size, kernel, padding):
    """Return how many windows see the pixel in the corner."""
    seen = np.zeros((size + 2 * padding, size + 2 * padding), int)
    for i in range(size + 2 * padding - kernel + 1):
        for j in range(size + 2 * padding - kernel + 1):
            seen[i : i + kernel, j : j + kernel] += 1
    return int(seen[padding, padding])


def lenet_5():
    """Return the parameters of LeNet-5, layer after layer."""
    first = width(32, 5) // 2
    flat = 16 * (width(first, 5) // 2) ** 2
    dense = sum((n + 1) * m for n, m in [(flat, 120), (120, 84), (84, 10)])
    return weights(6, 1, 5) + weights(16, 6, 5) + dense


def equal_to_themselves_turned():
    """Return the kernels that a turn by 180 degrees does not change."""
    return [name for name, k in KERNELS.items() if np.array_equal(k, np.rot90(k, 2))]


ANSWERS = {
    "c1": lambda: width(32, 5),
    "c2": lambda: weights(1, 3, 5),
    "c3": lambda: weights(12, 3, 5),
    "c4": lambda: width(28, 5, padding=2),
    "c5": lambda: weights(48, 12, 5),
    "c6": lambda: width(28, 4, stride=2),
    "c7": lambda: weights(48, 12, 4),
    "c8": lambda: width(224, 3),
    "c9": lambda: weights(1, 3, 32, bias=0),
    "c10": lambda: 1 + int(np.ptp(2 * np.arange(3))),
    "c11": lambda: np.ones((6, 6), int).size,
    "c12": lambda: len({column - row for row in range(1, 7) for column in (row - 1, row, row + 1)}),
    "c13": lambda: corner_windows(5, 3, padding=1),
    "c14": lenet_5,
    "m1": lambda: "A",
    "m2": lambda: [name for name, count in PARAMETERS.items() if count == 0],
    "m3": equal_to_themselves_turned,
}
