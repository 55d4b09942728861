"""What can wait is done when no key is on its way, and is not put off for ever."""

import threading
import time

from draftwg.tui.pauses import Pauses


def test_one_who_waits_is_let_on_in_a_pause() -> None:
    pauses, done = Pauses(), threading.Event()
    pauses.pressed()
    thread = threading.Thread(target=lambda: (pauses.wait(0.3, 30), done.set()))
    thread.start()
    for _ in range(10):
        pauses.pressed()
        time.sleep(0.05)
        assert not done.is_set()
    thread.join(timeout=10)
    assert done.is_set()
    assert pauses.length >= 0.3


def test_keys_that_never_rest_hold_up_nobody_for_long() -> None:
    pauses, done = Pauses(), threading.Event()
    pauses.pressed()
    threading.Thread(target=lambda: (pauses.wait(30, 0.2), done.set())).start()
    assert done.wait(10)
    assert pauses.length < 10


def test_where_nobody_types_nobody_waits() -> None:
    start = time.monotonic()
    Pauses().wait(0.5, 30)
    assert time.monotonic() - start < 0.4
