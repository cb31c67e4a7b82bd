"""Everything that passes between us and a stranger's code."""
