"""Button 登记结果: turn the filled lines of 今日必做 into records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.booking import Booked, Booking, Skipped, book_lines, written_keys
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.parsed_table import parse_table
from dealer_xl.dealership.tables import TODAY
from dealer_xl.jobs.row_headings import to_headings
from dealer_xl.schema import Table


@dataclass(frozen=True)
class Recorded:
    """One reason that was booked, and the row in which it stands."""

    booked: Booked
    row: int


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
    recorded = [
        Recorded(each, new_rows[each.table][each.place] if each.is_new else each.place)
        for each in booking.booked
    ]
    return Registered(recorded, booking.skipped, context.save("book", keep=dataset.settings.backup_keep))


def _append(context: Context, dataset: Dataset, booking: Booking) -> dict[Table, list[int]]:
    """Append the new rows; return the ids of each table's."""
    new_rows = {}
    for table, rows in booking.rows.items():
        kept = list(written_keys(rows, table, dataset.absent.get(table.name, frozenset())))
        new_rows[table] = context.table(table).append_rows(to_headings(table, kept))
    return new_rows
