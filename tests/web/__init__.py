"""The site: pages, API, middleware."""
