"""The library view: a folder of links to the distributions that a submission may import.

The site-packages folder that holds NumPy holds `reference` and `grader` too, so a submission's
import path gets links to single packages instead. Views are kept in the user's cache folder, one
for each set of installed distributions.
"""

import contextlib
import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from grader.errors import MachineError


def library_view(libraries: tuple[str, ...]) -> Path:
    """Return the folder that links these distributions, made on first use."""
    roots = [_root(library) for library in libraries]
    identity = repr(
        [
            (name, str(root), root.stat().st_mtime_ns)
            for name, root in zip(libraries, roots, strict=True)
        ]
    )
    view = _cache_folder() / "libraries" / hashlib.sha256(identity.encode()).hexdigest()[:16]
    if not view.is_dir():
        _build(view, libraries)
    return view


def _root(library: str) -> Path:
    """Return the site-packages folder of a distribution, without importing it."""
    from importlib import metadata

    spec = importlib.util.find_spec(library)
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent.parent
    try:
        return Path(str(metadata.distribution(library).locate_file("")))
    except metadata.PackageNotFoundError:
        raise MachineError(
            f"the exercise needs the library {library!r}, which is not installed",
            f"{sys.executable} -m pip install {library}",
        ) from None


def _build(view: Path, libraries: tuple[str, ...]) -> None:
    view.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(dir=view.parent))
    for library in libraries:
        for name, target in _top_level(library):
            if not os.path.lexists(draft / name):  # distributions may share a folder
                _link(draft / name, target)
    try:
        draft.rename(view)
    except OSError:  # another process was first
        shutil.rmtree(draft, ignore_errors=True)


def _top_level(library: str) -> list[tuple[str, Path]]:
    """Return what a distribution puts into site-packages, and what it says of itself there."""
    from importlib import metadata

    try:
        distribution = metadata.distribution(library)
    except metadata.PackageNotFoundError:  # it is imported by another name, as PyYAML is
        distribution = metadata.distribution(metadata.packages_distributions()[library][0])
    names = {file.parts[0] for file in distribution.files or () if file.parts[0] != ".."}
    kept = [name for name in sorted(names) if not name.endswith((".pth", "__pycache__"))]
    return [(name, Path(str(distribution.locate_file(name))).resolve()) for name in kept]


def _link(link: Path, target: Path) -> None:
    try:
        link.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:  # Windows without the right to make links: a junction needs none
        if target.is_dir() and sys.platform == "win32":
            import _winapi

            _winapi.CreateJunction(str(target), str(link))
        else:
            shutil.copy(target, link)


def _cache_folder() -> Path:
    """Return a folder of this user's that can be written: the cache, else a temporary one."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    cache = Path(home) / "gradecheck"
    with contextlib.suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        if os.access(cache, os.W_OK):
            return cache
    private = (
        Path(tempfile.gettempdir()) / f"gradecheck-{os.getuid() if hasattr(os, 'getuid') else 0}"
    )
    private.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and private.stat().st_uid != os.getuid():
        raise MachineError(f"{private} belongs to another user", f"remove {private}")
    return private
