"""Convolutions to measure: layers of known networks, and shapes that nobody had in mind."""

from typing import NamedTuple


class Layer(NamedTuple):
    """A convolution, and how many images go through it."""

    name: str
    images: int
    channels: int
    size: int
    kernels: int
    kernel_size: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1

    @property
    def options(self) -> dict[str, int]:
        """Return what conv2d takes by name."""
        names = ("stride", "padding", "dilation", "groups")
        return {name: getattr(self, name) for name in names}

    @property
    def shape(self) -> str:
        """Return name, images, kernels and what is not usual."""
        k, per_group = self.kernel_size, self.channels // self.groups
        x = f"{self.images}x{self.channels}x{self.size}x{self.size}"
        usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}
        told = [f"{n} {v}" for n, v in self.options.items() if v != usual[n]]
        return ", ".join([f"{self.name}: {x} * {self.kernels}x{per_group}x{k}x{k}", *told])


TINY = Layer("one window", 1, 1, 5, 1, 3)
LAYERS = (
    Layer("LeNet C1", 64, 1, 28, 6, 5, padding=2),
    Layer("LeNet C3", 64, 6, 14, 16, 5),
    Layer("CIFAR first", 64, 3, 32, 32, 3, padding=1),
    Layer("CIFAR second", 64, 32, 15, 64, 3),
    Layer("VGG 64", 8, 64, 56, 64, 3, padding=1),
    Layer("ResNet 256", 8, 256, 14, 256, 3, padding=1),
    Layer("ResNet down", 8, 64, 56, 128, 3, stride=2, padding=1),
    Layer("ResNet stem", 8, 3, 112, 64, 7, stride=2, padding=3),
    Layer("dilated", 8, 64, 28, 64, 3, padding=2, dilation=2),
    Layer("depthwise", 8, 64, 56, 64, 3, padding=1, groups=64),
    Layer("pointwise", 8, 64, 56, 64, 1),
)
OTHERS = (
    Layer("LeNet C5", 64, 16, 5, 120, 5),
    Layer("MNIST first", 128, 1, 28, 32, 3),
    Layer("MNIST second", 128, 32, 26, 64, 3),
    Layer("AlexNet first", 1, 3, 224, 64, 11, stride=4, padding=2),
    Layer("one image", 1, 64, 56, 64, 3, padding=1),
    Layer("ResNet last", 4, 512, 7, 512, 3, padding=1),
    Layer("shortcut", 16, 256, 14, 512, 1, stride=2),
    Layer("patches", 4, 64, 32, 64, 2, stride=2),
    Layer("groups", 8, 32, 28, 64, 3, padding=1, groups=4),
    Layer("odd numbers", 8, 17, 31, 23, 3, padding=1),
    Layer("few channels", 64, 3, 32, 16, 3, padding=1),
    Layer("wide depthwise", 8, 96, 28, 96, 5, padding=2, groups=96),
    Layer("depthwise down", 8, 144, 28, 144, 3, stride=2, padding=1, groups=144),
    Layer("late depthwise", 8, 192, 14, 192, 3, stride=2, padding=1, groups=192),
    Layer("last depthwise", 8, 480, 7, 480, 5, padding=2, groups=480),
    Layer("small images", 32, 8, 12, 8, 3),
    Layer("stride of 3", 8, 16, 60, 32, 5, stride=3, padding=1),
    Layer("ViT patches", 2, 3, 224, 384, 16, stride=16),
    Layer("late stride", 64, 32, 4, 64, 3, stride=2, padding=1),
    Layer("bottleneck", 2, 256, 56, 64, 1),
    Layer("whole images", 64, 8, 4, 16, 4),
)
