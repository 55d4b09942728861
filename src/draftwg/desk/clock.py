"""Time and identity: the only place that asks for the clock or for randomness."""

import base64
import secrets
from datetime import datetime


def now() -> str:
    """The time now, local, with its offset to UTC, to the second (ISO 8601)."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def new_id() -> str:
    """A permanent id: 80 random bits as 16 lower-case letters and digits."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
