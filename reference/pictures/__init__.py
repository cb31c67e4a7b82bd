"""Pictures of worked examples: maps with their numbers, curves, paths and tables of layers.

Every public function here takes the inputs of a case (a dict of arguments) and its answer, and
returns a matplotlib figure, which needs no display and can save itself. Colours are told apart
without red and green, and no colour stands for a number that is not written or on an axis.
"""
