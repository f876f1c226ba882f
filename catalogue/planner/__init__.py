"""The planner: which methods fit a situation, and what several of them come to as one process."""
