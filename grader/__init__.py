"""gradecheck: checks deep-learning exercises against hand-worked cases and an oracle."""

__version__ = "0.1.0"
