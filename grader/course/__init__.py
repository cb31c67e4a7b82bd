"""The course as its author wrote it: assignments, exercises, cases, frozen answers."""
