"""The tests, one module for each module or concern of the package."""
