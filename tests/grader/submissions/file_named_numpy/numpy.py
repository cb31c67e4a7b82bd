"""Notes on NumPy."""

print("hello")
