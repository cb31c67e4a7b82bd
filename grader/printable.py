"""Text that a submission chose, made fit to be told."""

MAX_SHOWN = 3000


def printable(text: str) -> str:
    """Return at most a page of the text, without what would steer a terminal or break an encoder.

    All that is told to a student or to staff goes through here: a submission chooses its words.
    """
    page = text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}..."
    return "".join(c if c.isprintable() or c in "\n\t" else f"\\x{ord(c):02x}" for c in page)
