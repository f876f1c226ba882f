"""Markdown to safe HTML, and the texts of the site."""
