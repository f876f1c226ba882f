"""What can be taken away: the open data, lists and methods as files, and the files for machines."""
