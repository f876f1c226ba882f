"""The website: an application factory and its pages.

The end of the flow: a request comes in, search/engine.py answers it from a snapshot, a template
prints it. Nothing here reads method files or runs SQL.
"""

from catalogue.web.factory import create_app

__all__ = ["create_app"]
