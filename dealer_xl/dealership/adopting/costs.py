"""What a shop goes without where its sheet lacks a column: figures, kinds of reminders, letters."""

from __future__ import annotations

from functools import cache

from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.reminder_kinds import REMINDERS
from dealer_xl.schema import Table

MOST_NAMED = 3
FOR_LETTERS = {"Customers": {"name", "address", "consent"}}


def costs_of(table: Table, key: str) -> str:
    """Return in words what is not to be had without a column; blank where nothing depends on it."""
    return "；".join(filter(None, _costs(table.name, key)))


@cache
def _costs(table: str, key: str) -> tuple[str, ...]:
    name = f"{table}.{key}"
    figures = tuple(dict.fromkeys(kpi.label for kpi in KPIS if name in kpi.reads))
    reminders = tuple(dict.fromkeys(kind.label for kind in REMINDERS if name in kind.reads))
    letters = "不能生成信函" if key in FOR_LETTERS.get(table, ()) else ""
    return _listed("没有指标", figures), _listed("不提醒", reminders), letters


def _listed(head: str, names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f"等{len(names)}项" if len(names) > MOST_NAMED else ""
    return f"{head}：{'、'.join(names[:MOST_NAMED])}{more}"
