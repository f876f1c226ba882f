"""The catalogue in formats that other people and programs use: data, citations, feeds, documents, a static site."""
