"""The page of a plan in words: its steps, its sums, and the cost estimate of each step."""
