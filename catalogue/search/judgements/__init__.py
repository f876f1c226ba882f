"""Searches with the methods that a practitioner would recommend, and what the ranking learns from them."""
