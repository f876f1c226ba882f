"""Checks files and texts, and reports what was found."""
