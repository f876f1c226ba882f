"""Servers for the public, and how they write their log."""
