"""What helps people to write methods."""
