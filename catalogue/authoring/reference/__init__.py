"""Guides and schema that are generated from the code and the vocabulary."""
