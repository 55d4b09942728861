"""Where the lines of a text end: found for the whole text, however long, before any of it is drawn."""

from rich.cells import cell_len


def line_starts(text: str, width: int, *, hang: bool = True) -> list[int]:
    """The places at which the lines of `text` (without newlines) begin when it is wrapped to `width` cells.

    A word that is longer than a line is cut. With `hang`, the blanks behind the last word of a line may stand beyond
    the width, since nobody sees them; without it they have room, for a cursor. A text of narrow letters costs a search
    for a blank in each line, not a look at each word.
    """
    if width < 1 or len(text) <= width // 2:
        return [0]
    narrow = text.isascii() or cell_len(text) == len(text)
    if not narrow:
        return _any(text, width, hang)
    return _hanging(text, width) if hang else _standing(text, width)


def _hanging(text: str, width: int) -> list[int]:
    starts, at, end = [0], 0, len(text.rstrip(" "))
    while end - at > width:
        blank = text.rfind(" ", at, at + width + 1)
        if blank < 0 or not text[at:blank].strip(" "):
            at += width
        else:
            at = blank + 1
            while text[at] == " ":
                at += 1
        starts.append(at)
    return starts


def _standing(text: str, width: int) -> list[int]:
    starts, at = [0], 0
    while len(text) - at > width:
        limit = at + width
        if text[limit] == " ":  # the blanks behind this word have no room: it goes with them to the next line
            limit = at + len(text[at:limit].rstrip(" "))
        blank = text.rfind(" ", at, limit)
        at = blank + 1 if blank >= at and blank + 1 < len(text) else at + width
        starts.append(at)
    return starts


def _any(text: str, width: int, hang: bool) -> list[int]:
    """For letters of any width, word by word."""
    starts, used, place = [0], 0, 0
    *first, last = text.split(" ")
    for word, blank in [*((one, " ") for one in first), (last, "")]:
        chunk = word if hang else word + blank
        cells = cell_len(chunk)
        if used and used + cells > width:
            starts.append(place)
            used = 0
        if cells > width:
            for character in chunk:
                own = cell_len(character)
                if used + own > width:
                    starts.append(place)
                    used = 0
                used += own
                place += 1
        else:
            used += cells
            place += len(chunk)
        if hang:
            used += len(blank)
            place += len(blank)
    return list(dict.fromkeys(starts))
