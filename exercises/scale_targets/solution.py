"""The straight line from (0, low) to (1, high)."""


def scale_targets(targets, low=0.01, high=0.99):
    """Return low for a 0, high for a 1, and what lies between for what lies between."""
    return low + targets * (high - low)
