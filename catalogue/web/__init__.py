"""The site: an application factory, its pages, its API, and what every request passes."""

from catalogue.web.factory import create_app

__all__ = ["create_app"]
