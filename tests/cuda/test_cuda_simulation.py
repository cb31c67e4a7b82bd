"""What stands for `numba.cuda` in the simulator; the same kernel runs on a GPU."""

import numpy as np
from numba import int32

from reference.cuda.staging import Stage
from reference.cuda.target import cuda, device_function, kernel

THREADS = 8


@device_function
def find_place():
    """It has no barrier: a thread leaves it while others are still inside."""
    return cuda.threadIdx.x


@kernel
def turn_round(out):
    """Fill out with what the thread at the other end wrote into one of two arrays."""
    first = cuda.shared.array(THREADS, int32, 16)
    second = cuda.shared.array(THREADS, int32, 16)
    place = find_place()
    first[place] = place
    second[place] = -1
    cuda.syncthreads()
    out[cuda.blockIdx.x, place] = first[THREADS - 1 - place]


def test_two_shared_arrays_are_not_one_and_all_threads_have_the_same():
    out = np.zeros((3, THREADS), np.int32)
    for _ in range(5):
        with Stage() as stage:
            turn_round[3, THREADS](stage.write(out))
        assert np.array_equal(out, np.tile(np.arange(THREADS)[::-1], (3, 1)))


def test_outside_of_a_kernel_it_is_numbas_module():
    assert cuda.to_device(np.zeros(3)).copy_to_host().shape == (3,)
