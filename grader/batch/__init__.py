"""Grading a folder of submissions: in parallel, resumable, nothing lost."""
