"""Today's list against a second reading of the rules that was written from their text alone (tests/oracle)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from crowded_store import Crowd, cells_of, oracle_tables
from oracle.reminders import reminders

from dealer_xl.dealership.dataset import read_dataset
from dealer_xl.dealership.reminder_kinds import REMINDERS
from dealer_xl.dealership.reminders import reminders_of

DAYS = (date(2026, 3, 18), date(2024, 2, 29), date(2025, 10, 5), date(2026, 2, 28), date(2025, 8, 31))
CROWDS = tuple(Crowd(DAYS[seed % len(DAYS)], seed, working_days=seed % 4 == 3) for seed in range(80))

Task = tuple[object, ...]


def by_program(crowd: Crowd) -> Counter[Task]:
    dataset = read_dataset(cells_of(crowd.rows()), crowd.today)
    assert {issue.code for issue in dataset.issues} <= {"missing"}
    return Counter(
        (
            it.kind.code,
            it.record,
            it.earliest.date(),
            it.due.date(),
            it.overdue_days,
            it.archive_no or "",
            it.clerk or "",
            it.table.workbook,
            it.table.sheet,
            it.row,
            it.kind.rank,
        )
        for it in reminders_of(dataset)
    )


def by_second_reading(crowd: Crowd) -> Counter[Task]:
    settings = {"day_count": "工作日"} if crowd.working_days else {}
    keys = "kind record earliest due overdue_days archive_no clerk workbook sheet row rank"
    found = reminders(oracle_tables(crowd.rows()), settings, crowd.today)
    return Counter(tuple(task[key] for key in keys.split()) for task in found)


@pytest.mark.parametrize("crowd", CROWDS, ids=lambda it: f"{it.today} seed {it.seed}")
def test_the_list_of_the_day_is_that_of_the_second_reading(crowd: Crowd) -> None:
    again = Crowd(crowd.today, crowd.seed, crowd.cars, crowd.working_days)

    program, reading = by_program(crowd), by_second_reading(again)

    assert {"only the program": program - reading, "only the reading": reading - program} == {
        "only the program": Counter(),
        "only the reading": Counter(),
    }


def test_the_crowds_have_tasks_of_every_kind() -> None:
    listed = {
        task[0] for crowd in CROWDS[:40] for task in by_second_reading(Crowd(crowd.today, crowd.seed + 1000))
    }

    assert listed == {kind.code for kind in REMINDERS}
