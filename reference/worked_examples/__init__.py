"""Worked examples laid out as text, step by step, as a lecturer writes them on the board.

Every public function here takes the inputs of a case (a dict of arguments) and its answer, and
returns the lines as one text. What it writes it computes from the inputs, with NumPy alone and
from the definition; the answer is there for what is not worth a second calculation. The text is
empty where there is nothing to lay out, such as an image without a window. Of large inputs the
beginning is shown.
"""
