"""The planner: which methods fit a situation, each with its reasons, and what several of them come to as one process."""
