"""What a submission prints through Python: kept beside it, told with the reply of the case.

What is printed in other ways (by C code, or by `os.write`) goes to the child's own streams, and so
does what the submission flushes, which is worth seeing when the process ends before it replies.
"""

import contextlib
import io
import os
import sys
from typing import Any

KEPT_BYTES = 8000  # far more than a message quotes


class Print(io.RawIOBase):
    """A stream of which the head of each case is kept, and the rest counted."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._head = bytearray()
        self._count = 0

    def writable(self) -> bool:
        """Whether it can be written: yes."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the child's own stream."""
        return self._descriptor

    def write(self, data: Any) -> int:
        """Keep what there is room for."""
        count = len(data)
        self._head += bytes(data[: max(0, KEPT_BYTES - len(self._head))])
        self._count += count
        return count

    def flush(self) -> None:
        """Let go what is kept, at once."""
        if self._head:
            head, self._head = self._head, bytearray()
            with contextlib.suppress(OSError):  # a submission may have closed it
                os.write(self._descriptor, head)

    def taken(self) -> str:
        """Return what was printed and not flushed since the last call."""
        text = self._head.decode(errors="replace")
        more = self._count - len(self._head)
        if self._head and more:
            text += f"\n... and {more} bytes more"
        self._head.clear()
        self._count = 0
        return text


def catch_prints() -> Print:
    """Make `print`, and the traceback of an exception, go into the stream that is returned."""
    stream = Print(1)
    for name in ("stdout", "stderr"):
        text = io.TextIOWrapper(
            stream,  # type: ignore[type-var]
            encoding="utf-8",
            errors="backslashreplace",
            write_through=True,
        )
        setattr(sys, name, text)
        setattr(sys, f"__{name}__", text)
    return stream
