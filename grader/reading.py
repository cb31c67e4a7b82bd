"""Reading a hand-in from the disk: which files count, how many, how large."""

import os
from collections.abc import Iterator
from pathlib import Path

from grader.errors import UsageError
from grader.submission import Source, Submission

SHEETS = (".yaml", ".yml")
MAX_FILES = 500
MAX_FILE_BYTES = 256 << 10
MAX_BYTES = 1 << 20  # of all files: parsing takes hundreds of times their size in memory
SKIPPED_FOLDERS = frozenset(["__pycache__", "__MACOSX", "node_modules", "site-packages"])


def read_submission(path: Path, without: Path | None = None) -> Submission:
    """Return what a file or folder holds; `without` is a folder to leave out (the course's own).

    Of a single file, the .py files beside it may be imported but are not graded.
    """
    if not path.exists():
        raise UsageError(f"{path} is not there")
    if path.is_dir():
        return _read_folder(path, without)
    if path.suffix not in (".py", *SHEETS):
        raise UsageError(f"{path} is not a Python file", "hand in a .py file or a folder")
    source = _read_named(path)
    if path.suffix in SHEETS:
        return Submission(path.stem, (), {source.name: source.content})
    beside = (p for p in sorted(path.parent.glob("*.py"))[:MAX_FILES] if p.name != path.name)
    contents = {p.name: content for p in beside if (content := _small_content(p)) is not None}
    return Submission(path.stem, (source,), support=contents)


def read_single_file(path: Path) -> Submission:
    """Return a hand-in that is one file among other students' files."""
    content = _small_content(path)
    if content is None:
        return Submission(path.stem, (), notes=(_left_out(path.name),))
    if path.suffix in SHEETS:
        return Submission(path.stem, (), {path.name: content})
    return Submission(path.stem, (Source(path.name, content),))


def _read_folder(folder: Path, without: Path | None) -> Submission:
    sources: list[Source] = []
    sheets: dict[str, bytes] = {}
    notes: list[str] = []
    room = MAX_BYTES
    for path in _files(folder, without):
        name = str(path.relative_to(folder))
        content = None if path.suffix == ".ipynb" else _small_content(path)
        if path.suffix == ".ipynb":
            notes.append(f"{name}: notebooks are not read yet; save it as a .py file")
        elif content is None:
            notes.append(_left_out(name))
        elif len(sources) + len(sheets) == MAX_FILES or room < len(content):
            count = len(sources) + len(sheets)
            notes.append(f"only the first {count} files were read: it is too much")
            break
        else:
            room -= len(content)
            if path.suffix in SHEETS:
                sheets[name] = content
            else:
                sources.append(Source(name, content))
    return Submission(folder.resolve().name, tuple(sources), sheets, notes=tuple(notes))


def _files(folder: Path, without: Path | None) -> Iterator[Path]:
    """Yield the Python files, notebooks and sheets, in order, but for what tools put there."""
    for here, folders, files in os.walk(folder):
        inside = Path(here)
        folders[:] = sorted(f for f in folders if not _is_a_tools(inside / f, without))
        for name in sorted(files):
            if name.endswith((".py", ".ipynb", *SHEETS)) and not name.startswith("._"):
                yield inside / name


def _is_a_tools(folder: Path, without: Path | None) -> bool:
    hidden = folder.name.startswith(".") or folder.name in SKIPPED_FOLDERS
    return hidden or (folder / "pyvenv.cfg").exists() or folder.resolve() == without


def _small_content(path: Path) -> bytes | None:
    """Return a small file's bytes. A link may lead anywhere on our disk; a pipe never ends."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _left_out(name: str) -> str:
    return f"{name}: left out, not a readable file of at most {MAX_FILE_BYTES >> 10} KiB"


def _read_named(path: Path) -> Source:
    """Return the one file that was asked for. Raises UsageError where it cannot be read."""
    try:
        if not path.is_file():
            raise UsageError(f"{path} is not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UsageError(f"{path} is larger than {MAX_FILE_BYTES >> 10} KiB")
        return Source(path.name, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
