"""What a method is: methods, problems, their codes, completeness."""
