"""An exception of a submission as a value, told by the process in which it was raised."""

import os
from collections.abc import Callable
from typing import Any

MAX_TEXT = 2000


def described(error: BaseException, folder: str) -> dict[str, Any]:
    """Return the exception as a value: its type, its text, and the submission's own lines.

    Whatever an exception says of itself may be the submission's code too.
    """
    kind = type(error)
    return {
        "status": "raised",
        "type": said(lambda: kind.__name__, "an exception"),
        "bases": said(lambda: [base.__name__ for base in kind.__mro__][:20], []),
        "text": said(lambda: text_of(error)[:MAX_TEXT], "(its text could not be read)"),
        "where": said(lambda: where(error, folder), ""),
    }


def text_of(error: BaseException) -> str:
    """Return the exception's text, of a SyntaxError without the place, which `where` gives."""
    return str(error.msg) if isinstance(error, SyntaxError) else str(error)


def said(ask: Callable[[], Any], otherwise: Any) -> Any:
    """Return the answer, or something else where asking raises."""
    try:
        return ask()
    except BaseException:
        return otherwise


def where(error: BaseException, folder: str) -> str:
    """Return the place in the submission's own files that the exception came from."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{os.path.relpath(error.filename, folder)}, line {error.lineno}"
    place = ""
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename.startswith(folder + os.sep):
            file = os.path.relpath(code.co_filename, folder)
            place = f"{file}, line {step.tb_lineno}, in {code.co_name}"
        step = step.tb_next
    return place
