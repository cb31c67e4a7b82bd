"""The default harness: call the entry point with the case's inputs, by name."""

from collections.abc import Callable
from typing import Any


def run(entry: Callable[..., Any], inputs: dict[str, Any]) -> Any:
    """Return what the entry point returns."""
    return entry(**inputs)
