"""Functions in Python that Numba does not compile for a GPU; found without running them."""
# ruff: noqa

import math
import random
import time

import numpy as np
from numba import cuda, float32
from numba.cuda import threadIdx

TILE = 8
TABLE = np.arange(8, dtype=np.float32)


def doubled(value):
    return 2 * value


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def keeps_a_list(out, x, n):
    window = [x[0], x[1]]  # finds: refused
    out[0] = window[0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def list_comprehension(out, x, n):
    for value in [x[k] for k in range(n)]:  # finds: refused
        out[0] += value


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def generator_in_a_sum(out, x, n):
    out[0] = sum(x[k] for k in range(n))  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def dictionary(out, x, n):
    counts = {0: 1.0}  # finds: refused
    out[0] = counts[0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def membership_in_a_set(out, x, n):
    if n in {1, 2}:  # finds: refused
        out[0] = 1


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def try_instead_of_a_guard(out, x, n):
    i = cuda.grid(1)
    try:  # finds: refused
        out[i] = x[i]
    except IndexError:
        pass


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def yields(out, x, n):
    yield x[0]  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def prints_an_f_string(out, x, n):
    print(f"{n}")  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def returns_a_value(out, x, n):
    return x[0]  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def shape_from_an_argument(out, x, n):
    tile = cuda.shared.array(n, float32)  # finds: refused
    out[0] = tile[0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def shape_from_the_block(out, x, n):
    tile = cuda.shared.array(shape=(cuda.blockDim.x, 2), dtype=float32)  # finds: refused
    out[0] = tile[0, 0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def shape_that_is_computed(out, x, n):
    tile = cuda.shared.array((TILE, TILE + 1), float32)  # finds: refused
    out[0] = tile[0, 0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def shape_of_two_branches(out, x, n):
    size = 8
    if n > 8:
        size = n
    own = cuda.local.array(size, float32)  # finds: refused
    out[0] = own[0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def allocates_with_numpy(out, x, n):
    own = np.zeros(8, np.float32)  # finds: refused
    out[0] = own[0]


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def largest_with_numpy(out, x, n):
    out[0] = np.max(x)  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def name_that_cuda_lacks(out, x, n):
    cuda.sync_threads()  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def atomic_that_cuda_lacks(out, x, n):
    cuda.atomic.multiply(out, 0, 2.0)  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def waits_as_the_host_does(out, x, n):
    cuda.synchronize()  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def helper_without_a_decorator(out, x, n):
    out[0] = doubled(x[0])  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def index_without_cuda_before_it(out, x, n):
    out[threadIdx.x] = 1  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def sorts(out, x, n):
    out[0] = sorted(x)[0]  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def draws_a_random_number(out, x, n):
    out[0] = random.random()  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def factorial_of_math(out, x, n):
    out[0] = math.factorial(n)  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def imports_inside(out, x, n):
    import math as m  # finds: refused

    out[0] = m.exp(x[0])


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def writes_into_a_constant(out, x, n):
    TABLE[0] = x[0]  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit
def inner_function_with_a_state(out, x, n):
    count = 0

    def more():
        nonlocal count  # finds: refused
        count += 1

    more()
    out[0] = count


# launch: [1, 8](zeros(8, 8), numbers(8, 8), 8)
@cuda.jit
def product_sign(out, x, n):
    out[0, 0] = x[0] @ x[1]  # finds: refused


# launch: [1, 8](zeros(8), numbers(8), 8)
@cuda.jit(device=True)
def with_a_dictionary(value):
    return {0: value}[0]  # finds: refused


@cuda.jit
def calls_a_device_function_with_a_dictionary(out, x, n):
    out[0] = with_a_dictionary(x[0])
