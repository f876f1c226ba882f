"""A file becomes a `Method`, or problems that say why not."""
