"""Where in the student's file something happens: the line and column of an instruction."""

import dis
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

_OURS = str(Path(__file__).parent)
_STORES = {"STORE_FAST", "STORE_NAME", "STORE_GLOBAL", "STORE_DEREF"}


@dataclass(frozen=True, eq=False)
class Site:
    """One place in the source; the same place is the same object within a launch."""

    code: CodeType
    line: int
    name: str  # the variable to which the place's value is assigned, "" if to none


class Sites:
    """The sites of one launch, found by the instruction that a frame is at."""

    def __init__(self) -> None:
        # CPython keeps a function's bytecode inside its code object, so that address + offset is
        # one number for an instruction: much cheaper than hashing the code object.
        self._by_instruction: dict[int, Site] = {}
        self._by_position: dict[object, Site] = {}

    def at(self, frame: FrameType) -> Site:
        """Return the site of the instruction that a frame is at."""
        code = frame.f_code
        key = id(code) + frame.f_lasti
        site = self._by_instruction.get(key)
        if site is None:
            site = self._by_instruction[key] = self._new(code, frame)
        return site

    def _new(self, code: CodeType, frame: FrameType) -> Site:
        # Two offsets may be one instruction: the specialising interpreter moves f_lasti into the
        # instruction's inline caches. Its position in the source stays the same.
        position = list(code.co_positions())[frame.f_lasti // 2]
        line = position[0] or frame.f_lineno
        site = Site(code, line, _assigned(code, frame.f_lasti))
        return self._by_position.setdefault((id(code), position), site)


def _assigned(code: CodeType, offset: int) -> str:
    after = (i for i in dis.get_instructions(code) if i.offset > offset and i.opname != "CACHE")
    following = next(after, None)
    stores = following is not None and following.opname in _STORES
    return str(following.argval) if following is not None and stores else ""


def is_ours(code: CodeType) -> bool:
    """Tell whether code belongs to the simulator, not to a student."""
    return code.co_filename.startswith(_OURS)


def calling_frame(frame: FrameType) -> FrameType:
    """Return the innermost frame of a student's code, from a frame inwards."""
    while is_ours(frame.f_code) and frame.f_back is not None:
        frame = frame.f_back
    return frame


def line_of(error: BaseException) -> int:
    """Return the line of the student's code that raised an exception, 0 if there is none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if not is_ours(trace.tb_frame.f_code):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
