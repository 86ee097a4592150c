"""How results become rows and notes of sheets, the same for every job."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dealer_xl.context import Context
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.office.protocols import Cell
from dealer_xl.schema import Table


def to_headings(table: Table, rows: Iterable[Mapping[str, object]]) -> list[dict[str, Cell]]:
    """Return rows with the headings of the sheet in the place of keys."""
    return [{table.heading(key): value for key, value in row.items()} for row in rows]  # type: ignore[misc]  # cells by their schema


def shop_words(context: Context, dataset: Dataset) -> dict[str, str]:
    """Return the shop's name, address and phone; without a setting its folder bears its name."""
    settings = dataset.settings
    return {
        "name": settings.filled("store_name") or context.store.name,
        "address": settings.filled("store_address"),
        "phone": settings.filled("store_phone"),
    }


def note_line(context: Context, dataset: Dataset, words: str) -> str:
    """Return the line under a title: whose sheet it is, what it shows, and when it was written."""
    return f"{shop_words(context, dataset)['name']} · {words} · {context.now:%Y-%m-%d %H:%M} 生成"
