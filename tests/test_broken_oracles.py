"""A wrong oracle is found: one operator or constant is broken, and `grade verify` goes red.

Each row breaks a copy of what answers an exercise, in the smallest way that a slip of the pen
would, and names a check that has to notice: the lecture's numbers or the second solution (of an
exercise with its own judge, the judge). A new exercise needs a row.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
EXERCISES = sorted(path.parent.name for path in ROOT.glob("exercises/*/exercise.yaml"))
LECTURE, SOLUTION, JUDGE = "oracle = lectures", "solution = oracle", "oracle passes its judge"


class Slip(NamedTuple):
    """One slip in the copies of `reference/` and of the course."""

    exercise: str
    file: str
    right: str
    wrong: str
    found_by: str


SLIPS = [
    Slip(
        "conv2d",
        "reference/windows.py",
        "return *self.stride, top, left,",
        "return *self.stride, top, 0,",
        SOLUTION,
    ),
    Slip(
        "conv_output_size",
        "reference/windows.py",
        "extent[0]) // stride[0] + 1",
        "extent[0]) // stride[0] + 2",
        LECTURE,
    ),
    Slip(
        "conv_output_size", "reference/windows.py", "sum(padding[0])", "max(padding[0])", SOLUTION
    ),
    Slip(
        "cross_entropy",
        "reference/cpu/losses.py",
        "out[n] = total / log_base",
        "out[n] = total * log_base",
        LECTURE,
    ),
    Slip(
        "one_vs_rest_counts",
        "reference/metrics.py",
        "fn = matrix.sum(axis=1) - tp",
        "fn = matrix.sum(axis=1) + tp",
        LECTURE,
    ),
    Slip(
        "momentum",
        "reference/cpu/optimizers.py",
        "gain * np.float64(grad[k])",
        "gain + np.float64(grad[k])",
        LECTURE,
    ),
    Slip(
        "shuffle_batches",
        "course/exercises/shuffle_batches/oracle.py",
        "len(batches[-1]) == batch_size",
        "len(batches[-1]) == batch_size + 1",
        JUDGE,
    ),
    Slip(
        "conv_parameter_count",
        "reference/convolution_geometry.py",
        "height * width + int(bias))",
        "height * width) + int(bias)",
        LECTURE,
    ),
    Slip(
        "conv_coverage",
        "reference/convolution_geometry.py",
        "counts[places] += 1",
        "counts[places] = 1",
        LECTURE,
    ),
    Slip(
        "conv_coverage",
        "reference/convolution_geometry.py",
        "inside = (places >= 0) &",
        "inside = (places > 0) &",
        LECTURE,
    ),
    Slip(
        "conv_matrix",
        "reference/convolution_geometry.py",
        "_meet(v, size[1], windows, 1)",
        "_meet(v, size[0], windows, 1)",
        LECTURE,
    ),
    Slip(
        "conv_matrix",
        "reference/convolution_geometry.py",
        "tap * windows.dilation[axis] - windows.padding[axis][0]",
        "tap * windows.dilation[axis] - windows.padding[0][0]",
        LECTURE,
    ),
    Slip(
        "shift_equivariance",
        "course/exercises/shift_equivariance/oracle.py",
        "np.eye(n, k=-steps)",
        "np.eye(n, k=steps)",
        LECTURE,
    ),
    Slip(
        "shift_equivariance",
        "course/exercises/shift_equivariance/oracle.py",
        "not_brought_in == kernel.size",
        "not_brought_in == kernel.size - 1",
        LECTURE,
    ),
    Slip(
        "pooling_invariance",
        "course/exercises/pooling_invariance/oracle.py",
        "maps == maps[0]",
        "maps == maps[-1]",
        LECTURE,
    ),
    Slip(
        "pooling_invariance",
        "course/exercises/pooling_invariance/oracle.py",
        "folded.max(axis=(2, 4))",
        "folded.max(axis=4)[:, :, 0]",
        LECTURE,
    ),
    Slip(
        "network_summary",
        "course/exercises/network_summary/oracle.py",
        'n + 2 * layer["padding"]',
        'n + layer["padding"]',
        LECTURE,
    ),
    Slip(
        "network_summary",
        "course/exercises/network_summary/oracle.py",
        "_of_shape(image.size, 1, 1)",
        "_of_shape(image.shape[0], 1, 1)",
        LECTURE,
    ),
    Slip(
        "sigmoid",
        "reference/cpu/gates.py",
        "(1.0, small) if x > 0.0 else (small, 1.0)",
        "(1.0, small) if x < 0.0 else (small, 1.0)",
        LECTURE,
    ),
    Slip(
        "tanh",
        "reference/cpu/gates.py",
        "scale, excess = split_exp(2.0 * abs(x))",
        "scale, excess = split_exp(3.0 * abs(x))",
        LECTURE,
    ),
    Slip(
        "relu",
        "reference/cpu/activations.py",
        "0.0 if x[i] < 0 else x[i]",
        "0.0 if x[i] > 0 else x[i]",
        LECTURE,
    ),
    Slip(
        "leaky_relu",
        "reference/cpu/activations.py",
        "x[i] if x[i] > 0 else negative_slope * np.float64(x[i])",
        "x[i] if x[i] > 0 else negative_slope + np.float64(x[i])",
        LECTURE,
    ),
    Slip(
        "leaky_relu",
        "reference/cpu/activations.py",
        "x[i] if x[i] > 0 else negative_slope * np.float64(x[i])",
        "max(x[i], negative_slope * np.float64(x[i]))",
        SOLUTION,
    ),
    Slip(
        "activation_derivative",
        "course/exercises/activation_derivative/oracle.py",
        "np.where(z.real > 0, z, 0.01 * z)",
        "np.where(z.real > 0, z, 0.1 * z)",
        LECTURE,
    ),
    Slip(
        "activation_derivative",
        "course/exercises/activation_derivative/oracle.py",
        "mirrored = np.where(z.real < 0, z, -z)",
        "mirrored = np.where(z.real < 0, z, z)",
        LECTURE,
    ),
    Slip(
        "gradient_through_layers",
        "course/exercises/gradient_through_layers/oracle.py",
        "weights[layer:] for layer",
        "weights[: layer + 1] for layer",
        LECTURE,
    ),
    Slip(
        "neuron",
        "course/exercises/neuron/oracle.py",
        "(1 + _tanh(z / 2)) / 2",
        "(1 + _tanh(z)) / 2",
        LECTURE,
    ),
    Slip(
        "dense",
        "reference/cpu/networks.py",
        "_double(x) @ _double(weight) + bias",
        "_double(x) @ _double(weight) - bias",
        LECTURE,
    ),
    Slip(
        "dense",
        "reference/networks.py",
        "added = given[0] if given else np.zeros(weight.shape[1], x.dtype, like=x)",
        "added = given[0] if given else np.ones(weight.shape[1], x.dtype, like=x)",
        LECTURE,
    ),
    Slip(
        "one_hot",
        "reference/targets.py",
        "classes = int(places.max()) + 1",
        "classes = int(places.max()) + 2",
        LECTURE,
    ),
    Slip(
        "binary_cross_entropy",
        "reference/cpu/losses.py",
        "(1.0 - targets[i]) * no)",
        "targets[i] * no)",
        LECTURE,
    ),
    Slip(
        "softmax_cross_entropy",
        "course/exercises/softmax_cross_entropy/oracle.py",
        "(targets * costs).sum() / samples",
        "(targets * costs).sum()",
        LECTURE,
    ),
    Slip(
        "softmax_cross_entropy",
        "course/exercises/softmax_cross_entropy/oracle.py",
        "(probabilities - targets)",
        "(targets - probabilities)",
        LECTURE,
    ),
    Slip(
        "multi_label_cross_entropy",
        "course/exercises/multi_label_cross_entropy/oracle.py",
        "np.logaddexp(0, -logits), np.logaddexp(0, logits)",
        "np.logaddexp(0, logits), np.logaddexp(0, -logits)",
        LECTURE,
    ),
    Slip(
        "mse",
        "reference/squared_errors.py",
        "samples = predictions.shape[0]",
        "samples = predictions.shape[-1]",
        SOLUTION,
    ),
    Slip(
        "mse",
        "reference/squared_errors.py",
        '{"mean": predictions.size,',
        '{"mean": len(predictions),',
        LECTURE,
    ),
    Slip(
        "rmse",
        "reference/squared_errors.py",
        "return math.sqrt(mse(*doubles, backend=backend))",
        "return mse(*doubles, backend=backend)",
        LECTURE,
    ),
    Slip(
        "linear_regression_cost",
        "reference/linear_regression.py",
        "total / len(residuals)",
        "total / (2 * len(residuals))",
        LECTURE,
    ),
    Slip(
        "normal_equation",
        "reference/linear_regression.py",
        "np.ldexp(theta, -exponents)",
        "np.ldexp(theta, exponents)",
        LECTURE,
    ),
    Slip(
        "gradient_descent_line",
        "course/exercises/gradient_descent_line/oracle.py",
        "strict=True)) / len(x)",
        "strict=True))",
        LECTURE,
    ),
    Slip(
        "logistic_regression",
        "course/exercises/logistic_regression/oracle.py",
        "(sums > 0)",
        "(sums >= 0)",
        LECTURE,
    ),
    Slip(
        "logistic_regression",
        "course/exercises/logistic_regression/oracle.py",
        "costs - y * sums",
        "costs - sums",
        SOLUTION,
    ),
    Slip(
        "scale_targets",
        "course/exercises/scale_targets/oracle.py",
        "no * low + yes * high",
        "yes * low + no * high",
        LECTURE,
    ),
    Slip(
        "precision_recall_f1",
        "course/exercises/precision_recall_f1/oracle.py",
        "fp += int(times) * (target != k and prediction == k)",
        "fp += int(times) * (target == k and prediction != k)",
        LECTURE,
    ),
    Slip(
        "precision_recall_f1",
        "course/exercises/precision_recall_f1/oracle.py",
        "if tp + fp else Fraction(0)",
        "if tp + fp else Fraction(1)",
        SOLUTION,
    ),
    Slip(
        "negative_class_rates",
        "course/exercises/negative_class_rates/oracle.py",
        "np.repeat([False, False, True, True], times)",
        "np.repeat([False, True, True, True], times)",
        LECTURE,
    ),
    Slip(
        "roc_curve",
        "reference/cpu/ranking.py",
        "if j > 0 and negatives[j - 1] > threshold:",
        "if j > 0 and negatives[j - 1] < threshold:",
        LECTURE,
    ),
    Slip(
        "roc_curve",
        "reference/ranking.py",
        "start = np.full(1, np.inf, thresholds.dtype)",
        "start = thresholds[:1] + 1",
        SOLUTION,
    ),
    Slip(
        "precision_recall_curve",
        "reference/ranking.py",
        "precision = np.append((tps / (tps + fps))[::-1], 1.0)",
        "precision = np.append((tps / (tps + fps))[::-1], 0.0)",
        LECTURE,
    ),
    Slip(
        "average_precision",
        "reference/cpu/ranking.py",
        "while j > 0 and negatives[j - 1] >= threshold:",
        "while j > 0 and negatives[j - 1] > threshold:",
        LECTURE,
    ),
    Slip(
        "mean_average_precision",
        "course/exercises/mean_average_precision/oracle.py",
        "/ len(columns))",
        "/ (len(columns) + 1))",
        LECTURE,
    ),
    Slip(
        "batch_augmentation",
        "course/exercises/batch_augmentation/oracle.py",
        "top, left = margin - down, margin - right",
        "top, left = margin - down, margin + right",
        LECTURE,
    ),
    Slip(
        "adagrad",
        "reference/cpu/adaptive_optimizers.py",
        "s = np.float64(squares[k]) + g * g",
        "s = np.float64(squares[k]) + g",
        LECTURE,
    ),
    Slip(
        "rmsprop",
        "reference/cpu/adaptive_optimizers.py",
        "s = alpha * np.float64(square_avg[k]) + (1.0 - alpha) * (g * g)",
        "s = np.float64(square_avg[k]) + (1.0 - alpha) * (g * g)",
        LECTURE,
    ),
    Slip(
        "sgd",
        "course/exercises/sgd/oracle.py",
        "moved -= learning_rate * grad",
        "moved += learning_rate * grad",
        LECTURE,
    ),
    Slip(
        "conv2d_single_channel",
        "course/exercises/conv2d_single_channel/oracle.py",
        "last[0] - u, last[1] - v",
        "u, v",
        LECTURE,
    ),
    Slip(
        "conv2d_single_channel",
        "course/exercises/conv2d_single_channel/oracle.py",
        "last[0] - last[0] // 2, last[1] - last[1] // 2",
        "last[0] // 2, last[1] // 2",
        SOLUTION,
    ),
    Slip(
        "dense_block",
        "course/exercises/dense_block/oracle.py",
        "windows.clip(min=0), kernels",
        "windows, kernels",
        LECTURE,
    ),
    Slip(
        "dense_block",
        "course/exercises/dense_block/oracle.py",
        "weight[:, :, 0, 0]) / 4",
        "weight[:, :, 0, 0])",
        LECTURE,
    ),
    Slip(
        "dense_block",
        "course/exercises/dense_block/oracle.py",
        "maps[:, seen : seen + k] =",
        "maps[:, seen - 1 : seen - 1 + k] =",
        LECTURE,
    ),
    Slip(
        "avg_pool2d",
        "reference/pooling_windows.py",
        "np.minimum(starts + kernel_size, size + around)",
        "np.minimum(starts + kernel_size, size)",
        SOLUTION,
    ),
    Slip(
        "global_avg_pool2d",
        "reference/cpu/average_pooling.py",
        "upper = numbers[half:length]",
        "upper = numbers[half : length - 1]",
        LECTURE,
    ),
    Slip(
        "global_avg_pool2d",
        "reference/average_pooling.py",
        "else x.shape[:-2], x)",
        "else x.shape[1::-1], x)",
        SOLUTION,
    ),
    Slip(
        "max_pool2d_backward",
        "reference/cpu/pooling_gradients.py",
        "total[indices[p, k]] += np.float64(",
        "total[indices[p, k]] = np.float64(",
        LECTURE,
    ),
    Slip(
        "avg_pool2d_backward",
        "reference/cpu/pooling_gradients.py",
        "taps[j] += shares[j]",
        "taps[j] = shares[j]",
        LECTURE,
    ),
    Slip(
        "avg_pool2d_backward",
        "reference/cpu/pooling_gradients.py",
        "(heights[i] * widths[j])",
        "(heights[i] + widths[j])",
        SOLUTION,
    ),
    Slip(
        "residual_block",
        "course/exercises/residual_block/oracle.py",
        "np.eye(width, k=v - 1)",
        "np.eye(width, k=1 - v)",
        LECTURE,
    ),
    Slip(
        "residual_block",
        "course/exercises/residual_block/oracle.py",
        "np.where(y > 0, y, 0.0)",
        "y",
        LECTURE,
    ),
    Slip(
        "residual_block",
        "course/exercises/residual_block/oracle.py",
        "np.eye(height, k=u - 1)",
        "np.eye(height, k=1 - u)",
        SOLUTION,
    ),
    Slip(
        "inception_block",
        "course/exercises/inception_block/oracle.py",
        "best = x.copy()",
        "best = np.zeros_like(x)",
        LECTURE,
    ),
    Slip(
        "inception_block",
        "course/exercises/inception_block/oracle.py",
        "i, j = row - (u - reach)",
        "i, j = row + (u - reach)",
        LECTURE,
    ),
    Slip(
        "one_vs_rest_classifier",
        "course/exercises/one_vs_rest_classifier/oracle.py",
        "k[:, np.newaxis] <= k",
        "k[:, np.newaxis] >= k",
        LECTURE,
    ),
    Slip(
        "one_vs_rest_classifier",
        "course/exercises/one_vs_rest_classifier/oracle.py",
        "np.ones((len(x), 1))",
        "np.zeros((len(x), 1))",
        LECTURE,
    ),
    Slip(
        "mlp_forward",
        "course/exercises/mlp_forward/oracle.py",
        "+ second[-1]",
        "+ second[0]",
        LECTURE,
    ),
    Slip(
        "mlp_forward",
        "course/exercises/mlp_forward/oracle.py",
        'np.einsum("ni,ih->nh", inputs, first) > 0',
        'np.einsum("ni,ih->nh", inputs, first) < 9e9',
        LECTURE,
    ),
    Slip(
        "rnn",
        "course/exercises/rnn/oracle.py",
        "float(weight_hh[k, j]) * state(n, t - 1, j)",
        "float(weight_hh[j, k]) * state(n, t - 1, j)",
        LECTURE,
    ),
    Slip(
        "rnn",
        "course/exercises/rnn/oracle.py",
        "0.0 if h is None else float(h[n, k])",
        "0.0 if h is None else float(h[0, k])",
        SOLUTION,
    ),
    Slip(
        "mlp_backward",
        "course/exercises/mlp_backward/oracle.py",
        "before.real > 0",
        "before.real > -1e9",
        LECTURE,
    ),
    Slip(
        "convolve2d",
        "reference/convolution.py",
        "weight = weight[:, :, ::-1, ::-1]",
        "weight = weight[:, :, ::-1]",
        LECTURE,
    ),
    Slip(
        "convolve2d",
        "reference/convolution.py",
        "weight = weight[:, :, ::-1, ::-1]",
        "weight = weight[:, ::-1, ::-1, ::-1]",
        LECTURE,
    ),
    Slip(
        "image_filters",
        "course/exercises/image_filters/oracle.py",
        "np.stack([pixels - edges, edges, strong])",
        "np.stack([pixels + edges, edges, strong])",
        LECTURE,
    ),
    Slip(
        "image_filters",
        "course/exercises/image_filters/oracle.py",
        "(places < 0) | (places >= size)",
        "(places < 0) | (places > size)",
        SOLUTION,
    ),
    Slip(
        "conv1d",
        "reference/convolution.py",
        "images, kernels = x[..., None, :], weight[..., None, :]",
        "images, kernels = x[..., None, :], weight[..., None, ::-1]",
        LECTURE,
    ),
    Slip(
        "conv1d",
        "reference/windows.py",
        "((0, 0), sides), (1, spread))",
        "((0, 0), sides), (1, 1))",
        LECTURE,
    ),
    Slip(
        "lstm_cell",
        "course/exercises/lstm_cell/oracle.py",
        "row = [*h[n].tolist(), *x[n].tolist()]",
        "row = [*x[n].tolist(), *h[n].tolist()]",
        LECTURE,
    ),
    Slip(
        "lstm_cell",
        "course/exercises/lstm_cell/oracle.py",
        "return (1 + tanh(a / 2)) / 2",
        "return (1 + tanh(a)) / 2",
        LECTURE,
    ),
    Slip(
        "bidirectional_rnn",
        "course/exercises/bidirectional_rnn/oracle.py",
        "out[n, right, units:] = state[units:]",
        "out[n, left, units:] = state[units:]",
        LECTURE,
    ),
    Slip(
        "bidirectional_rnn",
        "course/exercises/bidirectional_rnn/oracle.py",
        "blocks[rows:, columns:] = second",
        "blocks[rows:, columns:] = first",
        LECTURE,
    ),
    Slip(
        "ncu_quiz",
        "course/exercises/ncu_quiz/oracle.py",
        '"DCADBABCDACCCCCBDBBC"',
        '"DCADBABCDACCCCCBDBCB"',
        LECTURE,
    ),
    Slip(
        "counting_quiz",
        "course/exercises/counting_quiz/oracle.py",
        "< size + 2 * padding",
        "<= size + 2 * padding",
        LECTURE,
    ),
    Slip(
        "counting_quiz",
        "course/exercises/counting_quiz/oracle.py",
        "np.rot90(k, 2)",
        "np.rot90(k)",
        SOLUTION,
    ),
    Slip(
        "vectorised_conv2d",
        "reference/windows.py",
        "return *self.stride, top, left,",
        "return *self.stride, top, 0,",
        SOLUTION,
    ),
    Slip(
        "numba_max_pool2d",
        "reference/cpu/pooling_images.py",
        "x.dtype.type(-np.inf) * sign",
        "x.dtype.type(0) * sign",
        SOLUTION,
    ),
    Slip(
        "confusion_matrix",
        "reference/cpu/metrics.py",
        "tables[k, t * limit + p] += 1",
        "tables[k, t * limit + p] = 1",
        LECTURE,
    ),
    Slip(
        "accuracy",
        "reference/classification_scores.py",
        "return int(out[0]) / targets.size",
        "return int(out[0]) / (targets.size + 1)",
        LECTURE,
    ),
    Slip(
        "roc_auc",
        "reference/cpu/ranking.py",
        "(i - before) * (below + j)",
        "(i - before) * (below + below)",
        LECTURE,
    ),
    Slip(
        "train_on_table",
        "course/exercises/train_on_table/oracle.py",
        "number if number.value > 0",
        "number if number.value > -1e9",
        LECTURE,
    ),
    Slip(
        "train_on_table",
        "course/exercises/train_on_table/oracle.py",
        "numbers[bias + j]",
        "numbers[bias]",
        LECTURE,
    ),
    Slip(
        "train_on_table",
        "course/exercises/train_on_table/oracle.py",
        "in zip(output_layer, targets, strict=True)",
        "in zip(output_layer, targets[:1])",
        SOLUTION,
    ),
    Slip(
        "small_cnn",
        "course/exercises/small_cnn/oracle.py",
        "np.eye(10)[held_out_labels]",
        "np.eye(10)[held_out_labels - 1]",
        SOLUTION,
    ),
    Slip(
        "max_pool2d",
        "reference/cpu/pooling_rows.py",
        'b.fcmp_ordered(">", value',
        'b.fcmp_ordered("<", value',
        SOLUTION,
    ),
    Slip(
        "softmax",
        "reference/cpu/row_weights.py",
        "rest = total - 1.0 if",
        "rest = total if",
        SOLUTION,
    ),
    Slip(
        "log_softmax",
        "reference/cpu/probabilities.py",
        "(np.float64(x[row, k]) - largest) - loss",
        "(np.float64(x[row, k]) - largest) + loss",
        LECTURE,
    ),
    Slip(
        "softmax_backward",
        "reference/cpu/probabilities.py",
        "weights[np.uintp(place + k)] * share_of_one * excess",
        "weights[np.uintp(place + k)] * excess",
        LECTURE,
    ),
    Slip(
        "adadelta",
        "reference/cpu/adaptive_optimizers.py",
        "acc_delta[k] = rho * np.float64(acc_delta[k]) + (1.0 - rho) * (delta * delta)",
        "acc_delta[k] = rho * np.float64(acc_delta[k]) + rho * (delta * delta)",
        SOLUTION,
    ),
    Slip(
        "adam",
        "reference/cpu/adaptive_optimizers.py",
        "= rate * m, v * per_bias2 + eps_inside",
        "= rate * m, v + eps_inside",
        LECTURE,
    ),
    Slip(
        "min_pool2d",
        "reference/pooling.py",
        "return _pool(-1, x,",
        "return _pool(1, x,",
        LECTURE,
    ),
    Slip(
        "max_pool2d_backward",
        "reference/cpu/pooling_rows.py",
        "places = b.add(self.spread_place(place), own)",
        "places = self.spread_place(place)",
        LECTURE,
    ),
    Slip(
        "gru_cell",
        "reference/cpu/recurrent.py",
        "blend(-z, np.float64(h[n, k]), candidate, rough)",
        "blend(z, np.float64(h[n, k]), candidate, rough)",
        LECTURE,
    ),
    Slip(
        "gru_cell",
        "reference/cpu/recurrent.py",
        "add_rows(total, reset, weight_hh[both:]",
        "add_rows(total, h, weight_hh[both:]",
        SOLUTION,
    ),
    Slip(
        "avg_pool2d",
        "reference/cpu/average_rows.py",
        "builder.fadd(builder.load(total), value)",
        "value",
        LECTURE,
    ),
    Slip(
        "conv2d",
        "reference/cpu/plain_convolution.py",
        "total += np.float64(weight[o, c, u, v]) * pixel",
        "total = np.float64(weight[o, c, u, v]) * pixel",
        LECTURE,
    ),
    Slip(
        "conv2d_backward",
        "reference/cpu/plain_convolution.py",
        "column -= steps[3]",
        "column -= 0",
        LECTURE,
    ),
    Slip(
        "cuda_map",
        "course/exercises/cuda_map/oracle.py",
        "a + np.float32(10)",
        "a * np.float32(10)",
        LECTURE,
    ),
    Slip(
        "cuda_guard",
        "course/exercises/cuda_guard/oracle.py",
        "a[::-1]",
        "a[::1]",
        LECTURE,
    ),
    Slip(
        "cuda_map_2d",
        "course/exercises/cuda_map_2d/oracle.py",
        "1.0 - image",
        "1.0 + image",
        LECTURE,
    ),
    Slip(
        "cuda_broadcast",
        "course/exercises/cuda_broadcast/oracle.py",
        "np.float64) + row",
        "np.float64) - row",
        LECTURE,
    ),
    Slip(
        "cuda_shift_halo",
        "course/exercises/cuda_shift_halo/oracle.py",
        "framed[1:-1] + framed[2:]",
        "framed[1:-1]",
        LECTURE,
    ),
    Slip(
        "cuda_block_sum",
        "course/exercises/cuda_block_sum/oracle.py",
        "(b + 1) * block]",
        "(b + 1) * block - 1]",
        SOLUTION,
    ),
    Slip(
        "cuda_dot",
        "course/exercises/cuda_dot/oracle.py",
        "products.sum()",
        "products[1:].sum()",
        LECTURE,
    ),
    Slip(
        "cuda_histogram",
        "course/exercises/cuda_histogram/oracle.py",
        "np.arange(BINS)",
        "np.arange(1, BINS + 1)",
        LECTURE,
    ),
    Slip(
        "cuda_transpose",
        "course/exercises/cuda_transpose/oracle.py",
        "np.swapaxes(a, 0, 1)",
        "a.reshape(a.shape[::-1])",
        LECTURE,
    ),
    Slip(
        "cuda_prefix_sum",
        "course/exercises/cuda_prefix_sum/oracle.py",
        "range(0, a.size, block)",
        "range(0, a.size, a.size)",
        SOLUTION,
    ),
    Slip(
        "cuda_conv1d",
        "course/exercises/cuda_conv1d/oracle.py",
        "windows @ weight.astype",
        "windows @ weight[::-1].astype",
        LECTURE,
    ),
    Slip(
        "cuda_conv2d_tiled",
        "course/exercises/cuda_conv2d_tiled/oracle.py",
        "framed[u : u + height, v : v + width]",
        "framed[v : v + height, u : u + width]",
        LECTURE,
    ),
    Slip(
        "cuda_softmax_rows",
        "course/exercises/cuda_softmax_rows/oracle.py",
        "exponentials.sum(axis=1,",
        "exponentials.sum(axis=0,",
        LECTURE,
    ),
    Slip(
        "cuda_matmul_tiled",
        "course/exercises/cuda_matmul_tiled/oracle.py",
        '"ik,kj->ij"',
        '"ik,kj->ik"',
        LECTURE,
    ),
    Slip(
        "cuda_max_pool2d",
        "course/exercises/cuda_max_pool2d/oracle.py",
        "[::stride, ::stride]",
        "[::stride, :: kernel_size]",
        SOLUTION,
    ),
    Slip(
        "cuda_warp_sum",
        "course/exercises/cuda_warp_sum/oracle.py",
        "(0, out.size * WARP - a.size)",
        "(out.size * WARP - a.size, 0)",
        SOLUTION,
    ),
]


def test_every_exercise_has_a_slip() -> None:
    assert sorted({slip.exercise for slip in SLIPS}) == EXERCISES


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of the oracle and of the course, in one place: what is unbroken is compiled once."""
    folder = tmp_path_factory.mktemp("copies")
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "reference", folder / "reference", ignore=without)
    shutil.copytree(ROOT / "exercises", folder / "course/exercises", ignore=without)
    shutil.copy(ROOT / "assignments.yaml", folder / "course")
    return folder


@pytest.fixture
def broken(copies: Path) -> Iterator[Callable[[Slip], None]]:
    """A function that makes a slip in the copies, which are unbroken again afterwards."""
    whole: dict[Path, str] = {}

    def break_copy(slip: Slip) -> None:
        path = copies / slip.file
        whole[path] = path.read_text(encoding="utf-8")
        assert slip.right in whole[path], f"{slip.file} has changed: choose another slip"
        path.write_text(whole[path].replace(slip.right, slip.wrong), encoding="utf-8")

    yield break_copy
    for path, text in whole.items():
        path.write_text(text, encoding="utf-8")


def verified(copies: Path, cache: Path, *exercises: str) -> tuple[int, list[dict[str, Any]]]:
    """Return exit code and reports of `grade verify` with the copies; kernels are kept in cache."""
    environment = os.environ | {"PYTHONPATH": str(copies), "NUMBA_CACHE_DIR": str(cache)}
    words = [sys.executable, "-m", "grader", "verify", *exercises, "--json"]
    command = [*words, "--course", str(copies / "course")]
    run = subprocess.run(command, cwd=copies, env=environment, capture_output=True, text=True)
    assert run.stderr == ""
    return run.returncode, json.loads(run.stdout)["exercises"]


def test_the_unbroken_copies_are_in_order(copies: Path) -> None:
    """One exercise for each file of the oracle that is broken below; test_exercises.py has all."""
    kept = {slip.file: slip.exercise for slip in SLIPS if slip.file.startswith("reference/")}
    names = sorted(set(kept.values()))
    code, reports = verified(copies, copies / "numba", *names)
    assert [report for report in reports if report["findings"]] == []
    assert [report["exercise"] for report in reports] == names
    assert code == 0
    assert any(copies.glob("numba/**/*.nbi")), "the oracle was compiled elsewhere"


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip.exercise}: {slip.wrong}")
def test_a_slip_in_the_oracle_is_found(
    slip: Slip, copies: Path, broken: Callable[[Slip], None], tmp_path: Path
) -> None:
    broken(slip)
    is_kernel = slip.file.startswith("reference/cpu/")  # whose change begins a cache of its own
    code, (report,) = verified(copies, tmp_path if is_kernel else copies / "numba", slip.exercise)
    assert code == 1
    assert slip.found_by in {finding["check"] for finding in report["findings"]}
