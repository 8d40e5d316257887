"""Lets `python -m onroll.cli` do what `onroll` does."""

import sys

from onroll.cli import main

sys.exit(main())
