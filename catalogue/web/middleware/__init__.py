"""What every request and response passes round the views."""
