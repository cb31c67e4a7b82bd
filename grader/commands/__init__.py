"""One module a command: read, call, print."""
