"""Deep-learning operations in the style of NumPy, exact enough to grade against.

NumPy arrays go in, NumPy arrays come out. Images are (N, C, H, W). The result has the dtype of
the input: float32 stays float32, float64 stays float64, integers and booleans become float64.
Inputs are never modified. Where two lectures, or a lecture and a library, define an operation
differently, the difference is a named argument.

Importing this package does not import Numba: a kernel is compiled, or loaded from Numba's cache,
when it is first called.
"""

from reference import architectures as architectures
from reference import layers as layers
from reference.activations import (
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
    tanh,
    tanh_backward,
)
from reference.adaptive_optimizers import adadelta, adagrad, adam, rmsprop
from reference.average_pooling import avg_pool2d, global_avg_pool2d
from reference.classification_scores import (
    accuracy,
    f1,
    false_positive_rate,
    negative_predictive_value,
    precision,
    recall,
    specificity,
)
from reference.convolution import conv1d, conv2d, convolve2d
from reference.convolution_geometry import (
    conv_coverage,
    conv_matrix,
    conv_output_size,
    conv_parameter_count,
)
from reference.convolution_gradients import conv2d_backward
from reference.linear_regression import linear_regression_cost, normal_equation
from reference.loss_gradients import (
    binary_cross_entropy_backward,
    cross_entropy_backward,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_with_gradient,
)
from reference.losses import binary_cross_entropy, cross_entropy, softmax_cross_entropy
from reference.metrics import confusion_matrix, one_vs_rest_counts
from reference.network_summary import summary
from reference.networks import dense, dense_backward, mlp_backward, mlp_forward
from reference.optimizers import momentum, sgd
from reference.pooling import max_pool2d, min_pool2d
from reference.pooling_gradients import (
    avg_pool2d_backward,
    global_avg_pool2d_backward,
    max_pool2d_backward,
    min_pool2d_backward,
)
from reference.probabilities import log_softmax, log_softmax_backward, softmax, softmax_backward
from reference.ranking import average_precision, precision_recall_curve, roc_auc, roc_curve
from reference.recurrent import gru_cell, lstm_cell, rnn_cell
from reference.sequences import bidirectional
from reference.sequential import Sequential
from reference.squared_errors import mse, mse_backward, rmse, rmse_backward
from reference.targets import one_hot
from reference.threads import get_num_threads, set_num_threads

__all__ = [
    "Sequential",
    "accuracy",
    "adadelta",
    "adagrad",
    "adam",
    "average_precision",
    "avg_pool2d",
    "avg_pool2d_backward",
    "bidirectional",
    "binary_cross_entropy",
    "binary_cross_entropy_backward",
    "confusion_matrix",
    "conv1d",
    "conv2d",
    "conv2d_backward",
    "conv_coverage",
    "conv_matrix",
    "conv_output_size",
    "conv_parameter_count",
    "convolve2d",
    "cross_entropy",
    "cross_entropy_backward",
    "dense",
    "dense_backward",
    "f1",
    "false_positive_rate",
    "get_num_threads",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "gru_cell",
    "leaky_relu",
    "leaky_relu_backward",
    "linear_regression_cost",
    "log_softmax",
    "log_softmax_backward",
    "lstm_cell",
    "max_pool2d",
    "max_pool2d_backward",
    "min_pool2d",
    "min_pool2d_backward",
    "mlp_backward",
    "mlp_forward",
    "momentum",
    "mse",
    "mse_backward",
    "negative_predictive_value",
    "normal_equation",
    "one_hot",
    "one_vs_rest_counts",
    "precision",
    "precision_recall_curve",
    "recall",
    "relu",
    "relu_backward",
    "rmse",
    "rmse_backward",
    "rmsprop",
    "rnn_cell",
    "roc_auc",
    "roc_curve",
    "set_num_threads",
    "sgd",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "softmax_cross_entropy",
    "softmax_cross_entropy_backward",
    "softmax_cross_entropy_with_gradient",
    "specificity",
    "summary",
    "tanh",
    "tanh_backward",
]
