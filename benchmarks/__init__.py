"""Measurements of what the design promises; each module is a command, see README.md."""
