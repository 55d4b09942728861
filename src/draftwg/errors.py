"""What can go wrong, as one short tree. Every error reads as one clear line and says what to do next.

DraftwgError                  exit status 2
├── BadInput                  a file, an argument or a request cannot be read
├── OutOfOrder                an act is against the rules of procedure or the state of the text
├── NotAMeeting               the folder is no meeting
├── Damaged                   the meeting's record or repository cannot be read as it should
├── NotRecorded               the disk or git refused; nothing was recorded
│   └── DiskFull              there was no room
└── NotSynced                 another machine or its folder cannot be reached or refused; what was recorded here stands
"""


class DraftwgError(Exception):
    """Base of all errors meant for a person; `message` is one line, `hint` says what to do next, `rule` names the
    rule because of which it is refused ("" where there is none, as with a file that cannot be read)."""

    def __init__(self, message: str, hint: str = "", *, rule: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.rule = rule

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class BadInput(DraftwgError):
    """A file, an argument or a request that cannot be taken."""


class OutOfOrder(DraftwgError):
    """An act that the rules or the state of the text do not allow; it always names its rule."""

    def __init__(self, message: str, hint: str = "", *, rule: str) -> None:
        super().__init__(message, hint, rule=rule)


class NotAMeeting(DraftwgError):
    """The folder holds no meeting."""


class Damaged(DraftwgError):
    """Something in the meeting's folder cannot be read as it should."""


class NotRecorded(DraftwgError):
    """The disk or git refused the act; nothing was recorded."""


class DiskFull(NotRecorded):
    """There is no room on the disk; nothing was recorded."""


class NotSynced(DraftwgError):
    """What is recorded here could not be exchanged with another machine; it stands here all the same."""
