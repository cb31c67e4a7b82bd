"""Deep-learning operations in the style of NumPy, exact enough to grade against.

NumPy arrays go in, NumPy arrays come out. Images are (N, C, H, W). The result has the dtype of
the input: float32 stays float32, float64 stays float64, integers and booleans become float64.
Inputs are never modified. Where two lectures, or a lecture and a library, define an operation
differently, the difference is a named argument.

Importing this package does not import Numba: a kernel is compiled, or loaded from Numba's cache,
when it is first called.
"""

from reference.activations import softmax
from reference.convolution import conv2d, conv_output_size
from reference.losses import cross_entropy
from reference.metrics import confusion_matrix, one_vs_rest_counts
from reference.optimizers import momentum
from reference.pooling import max_pool2d

__all__ = [
    "confusion_matrix",
    "conv2d",
    "conv_output_size",
    "cross_entropy",
    "max_pool2d",
    "momentum",
    "one_vs_rest_counts",
    "softmax",
]
