"""Fixes in method files what has one right fix."""
