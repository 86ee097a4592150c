"""The results of today's list are booked once, on any host, and undone as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import NOW, rows_of

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.tables import CALLS, TODAY
from dealer_xl.frontends.results.book import book
from dealer_xl.requests import BookRequest


@pytest.fixture(params=["memory", "files"])
def listed(request: pytest.FixtureRequest) -> Context:
    """Return a store with today's list, in memory and on files."""
    context: Context = (
        request.getfixturevalue("memory_context")
        if request.param == "memory"
        else Context.of_folder(request.getfixturevalue("folder"), NOW)
    )
    jobs.list_today(context)
    return context


def fill(context: Context, line: int, **cells: str) -> None:
    """Type into a line of the list."""
    sheet = context.store.workbook(TODAY.workbook)
    for key, value in cells.items():
        sheet.write_cells(TODAY, TODAY.heading(key), {line: value})
    context.save("typed")


def line_of(context: Context, kind: str, place: int = 0) -> int:
    """Find a line of one reason only."""
    rows = context.store.workbook(TODAY.workbook).read_table(TODAY)
    return int(rows.index[rows["事项"] == kind][place])


def origins(context: Context) -> set[str]:
    return {str(row["出处"]) for row in rows_of(context, TODAY)}


def test_a_filled_line_becomes_a_call_and_is_gone_from_the_next_list(listed: Context) -> None:
    line = line_of(listed, "第一次跟踪")
    origin = str(listed.store.workbook(TODAY.workbook).read_table(TODAY).loc[line, "出处"])
    fill(listed, line, done="接通", points="很满意")

    registered = jobs.book_results(listed)

    (recorded,) = registered.recorded
    call = listed.store.workbook(CALLS.workbook).read_table(CALLS).loc[recorded.place.row]
    assert (call["登记号"], call["通话结果"], call["通话要点"]) == (recorded.booked.record, "接通", "很满意")
    jobs.list_today(listed)
    assert origin not in origins(listed)


def test_a_line_is_booked_once(listed: Context) -> None:
    fill(listed, line_of(listed, "第一次跟踪"), done="未接")
    jobs.book_results(listed)
    calls = len(rows_of(listed, CALLS))

    again = jobs.book_results(listed)

    assert [each.reason for each in again.skipped] == ["already-booked"]
    assert len(rows_of(listed, CALLS)) == calls


def test_a_new_list_keeps_what_is_typed_and_not_booked(listed: Context) -> None:
    fill(listed, line_of(listed, "第一次跟踪"), points="说稍后再打")

    jobs.list_today(listed)

    assert [row["通话要点"] for row in rows_of(listed, TODAY) if "通话要点" in row] == ["说稍后再打"]


def test_the_outcome_names_each_record_and_each_line_that_was_left(listed: Context) -> None:
    line = line_of(listed, "第一次跟踪")
    fill(listed, line, done="接通")
    other = line_of(listed, "第一次跟踪", 1)
    fill(listed, other, done="已办")

    outcome = book(BookRequest(Path()), listed)

    (booked,), (skipped,) = outcome.data["booked"], outcome.data["skipped"]
    assert (booked["line"], booked["kind"], booked["sheet"]) == (line, "first-follow-up", "电话登记")
    assert set(booked) == {"line", "kind", "task", "record", "workbook", "sheet", "row"}
    assert (skipped["line"], skipped["reason"]) == (other, "result-does-not-fit")
    assert set(skipped) == {"line", "reason", "says"}


def test_undo_takes_all_of_it_back(folder: Path) -> None:
    context = Context.of_folder(folder, NOW)
    jobs.list_today(context)
    fill(context, line_of(context, "第一次跟踪"), done="接通", complaint="是", consent="拒绝")
    before = {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}
    assert jobs.book_results(context).recorded

    jobs.undo_last(Context.of_folder(folder, NOW))

    assert {path.name: path.read_bytes() for path in folder.glob("*.xlsx")} == before
