"""The rules over several cells, all in one list, and what they find.

A new rule is a function from the dataset to a mask over the table's rows and an entry in the list of its table's
module. Rules see wrong cells as blank and are silent on what another issue covers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import pandas as pd

from dealer_xl.dealership.archive_rules import ARCHIVE_RULES
from dealer_xl.dealership.call_rules import CALL_RULES
from dealer_xl.dealership.complaint_rules import COMPLAINT_RULES
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.date_rules import DATE_RULES
from dealer_xl.dealership.issues import ERROR, Issue
from dealer_xl.dealership.letter_rules import LETTER_RULES
from dealer_xl.dealership.record_rules import RECORD_RULES
from dealer_xl.dealership.rule import Rule
from dealer_xl.dealership.staff_rules import STAFF_RULES
from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.dealership.visit_rules import VISIT_RULES

ALWAYS = ("Settings", "Calendar", "Staff")
"""The tables that every judgement rests on."""

RULES = (
    *ARCHIVE_RULES,
    *VISIT_RULES,
    *CALL_RULES,
    *COMPLAINT_RULES,
    *LETTER_RULES,
    *RECORD_RULES,
    *DATE_RULES,
    *STAFF_RULES,
)


def apply_rules(dataset: Dataset, rules: tuple[Rule, ...] = RULES) -> tuple[Issue, ...]:
    """Find every row that breaks a rule; a rule that reads a column which the shop does not keep is silent."""
    return tuple(issue for rule in rules if not dataset.lacks(rule.reads) for issue in _found(dataset, rule))


def judged_together(names: Collection[str]) -> frozenset[str]:
    """Return some tables with all without which a cell of theirs could not be judged: referred to, or read by a rule about errors."""
    needed = {*names, *ALWAYS}
    while more := {each for name in needed for each in _judges(name)} - needed:
        needed |= more
    return frozenset(needed)


def rules_of(kept: Collection[str]) -> tuple[Rule, ...]:
    """Return the rules that read only tables which are kept and were read."""
    return tuple(rule for rule in RULES if _tables_of(rule) <= set(kept))


def _judges(name: str) -> set[str]:
    referred = {column.refers_to for column in BY_NAME[name].columns if column.refers_to}
    rules = (rule for rule in RULES if rule.table == name and rule.severity == ERROR)
    return (referred | {each for rule in rules for each in _tables_of(rule)}) & BY_NAME.keys()


def _tables_of(rule: Rule) -> set[str]:
    return {name.partition(".")[0] for name in rule.reads}


def with_rule_issues(dataset: Dataset, rules: tuple[Rule, ...] = RULES) -> Dataset:
    """Add what the rules find to a dataset; a cell that breaks one by an error is blank from then on."""
    found = apply_rules(dataset, rules)
    error_masks = {name: rows.copy() for name, rows in dataset.error_masks.items()}
    for issue in found:
        if issue.severity == ERROR:
            error_masks[issue.table.name].loc[issue.row, issue.column] = True
    tables = {name: rows.mask(error_masks[name]) for name, rows in dataset.tables.items()}
    return replace(dataset, tables=tables, error_masks=error_masks, issues=(*dataset.issues, *found))


def _found(dataset: Dataset, rule: Rule) -> Iterator[Issue]:
    table, rows = BY_NAME[rule.table], dataset.tables[rule.table]
    covered = dataset.error_masks[rule.table][rule.silencing].any(axis=1)
    broken = rule.broken(dataset).reindex(covered.index, fill_value=False) & ~covered
    sentence = rule.message.format(**rule.words(dataset.settings))
    for row, cells in rows[broken].to_dict("index").items():
        blank = (key for key in rule.one_of if pd.isna(cells[key]))
        column = next(blank, rule.looks_at[0])
        yield Issue(table, int(row), column, rule.code, _shown(cells[column]), sentence, rule.severity)  # type: ignore[call-overload]


def _shown(value: object) -> object:
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if pd.isna(value) else value  # type: ignore[call-overload]
