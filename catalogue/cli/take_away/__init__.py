"""The commands that hand the catalogue to other programs and places: exports, and the door for assistants."""
