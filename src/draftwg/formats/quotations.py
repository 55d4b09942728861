"""Quotations in what somebody says: each is masked by one character, so that what stands in it is never taken for a
part of the instruction."""

import re
from collections.abc import Iterator
from itertools import islice

MASK = "[\U00100000-\U0010fffd]"
"""The characters that mask quotations, as a pattern: of a plane that no text uses."""

_FIRST = 0x100000
_QUOTES = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'", "`": "`'", "”": "”"}
_OPENS = re.compile(f"[{''.join(map(re.escape, _QUOTES))}]")
_BLANKS = re.compile(r"[^\S\n]+")
_MOST_ENDS = 100  # so many places where a quotation may end are looked at
_GOES_ON = re.compile(
    r"[\s.,;:)]*(?:$|\n|[.,;:]\s|→|->|=>|>|(?:by|with|to|into|for|read|say|after|before|behind|insert|add|delete|and|in|on|at|"
    r"is|are|be|should|shall|becomes?|throughout|everywhere|wherever)\b)",
    re.IGNORECASE,
)
"""What may stand behind the end of a quotation: a single mark before anything else is an apostrophe ("the parties'
views").
"""


class Quotations:
    """What was said, blanks made single, with its quotations `masked`; `restored` brings them back."""

    def __init__(self, said: str) -> None:
        self._quoted: list[str] = []
        self.masked = "".join(self._mask(_BLANKS.sub(" ", re.sub(MASK, "", said))))

    def restored(self, masked: str) -> str:
        """A part of what was said, with its quotations in their marks."""
        return re.sub(MASK, lambda found: self._quoted[ord(found[0]) - _FIRST], masked).strip()

    def _mask(self, said: str) -> Iterator[str]:
        """Each quotation becomes one character. An apostrophe opens none."""
        at = 0
        while found := _OPENS.search(said, at):
            start = found.start()
            yield said[at:start]
            closing = _QUOTES[found[0]] if start == 0 or not said[start - 1].isalnum() else ""
            later = range(start + 1, len(said)) if closing else ()
            ends = islice((i for i in later if said[i] in closing and _closes(said, i)), _MOST_ENDS)
            end = next((i for i in ends if said[i] not in "'’" or _GOES_ON.match(said, i + 1)), -1)
            if end < 0 or not said[start + 1 : end].strip():
                yield said[start]
                at = start + 1
                continue
            self._quoted.append(said[start : end + 1])
            yield chr(_FIRST + len(self._quoted) - 1)
            at = end + 1
        yield said[at:]


def _closes(said: str, at: int) -> bool:
    """Whether a quotation may end here: an apostrophe inside a word does not end one."""
    return not said[at + 1 : at + 2].isalnum()
