"""Methods become a build."""
