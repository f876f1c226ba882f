"""Documents to hand to people: a method, a list or a plan as blocks, which are written as Word or Markdown."""
