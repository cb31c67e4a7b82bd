"""Frames: trees of values as bytes, without pickle.

A tree is made of arrays, numbers, strings, booleans, None, lists and dicts with string keys.
A frame is

    4 bytes       length of the header, little-endian
    header        JSON: {"value": tree, "arrays": [[dtype, shape, layout], ...]}
    buffers       the arrays' bytes in C order, one after another, nothing behind them

In the header's tree a list is a list (tuples become lists), and an object with one key is one of
{"array": n}, {"dict": [[key, value], ...]}, {"complex": [real, imaginary]}, {"foreign": text}.
`layout` is "C", "F" or "strided": memory order is part of an input, so that a submission meets
non-contiguous arrays.

The same format crosses the process border and fills answers.bin. Both sides of the border load
this file; it imports the standard library and NumPy alone. Whoever writes a frame may be hostile:
`decode` returns a tree or raises FrameError, nothing else.
"""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

# A tree of values. Python cannot write this recursive type without hiding the arrays.
Tree = Any

MAX_HEADER = 1 << 20
MAX_BYTES = 64 << 20
MAX_DEPTH = 32
MAX_ITEMS = 100_000
MAX_DIMENSIONS = 32
MAX_TEXT = 10_000
INTEGERS = range(-(1 << 63), 1 << 64)  # what an array can hold: int64 and uint64
REMEMBERED_HEADER = 1 << 10  # bytes; the small headers of a batch come again and again

DTYPES = frozenset(
    ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
)
LAYOUTS = ("C", "F", "strided")


class FrameError(ValueError):
    """These bytes are not a frame, or this value does not fit into one."""


_to_json = json.JSONEncoder(separators=(",", ":")).encode
Entry = tuple[np.dtype, tuple[int, ...], str]


@dataclass(frozen=True)
class Foreign:
    """A place in an answer where something stood that cannot cross the border."""

    what: str


def encode(value: Tree) -> bytes:
    """Return the frame of a tree. What cannot cross becomes a `Foreign` that says what it was."""
    arrays: list[np.ndarray] = []
    budget = [MAX_ITEMS, MAX_BYTES]
    tree = _to_header(value, arrays, budget, depth=0)
    entries = [[array.dtype.str, list(array.shape), _layout(array)] for array in arrays]
    header = _to_json({"value": tree, "arrays": entries}).encode()
    if len(header) > MAX_HEADER:
        raise FrameError(f"header of {len(header)} bytes, at most {MAX_HEADER} fit")
    return b"".join([len(header).to_bytes(4, "little"), header, *(a.tobytes() for a in arrays)])


def decode(frame: bytes, fresh: bool = True) -> Tree:
    """Return the tree of a frame. Raises FrameError.

    Its arrays are fresh, writable and laid out as they were; or else read-only views of the frame.
    """
    position = 0
    view = memoryview(frame)

    def take(count: int) -> bytes:
        nonlocal position
        if position + count > len(view):
            raise FrameError(f"frame ends after {len(view)} bytes")
        position += count
        return bytes(view[position - count : position])

    value = read(take, fresh)
    if position != len(view):
        raise FrameError(f"{len(view) - position} bytes follow the frame")
    return value


def read(take: Callable[[int], bytes], fresh: bool = True) -> Tree:
    """Return the next tree of a stream. `take(n)` gives exactly n bytes or raises."""
    tree, entries = parse_header(take(header_length(take(4))))
    arrays = [_to_array(entry, take, fresh) for entry in entries]
    return _from_header(tree, arrays, depth=0)


def header_length(prefix: bytes) -> int:
    """Return the length that a frame's first four bytes state. Raises FrameError over the cap."""
    length = int.from_bytes(prefix, "little")
    if length > MAX_HEADER:
        raise FrameError(f"header of {length} bytes, at most {MAX_HEADER} are read")
    return length


def parse_header(header: bytes) -> tuple[Tree, list[Entry]]:
    """Return the tree and the (dtype, shape, layout) of each array. Raises FrameError."""
    return _remembered(header) if len(header) <= REMEMBERED_HEADER else _parsed(header)


@lru_cache(maxsize=4096)
def _remembered(header: bytes) -> tuple[Tree, list[Entry]]:
    return _parsed(header)


def _parsed(header: bytes) -> tuple[Tree, list[Entry]]:
    try:
        parsed = json.loads(header)
    except (ValueError, RecursionError):
        raise FrameError("header is not JSON") from None
    if not isinstance(parsed, dict) or set(parsed) != {"value", "arrays"}:
        raise FrameError("header is not {value, arrays}")
    if not isinstance(parsed["arrays"], list):
        raise FrameError("arrays is not a list")
    entries = [_parse_entry(entry) for entry in parsed["arrays"]]
    if sum(byte_count(entry) for entry in entries) > MAX_BYTES:
        raise FrameError(f"arrays of more than {MAX_BYTES} bytes")
    return parsed["value"], entries


def byte_count(entry: Entry) -> int:
    """Return the number of bytes of an array's buffer."""
    dtype, shape, _ = entry
    return math.prod(shape) * dtype.itemsize


def _parse_entry(entry: Any) -> Entry:
    match entry:
        case [str(dtype), list(shape), str(layout)]:
            pass
        case _:
            raise FrameError("array entry is not [dtype, shape, layout]")
    if dtype[:1] not in ("<", ">", "|") or dtype[1:] not in DTYPES:
        raise FrameError(f"dtype {dtype[:20]!r}")
    if layout not in LAYOUTS:
        raise FrameError(f"layout {layout[:20]!r}")
    if len(shape) > MAX_DIMENSIONS:
        raise FrameError(f"{len(shape)} dimensions")
    if any(type(size) is not int or not 0 <= size < 1 << 40 for size in shape):
        raise FrameError("shape is not a list of sizes")
    return np.dtype(dtype), tuple(shape), layout


def _to_array(entry: Entry, take: Callable[[int], bytes], fresh: bool) -> Any:
    dtype, shape, layout = entry
    content = take(byte_count(entry))
    try:
        array = np.frombuffer(content, dtype).reshape(shape)
        return _laid_out(array, layout) if fresh else array
    except (ValueError, MemoryError):  # an empty array whose other sizes overflow an index
        raise FrameError(f"no array has the shape {shape}") from None


def _laid_out(array: np.ndarray, layout: str) -> np.ndarray:
    if layout == "F":
        return np.array(array, order="F")
    if layout == "strided" and array.ndim:
        wide = np.zeros((*array.shape[:-1], 2 * array.shape[-1]), array.dtype)
        strided: np.ndarray = wide[..., ::2]
        strided[...] = array
        return strided
    return np.array(array, order="C")


def _layout(array: np.ndarray) -> str:
    if array.flags.c_contiguous:
        return "C"
    return "F" if array.flags.f_contiguous else "strided"


def _to_header(value: Any, arrays: list[np.ndarray], budget: list[int], depth: int) -> Any:
    budget[0] -= 1
    if depth > MAX_DEPTH or budget[0] < 0:
        limit = f"{MAX_DEPTH} levels" if depth > MAX_DEPTH else f"{MAX_ITEMS} items"
        raise FrameError(f"a structure of more than {limit}")
    if isinstance(value, np.ndarray):
        return _array_to_header(value, arrays, budget)
    if isinstance(value, np.generic):
        value = _to_python(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if int(value) in INTEGERS else {"foreign": "an integer of over 64 bits"}
    if isinstance(value, float):
        return float(value)
    if isinstance(value, complex):
        return {"complex": [value.real, value.imag]}
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, list | tuple):
        return [_to_header(item, arrays, budget, depth + 1) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        items = value.items()
        return {"dict": [[k, _to_header(v, arrays, budget, depth + 1)] for k, v in items]}
    return {"foreign": value.what if isinstance(value, Foreign) else described(value)}


def _to_python(scalar: np.generic) -> Any:
    """Return the Python number of a NumPy number, long double included."""
    match scalar.dtype.kind:
        case "b" | "i" | "u":
            return scalar.item()
        case "f":
            return float(scalar)
        case "c":
            return complex(scalar)
    return scalar


def _array_to_header(
    value: np.ndarray, arrays: list[np.ndarray], budget: list[int]
) -> dict[str, Any]:
    array = np.asarray(np.ndarray.view(value, np.ndarray))  # whatever a subclass pretends
    if array.dtype.kind in "fc" and array.dtype.str[1:] not in DTYPES:  # long double
        array = array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
    if array.dtype.str[1:] not in DTYPES:
        return {"foreign": f"an array of {_element_name(array.dtype)} of shape {array.shape}"}
    if array.nbytes > budget[1]:
        size = f"{array.nbytes / 2**20:.0f} MiB (at most {MAX_BYTES >> 20} can be returned)"
        return {"foreign": f"an array of shape {array.shape}, {size}"}
    budget[1] -= array.nbytes
    arrays.append(array)
    return {"array": len(arrays) - 1}


def _element_name(dtype: np.dtype) -> str:
    names = {"O": "Python objects", "U": "strings", "S": "bytes", "V": "records"}
    return names.get(dtype.kind, str(dtype))


def described(value: Any) -> str:
    kind = type(value)
    article = "an" if kind.__name__[:1].lower() in "aeiou" else "a"
    return f"{article} {kind.__name__[:100]}"


def _from_header(tree: Any, arrays: list[Any], depth: int) -> Tree:
    if depth > 2 * MAX_DEPTH:
        raise FrameError("value is nested too deep")
    match tree:
        case int() if tree not in INTEGERS:
            return Foreign("an integer of over 64 bits")
        case None | bool() | int() | float() | str():
            return tree
        case list():
            return [_from_header(item, arrays, depth + 1) for item in tree]
        case {"array": int(n), **rest} if not rest and 0 <= n < len(arrays):
            return arrays[n]
        case {"complex": [float(real), float(imaginary)], **rest} if not rest:
            return complex(real, imaginary)
        case {"foreign": str(what), **rest} if not rest:
            return Foreign(what[:300])
        case {"dict": list(items), **rest} if not rest:
            return _dict_from_header(items, arrays, depth)
    raise FrameError("value is not a tree")


def _dict_from_header(items: list[Any], arrays: list[Any], depth: int) -> dict[str, Tree]:
    result: dict[str, Tree] = {}
    for item in items:
        match item:
            case [str(key), value]:
                result[key] = _from_header(value, arrays, depth + 1)
            case _:
                raise FrameError("dict entry is not [key, value]")
    return result
