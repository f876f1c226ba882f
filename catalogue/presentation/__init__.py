"""Results and facts in words."""
