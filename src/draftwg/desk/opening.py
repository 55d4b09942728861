"""A meeting opened by a program that has just been started: git reads the record while the desk is being loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from draftwg.repository.contents import Ahead

if TYPE_CHECKING:
    from draftwg.desk.desk import Desk


def open_desk(start: Path, *, strict_roster: bool, progress: Callable[[str, int, int], None]) -> Desk:
    """`Desk.open`."""
    with Ahead(start) as ahead:
        from draftwg.desk.desk import Desk

        return Desk.open(start, strict_roster=strict_roster, progress=progress, ahead=ahead)
