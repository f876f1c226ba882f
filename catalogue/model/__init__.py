"""What a method is: plain values, what can be wrong with one, and how complete it is."""
