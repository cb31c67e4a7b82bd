"""Believable mistakes in cuda_guard; each docstring carries the hint that a student reads."""

from numba import cuda


@cuda.jit
def guard_missing(out, a):
    """Lets every thread work.

    All your threads read an element, but the last block may have more threads than elements are
    left. Compare the index with the size first.
    """
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    out[a.size - 1 - i] = a[i]


@cuda.jit
def guard_of_the_thread_index(out, a):
    """Compares the index within the block with the size of the whole vector.

    Your guard looks at threadIdx, which counts within one block. The index that you read with has
    to be smaller than the size.
    """
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if cuda.threadIdx.x < a.size:
        out[a.size - 1 - i] = a[i]


@cuda.jit
def guard_one_too_strict(out, a):
    """Leaves the last element out.

    Your guard turns the thread of the last element away. The largest index of a vector of n
    elements is n - 1.

    No case passes: every vector has a last element.
    """
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < a.size - 1:
        out[a.size - 1 - i] = a[i]


@cuda.jit
def every_block_the_same(out, a):
    """Takes the index within the block for the index in the vector.

    All your blocks move the same elements: threadIdx starts at 0 in each of them. Which number
    tells the blocks apart?
    """
    i = cuda.threadIdx.x
    if i < a.size:
        out[a.size - 1 - i] = a[i]


@cuda.jit
def blocks_one_apart(out, a):
    """Multiplies by the number of blocks.

    Your blocks overlap: a block begins blockDim elements after the one before, not gridDim.
    """
    i = cuda.blockIdx.x * cuda.gridDim.x + cuda.threadIdx.x
    if i < a.size:
        out[a.size - 1 - i] = a[i]


@cuda.jit
def threads_and_blocks_exchanged(out, a):
    """Counts through the blocks first.

    You multiply the index of the thread. The threads of a block stand side by side; the blocks lie
    blockDim elements apart.
    """
    i = cuda.threadIdx.x * cuda.blockDim.x + cuda.blockIdx.x
    if i < a.size:
        out[a.size - 1 - i] = a[i]


@cuda.jit
def mirror_one_too_far(out, a):
    """Puts the first element at index n.

    Your first element goes to out[n], which is past the end. Where does a vector of n elements
    end when its first index is 0?

    No case passes: every vector has a first element.
    """
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < a.size:
        out[a.size - i] = a[i]
