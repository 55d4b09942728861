"""The projection: what the room sees, on a terminal of its own. It follows the console through the meeting's folder,
and writes nothing there.

- `app.py`      the application
- `drawing.py`  a scene as content for its widgets
- `bidi.py`     words from right to left
- `look.py`     the colours
"""

import os
import sys
from pathlib import Path

from draftwg.errors import BadInput


def run(start: Path, *, mode: str, look: str) -> int:
    """Show the meeting in or beside `start` until it is left; the exit status.

    NotAMeeting where there is none; BadInput where there is no terminal that can show it.
    """
    from draftwg.desk.watching import Watch

    hint = "For a browser: draftwg project --serve 127.0.0.1:8000."
    if os.environ.get("TERM") in ("dumb", "unknown"):
        raise BadInput("This terminal cannot show the projection.", hint)
    if not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):  # Textual draws on stderr
        raise BadInput("The projection needs a terminal.", hint)
    watch = Watch(start)
    from draftwg.tui.projection.app import Projection

    app = Projection(watch, mode=mode, look=look)
    app.run()
    return app.return_code or 0
