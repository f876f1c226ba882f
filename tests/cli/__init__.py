"""The commands of the terminal, run inside the tests."""
