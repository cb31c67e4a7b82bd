"""Where compiled kernels are kept: a folder for each state of their sources, `reference/cpu`.

Numba renews a cached kernel when the file that defines it changes, not when a function changes that
it calls from another file. So the folder's name is a digest of all of them: any change starts anew.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numba

numba_config: Any = numba.config
KERNELS = Path(__file__).parent
PACKAGE = KERNELS.parent
# Digests that are kept beside the one in use: switching between versions compiles nothing again.
KEPT = 3


@cache
def find_cache() -> Path | None:
    """Return the folder of the kernels of these sources; None if no place can be written.

    The first of NUMBA_CACHE_DIR, the package's own `__pycache__` and the user's cache folder that
    can be written. Never /tmp: Numba unpickles what it finds, and others could fill a shared place.
    """
    digest = fingerprint(KERNELS)
    for place in _places():
        folder = place / digest
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        _forget_others(folder)
        return folder
    return None


def fingerprint(folder: Path) -> str:
    """Return a digest of the names and the contents of all Python files below the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        source = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(source)}\0".encode())
        digest.update(source)
    return digest.hexdigest()[:16]


def _places() -> Iterator[Path]:
    name = "reference_kernels"
    if numba_config.CACHE_DIR:
        yield Path(numba_config.CACHE_DIR) / name
    yield PACKAGE / "__pycache__" / name
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    yield Path(home) / name


def _forget_others(folder: Path) -> None:
    """Remove the oldest folders of other digests, so that they do not pile up while one edits."""
    others = [other for other in folder.parent.iterdir() if other != folder]
    others.sort(key=lambda other: other.stat().st_mtime)
    for other in others[:-KEPT]:
        shutil.rmtree(other, ignore_errors=True)
