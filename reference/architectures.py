"""Networks that the lectures show, as lists of layers for Sequential and summary."""

from reference.layers import AvgPool2d, Conv2d, Dense, Flatten, Layer, MaxPool2d, Relu, Tanh


def lenet_5(num_classes: int = 10) -> list[Layer]:
    """Return LeNet-5 in its common variant, for images (1, 32, 32): 61706 parameters.

    Source: LeCun et al., "Gradient-based learning applied to document recognition", 1998, with
    plain average pooling and dense layers; ELTE, UFV, NCU, Prototyping, BME, case net-lenet-5.

    >>> from reference import summary
    >>> sum(row.parameters for row in summary(lenet_5(), (1, 32, 32)))
    61706
    """
    return [
        *(Conv2d(6, 5), Tanh(), AvgPool2d(2)),
        *(Conv2d(16, 5), Tanh(), AvgPool2d(2)),
        Flatten(),
        *(Dense(120), Tanh()),
        *(Dense(84), Tanh()),
        Dense(num_classes),
    ]


def keras_cifar10(num_classes: int = 10) -> list[Layer]:
    """Return the CIFAR-10 network of the lecture of NCU, for images (3, 32, 32).

    Without its last softmax, which is part of Sequential's loss. 315722 parameters.

    Source: NCU, case net-keras-cifar10.

    >>> from reference import summary
    >>> sum(row.parameters for row in summary(keras_cifar10(), (3, 32, 32)))
    315722
    """
    return [
        *(Conv2d(32, 3), Relu(), MaxPool2d(2)),
        *(Conv2d(64, 3), Relu(), MaxPool2d(2)),
        Flatten(),
        *(Dense(128), Relu()),
        Dense(num_classes),
    ]


def vgg_16(num_classes: int = 1000) -> list[Layer]:
    """Return VGG-16, for images (3, 224, 224): 138357544 parameters.

    Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image
    recognition", 2015, configuration D; ELTE, UFV, NCU, Prototyping, case net-vgg-16.

    >>> from reference import summary
    >>> sum(row.parameters for row in summary(vgg_16(), (3, 224, 224)))
    138357544
    """
    layers: list[Layer] = []
    for channels, count in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(count):
            layers += [Conv2d(channels, 3, padding=1), Relu()]
        layers.append(MaxPool2d(2))
    dense: list[Layer] = [Dense(4096), Relu(), Dense(4096), Relu(), Dense(num_classes)]
    return [*layers, Flatten(), *dense]
