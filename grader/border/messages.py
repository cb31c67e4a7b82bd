"""Messages: a frame with its length before it, so that a reader takes all of it at once.

The length is 8 bytes, little-endian. A request has a letter before that (see child.py).
"""

from .frames import MAX_BYTES, MAX_HEADER, FrameError

PREFIX = 8
MAX_MESSAGE = 4 + MAX_HEADER + MAX_BYTES


def message(frame: bytes) -> bytes:
    """Return the message that carries a frame."""
    return len(frame).to_bytes(PREFIX, "little") + frame


def frame_length(prefix: bytes) -> int:
    """Return the length that a message states. Raises FrameError over the cap."""
    length = int.from_bytes(prefix, "little")
    if length > MAX_MESSAGE:
        raise FrameError(f"a message of {length} bytes, at most {MAX_MESSAGE} are read")
    return length
