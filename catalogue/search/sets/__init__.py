"""Sets of methods and of their sizes: filters and counts are operations on them."""
