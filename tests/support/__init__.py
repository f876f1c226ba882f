"""Helpers of the tests: clients, servers, generated files."""
