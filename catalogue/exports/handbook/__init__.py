"""The handbook: all methods in one printable page, and in one file for readers of e-books."""
