"""Plans and comparisons in words and as plain dicts."""
