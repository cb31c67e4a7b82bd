"""The kernels of `reference` for NVIDIA GPUs: the same functions as in `reference.cpu`."""
