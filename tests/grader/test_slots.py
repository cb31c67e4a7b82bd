"""Slots: every item is worked on once, however many there are, and whoever is killed."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from grader.batch.slots import side_by_side

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="slots are threads elsewhere")


def run(work: object, count: int, slots: int) -> list[str]:
    items = [str(number) for number in range(count)]
    return sorted(side_by_side(work, items, slots, "lost {}".format, lambda: None), key=str)


@pytest.mark.parametrize("slots", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 17])
def test_each_item_is_worked_on_once(count: int, slots: int) -> None:
    assert run("done {}".format, count, slots) == sorted(f"done {n}" for n in range(count))


def test_nothing_to_do_is_done_at_once() -> None:
    assert run("done {}".format, 0, 2) == []


def test_items_are_worked_on_side_by_side() -> None:
    def slow(item: str) -> str:
        time.sleep(0.5)
        return str(os.getpid())

    assert len(set(run(slow, 3, 3))) == 3


def test_a_slot_that_was_killed_is_replaced_and_its_item_tried_again(tmp_path: Path) -> None:
    def killed_once(item: str) -> str:
        there = tmp_path / item
        if item in "25" and not there.exists():
            there.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return f"done {item}"

    assert run(killed_once, 7, 2) == [f"done {n}" for n in range(7)]


def test_an_item_that_brings_its_slot_down_each_time_is_lost_and_no_other() -> None:
    def deadly(item: str) -> str:
        if item == "3":
            os._exit(1)
        return f"done {item}"

    expected = [f"done {n}" for n in range(7) if n != 3] + ["lost 3"]
    assert run(deadly, 7, 2) == expected


def test_a_long_answer_arrives_whole() -> None:
    assert run(lambda item: item * 3_000_000, 2, 2) == [n * 3_000_000 for n in "01"]


def test_slots_end_when_nobody_listens_any_more() -> None:
    def told(item: str) -> str:
        return str(os.getpid())

    answers = side_by_side(told, [str(n) for n in range(100)], 2, "lost {}".format, lambda: None)
    slots = {next(answers), next(answers)}
    answers.close()  # type: ignore[attr-defined]
    for slot in slots:
        with pytest.raises(ProcessLookupError):
            os.kill(int(slot), 0)
