"""The memory is tidied while nobody types: a whole collection takes longer than a frame."""

import asyncio
import gc

from draftwg.tui.pauses import Pauses

_LOOK = 0.5
"""Seconds between two looks whether it is quiet."""
_QUIET = 2.0
"""Seconds without a key after which the next one is not expected within some hundredths of a second."""
_BUSY = 500
"""Collections of the middle generation (some 7,000 new objects each) after which it must be even if keys never rest."""


class Tidying:
    """When Python looks for what nothing refers to any more but itself. `run` starts the console with that turned off;
    where it was not, it is none of the console's business."""

    def __init__(self, pauses: Pauses) -> None:
        self._pauses = pauses

    async def follow(self) -> None:
        """Begin, and go on until cancelled: the young objects as ever, all of them when it is quiet."""
        if gc.isenabled():
            return
        gc.freeze()  # what is there now, the record above all, stays: no collection needs to look at it
        gc.set_threshold(*gc.get_threshold()[:2], _BUSY)
        gc.enable()
        while True:
            await asyncio.sleep(_LOOK)
            if self._pauses.length > _QUIET and gc.get_count()[2]:
                gc.collect()
