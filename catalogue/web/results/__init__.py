"""The results page as HTML, put together from parts that are rendered once."""
