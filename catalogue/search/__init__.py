"""An opened build answers a request."""
