"""Servers for the public, their rules and their log."""
