"""Believable mistakes in a map, and the hint that each one earns."""

from numba import cuda, float32


@cuda.jit
def no_guard(out, a):
    """Forgets that the grid has more threads than the array has elements.

    Your threads past the end write outside of the array. A grid is made of whole blocks, so there
    are often more threads than elements: let a thread work only if i < out.size. (With <= one of
    them still does: the last element has the index out.size - 1.)
    """
    i = cuda.grid(1)
    out[i] = a[i] + float32(10)


@cuda.jit
def thread_index_alone(out, a):
    """Takes the place in the block for the place in the grid.

    Every block of yours works on the same first elements. cuda.threadIdx.x starts at 0 in each
    block: add what the blocks before it have, cuda.blockIdx.x * cuda.blockDim.x.
    """
    i = cuda.threadIdx.x
    if i < out.size:
        out[i] = a[i] + float32(10)


@cuda.jit
def block_index_times_grid_size(out, a):
    """Multiplies the number of the block by the number of blocks.

    You multiply the block's number by how many blocks there are, cuda.gridDim.x. Before a block
    lie cuda.blockIdx.x others of cuda.blockDim.x threads each.
    """
    i = cuda.threadIdx.x + cuda.blockIdx.x * cuda.gridDim.x
    if i < out.size:
        out[i] = a[i] + float32(10)


@cuda.jit
def added_to_what_was_there(out, a):
    """Adds to out, as if it began with zeros.

    You add to what out holds before the launch. It need not be zeros, and out is there to be
    filled: write out[i] = ... without the plus.

    No case passes: it reads out as well as a.
    """
    i = cuda.grid(1)
    if i < out.size:
        out[i] += a[i] + float32(10)


@cuda.jit
def a_loop_in_every_thread(out, a):
    """Lets every thread do the whole work.

    Every thread of yours goes through the whole array, and all of them write the same elements.
    The threads are the loop: a thread takes one element, the one with its index.
    """
    for i in range(out.size):
        out[i] = a[i] + float32(10)


@cuda.jit
def index_added(out, a):
    """Adds the index to the constant.

    You add the thread's index too. The index says which element the thread takes; what it adds is
    10 for all.
    """
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + float32(10) + float32(i)


@cuda.jit
def input_changed_too(out, a):
    """Computes the sum in place first.

    Your numbers are right, but your kernel changes a, which others may still need: read a[i] once,
    add 10, and write out[i] alone.

    No case passes: every thread writes two elements.
    """
    i = cuda.grid(1)
    if i < out.size:
        a[i] += float32(10)
        out[i] = a[i]
