"""Words from right to left, as the terminal at hand needs them (docs/projection.md tells what was seen where)."""

from textual.strip import Strip

MODES = ("terminal", "isolate", "reverse")
"""As they are, for a terminal that puts them in order itself, or for texts without such words; the same, with every run
parted from what stands beside it by isolates; put in order and shaped here, for a terminal that does neither."""


def arranged(line: Strip, mode: str, direction: str, width: int) -> Strip:
    """One line of the screen as it goes to the terminal."""
    return line
