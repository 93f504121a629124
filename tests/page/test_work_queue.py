"""The queue: fair, bounded, and busy rather than silent."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from chatbot.page.access.turns import Turns
from chatbot.page.work_queue import LEFT, VISITOR, BusyError, WorkQueue
from tests.page.visiting import run


def test_so_many_at_a_time_and_first_come_first_served() -> None:
    running, most, order = 0, 0, []

    def work(number: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        order.append(number)
        time.sleep(0.02)
        running -= 1
        return number

    async def all_at_once() -> list[int]:
        queue = WorkQueue(2, 50, 10)
        return await asyncio.gather(*[queue.run(work, n) for n in range(12)])

    assert run(all_at_once()) == list(range(12))
    assert most == 2 and sorted(order) == order or max(abs(a - n) for n, a in enumerate(order)) <= 1


def test_beyond_the_queue_it_is_busy_at_once() -> None:
    async def many() -> list[object]:
        queue = WorkQueue(1, 2, 10)
        return await asyncio.gather(*[queue.run(time.sleep, 0.05) for _ in range(5)], return_exceptions=True)

    found = run(many())
    assert sum(isinstance(f, BusyError) for f in found) == 2


def test_nobody_waits_for_ever() -> None:
    async def two() -> None:
        queue = WorkQueue(1, 5, 0.05)
        slow = asyncio.create_task(queue.run(time.sleep, 0.3))
        await asyncio.sleep(0.01)
        with pytest.raises(BusyError):
            await queue.run(time.sleep, 0)
        await slow
        assert await queue.run(lambda: "free again") == "free again" and queue.queued == 0

    run(two())


async def asked_by(queue: WorkQueue, visitor: str | None, order: list[str | None]) -> None:
    """A question of this visitor's, told in the order of the answers."""
    VISITOR.set(visitor)
    await queue.run(order.append, visitor)


def test_one_who_floods_it_keeps_nobody_waiting() -> None:
    order: list[str | None] = []
    people = [f"198.51.100.{number}" for number in range(30)]

    async def flooded() -> list[object]:
        queue, hold = WorkQueue(1, 50, 10), threading.Event()
        busy = asyncio.create_task(queue.run(hold.wait))
        flood = [asyncio.create_task(asked_by(queue, "203.0.113.9", order)) for _ in range(500)]
        await asyncio.sleep(0)
        asking = [asyncio.create_task(asked_by(queue, person, order)) for person in people]
        await asyncio.sleep(0)
        hold.set()
        await asyncio.gather(busy, *asking)
        return await asyncio.gather(*flood, return_exceptions=True)

    flood = run(flooded())
    assert sum(isinstance(told, BusyError) for told in flood) == 500 - 50 // 4
    assert order == ["203.0.113.9", *people, *["203.0.113.9"] * (50 // 4 - 1)]


def test_this_machine_may_fill_the_queue_for_a_proxy_may_hide_everybody_behind_it() -> None:
    order: list[str | None] = []

    async def all_at_once() -> None:
        queue = WorkQueue(1, 20, 10)
        await asyncio.gather(*[asked_by(queue, None, order) for _ in range(21)])

    run(all_at_once())
    assert len(order) == 21


def test_a_turn_given_up_in_the_moment_it_comes_is_not_lost() -> None:
    async def given_up() -> None:
        turns = Turns(1)
        await turns.take("a")
        first, second = (asyncio.create_task(turns.take(visitor)) for visitor in ("b", "c"))
        await asyncio.sleep(0)
        turns.give_back()  # to the first
        first.cancel()
        await asyncio.wait_for(second, 10)
        turns.give_back()
        await asyncio.wait_for(turns.take("d"), 10)
        assert first.cancelled() and not any(turns.waiting(visitor) for visitor in "abcd")

    run(given_up())


def test_a_failure_gives_its_place_back() -> None:
    async def fails_then_works() -> str:
        queue = WorkQueue(1, 5, 1)
        with pytest.raises(ZeroDivisionError):
            await queue.run(lambda: 1 / 0)
        return await queue.run(lambda: "ok")

    assert run(fails_then_works()) == "ok"


def test_no_work_is_done_for_who_has_left() -> None:
    done: list[str] = []

    async def has_left() -> bool:
        return True

    async def waits_and_leaves() -> None:
        queue = WorkQueue(1, 5, 10)
        LEFT.set(has_left)
        with pytest.raises(BusyError):
            await queue.run(done.append, "for nobody")
        LEFT.set(None)
        await queue.run(done.append, "for somebody")

    run(waits_and_leaves())
    assert done == ["for somebody"]
