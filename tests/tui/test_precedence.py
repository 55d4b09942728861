"""The screen's thread comes first, and nobody is kept out by it."""

import asyncio
import sys
import threading
import time

from draftwg.tui.precedence import FirstLoop, give_way


def test_the_others_wait_while_it_works_and_it_does_not_wait_for_them() -> None:
    """A thread that computes without end: the loop has its turns, and the other goes on whenever the loop waits."""
    before = sys.getswitchinterval()
    counted, done = [0], threading.Event()

    def counting() -> None:
        while not done.is_set():
            counted[0] += 1

    async def working() -> list[int]:
        found, start = [], time.monotonic()
        for _ in range(20):
            assert sys.getswitchinterval() > before
            found.append(counted[0])
            await asyncio.sleep(0.005)
            give_way()
        assert time.monotonic() - start < 5
        return found

    other = threading.Thread(target=counting)
    other.start()
    try:
        with asyncio.Runner(loop_factory=FirstLoop) as runner:
            found = runner.run(working())
    finally:
        done.set()
        other.join()
        sys.setswitchinterval(before)
    assert found == sorted(found) and found[-1] > found[0]


async def test_in_another_loop_it_changes_nothing() -> None:
    """The projection, and every test: threads take turns as ever."""
    before = sys.getswitchinterval()
    give_way()
    assert sys.getswitchinterval() == before
