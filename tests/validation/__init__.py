"""A file becomes a method, or problems."""
