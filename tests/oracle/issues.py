"""Every issue over several cells (section 6)."""

from collections.abc import Mapping
from datetime import date

from oracle import issues_of_archive, issues_of_calls, issues_of_registers, issues_of_visits
from oracle.findings import Check, Issue
from oracle.shop import Columns, Tables, open_shop

CHECKS: tuple[Check, ...] = (
    *issues_of_archive.CHECKS,
    *issues_of_visits.CHECKS,
    *issues_of_calls.CHECKS,
    *issues_of_registers.CHECKS,
)


def issues(
    tables: Tables, settings: Mapping[str, object], today: date, columns: Columns | None = None
) -> set[Issue]:
    """Return (table, Excel row, heading, code) of every finding; "_errors" of a row names cells wrong by themselves."""
    shop = open_shop(tables, settings, today, columns)
    return {found for check in CHECKS for found in check(shop)}
