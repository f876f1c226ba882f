"""What chosen methods come to as the steps of a plan: weeks, money, time, stages, and what each hands to the next."""
