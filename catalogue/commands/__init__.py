"""What the `catalogue` command can do: one module for each of its commands.

Each reads its options, calls the rest of the package, and prints. Put together by cli.py, the
outermost layer.
"""
