"""The rules over several cells, all in one list, and what they find.

A new rule is a function from the dataset to a mask over the table's rows and an entry in the list of its table's
module. Rules see wrong cells as blank and are silent on what another issue covers.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def with_rule_issues(dataset: Dataset) -> Dataset:
    """Add what the rules find to a dataset; a cell that breaks one by an error is blank from then on."""
    found = apply_rules(dataset)
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
