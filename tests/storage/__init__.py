"""What a build is on the disk."""
