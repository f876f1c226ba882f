"""Reports from practice: what somebody who has run a method says of it, and what many of them come to."""
