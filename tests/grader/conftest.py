"""What the tests of the grader share."""

from hypothesis import settings

# A machine that also compiles or grades is slow at times: that is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
