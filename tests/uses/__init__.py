"""Reports from practice: their files, what they come to, their pages and their form."""
