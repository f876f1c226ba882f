"""The order of a list beyond its scores: which methods fit the limits that words name, and which match strongly."""
