"""An old experiment."""

raise RuntimeError("this file was never meant to be imported")
