"""What people type becomes the text of a method file and its way to the repository."""
