"""Work beside the screen: on a thread of its own, so that no key waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar, cast

Result = TypeVar("Result")


async def in_background(work: Callable[[], Result]) -> Result:
    """What `work` gives, or the error that it raises, from a thread that keeps nobody waiting: the program may end
    while it hangs."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Result] = loop.create_future()

    def settle(result: Result | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(cast("Result", result))

    def working() -> None:
        result: Result | None = None
        wrong: BaseException | None = None
        try:
            result = work()
        except BaseException as error:
            wrong = error
        try:
            loop.call_soon_threadsafe(settle, result, wrong)
        except RuntimeError:
            return  # the console has been left

    threading.Thread(target=working, daemon=True).start()
    return await future
