"""The site as files that need no server: the walk over its pages, their links, and the scripts that stand in for it."""
