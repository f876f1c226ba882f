"""Quantities in a text: money, weeks to a result, hours of each person, numbers of people, populations."""
