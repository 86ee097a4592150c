"""Button 登记结果: turn the filled lines of 今日必做 into records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.booking import Booked, Booking, Skipped, book_lines, written_keys
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.parsed_table import parse_table
from dealer_xl.dealership.tables import TODAY
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.schema import Table
from dealer_xl.table_sources import Place


@dataclass(frozen=True)
class Recorded:
    """One reason that was booked, and where its record stands."""

    booked: Booked
    place: Place


@dataclass(frozen=True)
class Registered:
    """What `book_results` wrote, and what it left."""

    recorded: Sequence[Recorded]
    skipped: Sequence[Skipped]
    files: Sequence[PurePath]


def book_results(context: Context) -> Registered:
    """Book every filled line of 今日必做 once: all of it in one save, which `undo` takes back."""
    dataset = context.dataset()
    sheet = context.table(TODAY)

    booking = book_lines(dataset, parse_table(sheet.read().frame, TODAY, context.today))

    new_rows = _append(context, dataset, booking)
    for (table, key), values in booking.cells.items():
        if table.heading(key) not in dataset.absent.get(table.name, frozenset()):
            context.table(table).write_cells(table.heading(key), values)  # type: ignore[arg-type]  # cells by their schema
    if booking.origins:
        sheet.write_cells(TODAY.heading("origin"), booking.origins)
    recorded = [Recorded(each, _place_of(context, each, new_rows)) for each in booking.booked]
    return Registered(recorded, booking.skipped, context.save("book", keep=dataset.settings.backup_keep))


def _append(context: Context, dataset: Dataset, booking: Booking) -> dict[Table, Sequence[int]]:
    """Append the new rows; return the rows of each table's."""
    new_rows: dict[Table, Sequence[int]] = {}
    for table, rows in booking.rows.items():
        kept = list(written_keys(rows, table, dataset.absent.get(table.name, frozenset())))
        new_rows[table] = context.table(table).append_rows(to_headings(table, kept))
    return new_rows


def _place_of(context: Context, booked: Booked, new_rows: Mapping[Table, Sequence[int]]) -> Place:
    row = new_rows[booked.table][booked.place] if booked.is_new else booked.place
    return context.table(booked.table).place_of(row)
