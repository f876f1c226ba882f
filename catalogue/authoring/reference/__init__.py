"""Guides, schema and forms that are generated from the code and the vocabulary."""
