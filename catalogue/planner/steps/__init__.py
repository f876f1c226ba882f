"""Several steps as one process: the order, weeks, sums, hand-overs, patterns, and what a step costs."""
