"""What a build is on the disk: its folder, its database, its full-text index."""
