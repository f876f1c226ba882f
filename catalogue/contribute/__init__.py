"""What helps people to add a method: generated documents, the form, and new files.

Everything here stands on the checked vocabulary and the validator; the web pages and the command line use it.
"""
