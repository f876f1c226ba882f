"""The commands that measure the search and the planner on judged examples."""
