#!/usr/bin/env python
"""Django's own command line, for people who work on Alongside."""

from alongside.config.command import main

if __name__ == "__main__":
    main()
