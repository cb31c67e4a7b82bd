"""Calls the student's function with images that it cannot change: they are the training set."""


def run(entry, inputs):
    """Return the augmented batch."""
    images = inputs["images"].view()
    images.flags.writeable = False
    return entry(**{**inputs, "images": images})
