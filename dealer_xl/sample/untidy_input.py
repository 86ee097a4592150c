"""Entries that are typed untidily and can be read all the same: no issue comes of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from datetime import date
from typing import TypeAlias

from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Cell, Row, Rows

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


Style: TypeAlias = Callable[[Cell], Cell]


def with_dots(cell: Cell) -> Cell:
    """Type a date as 2026.1.5."""
    return f"{cell.year}.{cell.month}.{cell.day}" if isinstance(cell, date) else cell


def in_words(cell: Cell) -> Cell:
    """Type a date as 2026年1月5日."""
    return f"{cell.year}年{cell.month}月{cell.day}日" if isinstance(cell, date) else cell


def without_marks(cell: Cell) -> Cell:
    """Type a date as 20260105."""
    return f"{cell:%Y%m%d}" if isinstance(cell, date) else cell


def full_width(cell: Cell) -> Cell:
    """Type digits with the Chinese keyboard's full width."""
    return str(cell).translate(FULL_WIDTH)


def in_groups(cell: Cell) -> Cell:
    """Type a mobile number in groups."""
    text = str(cell)
    return f"{text[:3]} {text[3:7]} {text[7:]}" if text.isdigit() else text


def after_city(cell: Cell) -> Cell:
    """Type a space after the plate's first two signs."""
    return f"{str(cell)[:2]} {str(cell)[2:]}"


def after_city_dotted(cell: Cell) -> Cell:
    """Type the dot that stands on the plate itself."""
    return f"{str(cell)[:2]}·{str(cell)[2:]}"


def in_small_letters(cell: Cell) -> Cell:
    """Type letters small."""
    return str(cell).lower()


def money_as_text(cell: Cell) -> Cell:
    """Type an amount as text with its thousands parted."""
    return f"{cell:,.2f}" if isinstance(cell, float) else cell


def km_as_text(cell: Cell) -> Cell:
    """Type kilometres as text with their thousands parted."""
    return f"{cell:,}" if isinstance(cell, int) else cell


STYLES: tuple[tuple[str, str, tuple[Style, ...]], ...] = (
    ("Customers", "bought_on", (with_dots, in_words, without_marks)),
    ("Customers", "phone", (full_width, in_groups)),
    ("Customers", "plate", (after_city, after_city_dotted, in_small_letters)),
    ("Customers", "vin", (in_small_letters,)),
    ("Visits", "came_on", (with_dots, in_words, without_marks)),
    ("Visits", "amount", (money_as_text,)),
    ("Visits", "km", (km_as_text,)),
    ("Calls", "called_on", (with_dots, in_words, without_marks)),
    ("Calls", "phone", (full_width, in_groups)),
    ("Letters", "sent_on", (with_dots, in_words)),
)


def make_untidy(dice: random.Random, rows: Rows, taken: Collection[tuple[str, int]]) -> None:
    """Retype some cells; rows that play a part in a mistake are left alone."""
    for table, key, styles in STYLES:
        free = [row for place, row in enumerate(rows[table]) if (table, place) not in taken]
        _retype(dice, free, key, styles, number_of(len(rows["Customers"]), 0.003, 2))


def _retype(dice: random.Random, free: list[Row], key: str, styles: tuple[Style, ...], count: int) -> None:
    """Retype one column's cells in so many rows."""
    for row in dice.sample(free, min(count, len(free))):
        row[key] = dice.choice(styles)(row[key])
