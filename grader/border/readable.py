"""What a confined submission may read beside its own files: Python, its libraries, shared ones."""

import sys
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from grader.border.library_view import library_view

SITE = ("site-packages", "dist-packages")  # `grader` and `reference` may lie there
SYSTEM = ("/etc/ld.so.cache", "/dev/urandom", "/usr/share/zoneinfo")


@cache
def readable(libraries: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a submission may read, beside its own files and the view."""
    links = [str(link.resolve()) for link in library_view(libraries).iterdir()]
    python = {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")}
    library = [part for folder in sorted(python) for part in _without_site(Path(folder))]
    return (*SYSTEM, *links, *library, *_shared_libraries())


def _without_site(folder: Path) -> Iterator[str]:
    """Yield the folder, or its entries where packages are installed into it."""
    if not any((folder / name).exists() for name in SITE):
        yield str(folder)
        return
    yield from (str(entry) for entry in folder.iterdir() if entry.name not in SITE)


def _shared_libraries() -> Iterator[str]:
    """Yield where the system and this Python keep shared libraries."""
    multiarch = sysconfig.get_config_var("MULTIARCH") or "none"
    for root in ("/lib", "/usr/lib", "/usr/local/lib"):
        yield f"{root}/{multiarch}"
    for folder in (Path("/lib64"), Path("/usr/lib64"), Path(sys.base_prefix) / "lib"):
        if folder.is_dir():
            yield from (str(path) for path in folder.glob("*.so*"))
