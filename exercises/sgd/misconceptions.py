"""Believable mistakes in sgd; each docstring carries the hint that a student reads."""

import warnings

import numpy as np


def mean_of_the_gradients(param, sample_grads, learning_rate=0.01):
    """Averages the gradients of the batch, as most libraries do.

    You average the gradients of the batch. The lecture adds them, so a batch of four makes a step
    four times as long.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the mean of no samples is NaN
        return param - learning_rate * sample_grads.mean(axis=0)


def uphill(param, sample_grads, learning_rate=0.01):
    """Adds the step instead of subtracting it.

    Your weights climb: the gradients point uphill, and the step goes against them.
    """
    return param + learning_rate * sample_grads.sum(axis=0)


def first_sample_alone(param, sample_grads, learning_rate=0.01):
    """Steps against the gradient of the first sample of the batch.

    Only the first sample of a batch moves your weights. All of them have a say.
    """
    return param - learning_rate * sample_grads[:1].sum(axis=0)


def last_sample_alone(param, sample_grads, learning_rate=0.01):
    """Begins at the old weights for every sample and keeps the last result.

    Only the last sample of a batch moves your weights: does each sample of your loop begin at the
    old weights?
    """
    return param - learning_rate * sample_grads[-1:].sum(axis=0)


def summed_over_the_weights_too(param, sample_grads, learning_rate=0.01):
    """Adds everything up, so that all weights take the same step.

    All your weights take the same step: you add over the weights as well. The samples are the
    first axis alone.
    """
    return param - np.asarray(learning_rate * sample_grads.sum(), param.dtype)


def learning_rate_forgotten(param, sample_grads, learning_rate=0.01):
    """Steps by the whole sum.

    Your step does not depend on the learning rate.
    """
    return param - sample_grads.sum(axis=0)


def only_the_signs(param, sample_grads, learning_rate=0.01):
    """Steps by the learning rate in the direction of the sum.

    All your steps are equally long. The size of the gradients counts, not only their sign.
    """
    return param - learning_rate * np.sign(sample_grads.sum(axis=0)).astype(param.dtype)
