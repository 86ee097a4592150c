"""The rules over several cells: each is a row of RULES, and a mask that says which rows break it.

A new rule is a function from the desk to a mask over the table's rows, an entry in RULES and its
sentence in `issues.MESSAGES`. Rules see wrong cells as blank, so they are silent on what another issue covers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership import follow_ups
from dealer_xl.dealership.desk import Desk
from dealer_xl.dealership.issues import WARNING, Issue, says
from dealer_xl.dealership.settings import Settings
from dealer_xl.dealership.tables import BY_NAME


@dataclass(frozen=True)
class Rule:
    """A rule over several cells of a row."""

    code: str  # its sentence stands in issues.MESSAGES
    table: str
    looks_at: tuple[str, ...]  # the first gets the colour
    broken: Callable[[Desk], pd.Series]  # yes or no for each row of the table
    words: Callable[[Settings], Mapping[str, object]] = lambda _: {}
    severity: str = WARNING


def archived_late(desk: Desk) -> pd.Series:
    """Find customers archived more than `archive_days` after they came (AR-02)."""
    customers = desk.tables["Customers"]
    return customers["archived_on"] > desk.calendar.later(customers["came_on"], desk.settings.archive_days)


def first_call_early(desk: Desk) -> pd.Series:
    """Find first follow-up calls before `first_call_from` days after the car left (FC-01)."""
    calls = follow_ups.first_calls(desk)
    return calls["called_on"] < calls["earliest"]


def first_call_late(desk: Desk) -> pd.Series:
    """Find orders' earliest first follow-up calls after `first_call_to` days (FC-01)."""
    calls = follow_ups.first_calls(desk)
    return (calls["called_on"] > calls["due"]) & calls["is_earliest"]


def second_call_early(desk: Desk) -> pd.Series:
    """Find second follow-up calls before `second_call_from` days after the first was answered (FC-02)."""
    calls = follow_ups.second_calls(desk)
    return calls["called_on"] < calls["earliest"]


def second_call_late(desk: Desk) -> pd.Series:
    """Find orders' earliest second follow-up calls after `second_call_to` days (FC-02)."""
    calls = follow_ups.second_calls(desk)
    return (calls["called_on"] > calls["due"]) & calls["is_earliest"]


def _first_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.first_call_from, "end": settings.first_call_to}


def _second_window(settings: Settings) -> Mapping[str, object]:
    return {"start": settings.second_call_from, "end": settings.second_call_to}


RULES = (
    Rule(
        "archive-late",
        "Customers",
        ("archived_on", "came_on"),
        archived_late,
        lambda settings: {"days": settings.archive_days},
    ),
    Rule("first-call-early", "Calls", ("called_on", "order_no"), first_call_early, _first_window),
    Rule("first-call-late", "Calls", ("called_on", "order_no"), first_call_late, _first_window),
    Rule("second-call-early", "Calls", ("called_on", "order_no"), second_call_early, _second_window),
    Rule("second-call-late", "Calls", ("called_on", "order_no"), second_call_late, _second_window),
)


def apply_rules(desk: Desk, rules: tuple[Rule, ...] = RULES) -> tuple[Issue, ...]:
    """Find every row that breaks a rule."""
    return tuple(issue for rule in rules for issue in _found(desk, rule))


def _found(desk: Desk, rule: Rule) -> Iterator[Issue]:
    table = BY_NAME[rule.table]
    column = rule.looks_at[0]
    covered = desk.wrong[rule.table][list(rule.looks_at)].any(axis=1)
    broken = rule.broken(desk).reindex(covered.index, fill_value=False) & ~covered
    sentence = says(rule.code, **rule.words(desk.settings))
    for row, value in desk.tables[rule.table].loc[broken, column].items():
        shown = value.date() if isinstance(value, pd.Timestamp) else value
        yield Issue(table, int(row), column, rule.code, shown, sentence, rule.severity)  # type: ignore[call-overload]
