"""The `catalogue` command: one module for each of its commands."""
