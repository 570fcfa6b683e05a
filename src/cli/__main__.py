"""`python -m cli` is `pledger`."""

from cli.main import main

main()
