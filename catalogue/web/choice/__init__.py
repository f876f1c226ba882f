"""What a visitor has chosen, read from addresses and written into them, and the plan as a file to download."""
