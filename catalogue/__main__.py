"""`python -m catalogue`: the `catalogue` command where the package is not installed, only its folder is there.

Servers run it so, because then nothing but the locked packages needs to be fetched. It belongs to the terminal.
"""

from catalogue.cli.main import main

main(prog_name="catalogue")
