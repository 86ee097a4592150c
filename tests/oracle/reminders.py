"""Every task of a day (section 7): one dict a task, one function a kind."""

from collections.abc import Mapping
from datetime import date

from oracle import events, tasks_of_calls, tasks_of_customers, tasks_of_registers
from oracle.shop import Columns, Shop, Tables, open_shop
from oracle.tasks import Rule, Task

RULES: tuple[Rule, ...] = (
    *tasks_of_registers.RULES,
    *tasks_of_calls.RULES,
    *tasks_of_customers.RULES,
    *events.RULES,
)


def tasks_of(shop: Shop) -> list[Task]:
    """Return the tasks of a shop, kind by kind."""
    return [task for rule in RULES for task in rule(shop)]


def reminders(
    tables: Tables, settings: Mapping[str, object], today: date, columns: Columns | None = None
) -> list[Task]:
    """Return the tasks of the day by rank, due day, kind and record.

    Keys: kind, record, earliest, due, overdue_days, archive_no, clerk, workbook, sheet, row, rank.
    """
    found = tasks_of(open_shop(tables, settings, today, columns))
    return sorted(
        found,
        key=lambda task: (
            str(task["rank"]).zfill(2),
            str(task["due"]),
            str(task["kind"]),
            str(task["record"]),
        ),
    )
