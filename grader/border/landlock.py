"""Landlock: which files this process may open, whatever its user may.

From Linux 5.13 on. Everything is refused but reading what lies below the given paths, and writing
below some of them: creating, removing, listing elsewhere; from later versions on also TCP, and
signals and abstract sockets to processes outside. Looking at a file's size and time is not
mediated.
"""

import ctypes
import os
import struct
from collections.abc import Iterable

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # on every processor
EXECUTE, WRITE_FILE, READ_FILE, READ_FOLDER = 1 << 0, 1 << 1, 1 << 2, 1 << 3
# Remove and make folders and files, make links, move between folders, truncate; no devices.
CHANGE = sum(1 << bit for bit in (4, 5, 7, 8, 12, 13, 14))
# How many rights over files each version knows: from 1 on, the last for all later ones.
FILE_RIGHTS = (13, 14, 15, 15, 16)
TCP = 0b11  # bind, connect; from version 4 on
SCOPES = 0b11  # abstract sockets, signals; from version 6 on

_libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """Return which version of Landlock there is, 0 for none."""
    return max(0, int(_libc.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), 1)))


def ruleset(readable: Iterable[str], writable: Iterable[str] = ()) -> int:
    """Return the descriptor of rules that refuse every file but reading below `readable`.

    It takes a while, for hundreds of paths; a process and its children can use it again and again.
    Raises OSError.
    """
    newest = version()
    if newest == 0:
        raise OSError("there is no Landlock here")
    handled = [(1 << FILE_RIGHTS[min(newest, len(FILE_RIGHTS)) - 1]) - 1]
    handled += [TCP] if newest >= 4 else []
    handled += [SCOPES] if newest >= 6 else []
    attributes = struct.pack(f"{len(handled)}Q", *handled)
    rules = _call(CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    for path in readable:
        _allow(rules, path, READ_FILE | EXECUTE | (READ_FOLDER if os.path.isdir(path) else 0))
    for path in writable:
        _allow(rules, path, (READ_FILE | READ_FOLDER | WRITE_FILE | CHANGE) & handled[0])
    _allow(rules, os.devnull, READ_FILE | WRITE_FILE)
    return rules


def restrict(rules: int) -> None:
    """Hold this process to the rules from now on. Raises OSError."""
    _call(RESTRICT_SELF, rules, 0)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # it has gone, or never was: nothing to allow
        return
    BELOW_PATH = 1
    try:
        _call(ADD_RULE, rules, BELOW_PATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)


def _call(number: int, *arguments: object) -> int:
    result: int = _libc.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"landlock, system call {number}")
    return result
