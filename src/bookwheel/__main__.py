"""`python -m bookwheel` is the command line."""

from bookwheel.cli import main

main()
