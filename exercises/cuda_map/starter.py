"""Exercise cuda_map: `grade show cuda_map` prints the task, `grade check` looks at your answer."""

from numba import cuda


@cuda.jit
def cuda_map(out, a):
    """Put a[i] + 10 into out[i], for each i.

    Each thread of the grid runs this function once and takes one element. It finds its element by
    its place: cuda.threadIdx.x within the block, cuda.blockIdx.x of the block, cuda.blockDim.x
    threads in a block. There may be more threads than elements.

    Arguments:
        out: array of N numbers, the answer
        a: array of N numbers
    """
    raise NotImplementedError("cuda_map is not written yet")
