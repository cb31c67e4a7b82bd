"""The GPU that this machine has, asked of its driver, without any package for GPUs."""

import ctypes
import ctypes.util
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

EXTRA = 'pip install "gradecheck[cuda]"'
NAME_BYTES = 256


@dataclass(frozen=True)
class Device:
    """The first GPU, or what is missing for one to be used."""

    name: str = ""
    missing: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether it can be computed on."""
        return not self.missing

    @property
    def text(self) -> str:
        """The device and what is missing, in a few words."""
        return ": ".join(part for part in (self.name, self.missing) if part)


@cache
def find_device() -> Device:
    """Return the machine's GPU and what keeps it from being used."""
    try:
        driver = ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return Device(missing="no NVIDIA driver was found")
    count = ctypes.c_int(0)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or not count.value:
        return Device(missing="the NVIDIA driver finds no GPU")
    text = ctypes.create_string_buffer(NAME_BYTES)
    driver.cuDeviceGetName(text, NAME_BYTES, 0)
    name = text.value.decode(errors="replace")
    if find_spec("numba_cuda") is None:
        return Device(name, f"numba-cuda is not installed ({EXTRA})")
    return Device(name)
