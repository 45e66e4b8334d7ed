"""`python -m letterwatch`: the command line."""

from letterwatch.cli import main

main()
