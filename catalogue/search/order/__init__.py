"""What a list shows: which methods fit the limits that words name, which match strongly, and the results of a page."""
