"""`python -m draftwg`."""

import sys

from draftwg.cli import main

sys.exit(main())
