"""Numba kernels for the CPU: the names of the contract modules, the output array first."""
