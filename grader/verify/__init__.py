"""Proving the course right: what `grade verify` checks."""
