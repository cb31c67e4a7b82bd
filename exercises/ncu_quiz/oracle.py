"""The key of the sheet, as NCU's lecture of 2023-10-12 prints it."""

KEY = "DCADBABCDACCCCCBDBBC"


def ncu_quiz(question):
    """Return the letter of the answer to a question, which are numbered from 1."""
    return KEY[int(question) - 1]
