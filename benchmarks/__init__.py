"""Measurements: catalogues of any size made from the real methods, and peers to compare with.

`python -m benchmarks.search` prints the table of docs/performance.md.
"""
