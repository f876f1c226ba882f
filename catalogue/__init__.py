"""The participation catalogue: method files in, a searchable website out.

Data flows one way through this package: file, checked `Method`, database and index,
request, page. docs/architecture.md has the picture.
"""

__version__ = "0.1.0"
