"""From an answer to a verdict, a message and a hint."""
