"""WSGI middleware and request hooks: what every request and response passes."""
