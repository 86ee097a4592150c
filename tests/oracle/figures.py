"""Every figure of a period (section 8): value, numerator, denominator, and what it lacks."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from oracle import figures_of_calls, figures_of_customers, figures_of_registers, figures_of_visits
from oracle.cells import text
from oracle.figures_of_visits import own_value
from oracle.period import Figure, Period, Rules
from oracle.shop import Columns, Shop, Tables, open_shop

RULES: Rules = {
    **figures_of_visits.RULES,
    **figures_of_calls.RULES,
    **figures_of_customers.RULES,
    **figures_of_registers.RULES,
}


def measure(period: Period) -> dict[str, Figure]:
    """Return every figure of a period, the shop's own as "own:" and its name."""
    found = {}
    for code, (needs, rule) in RULES.items():
        lacks = tuple(period.shop.lacks(needs))
        found[code] = Figure(None, lacks=lacks) if lacks else rule(period)
    for name in sorted({text(row, "指标") for row in period.shop.rows("OwnFigures")} - {""}):
        found[f"own:{name}"] = Figure(own_value(period, name))
    return found


def figures(
    tables: Tables,
    settings: Mapping[str, object],
    days: tuple[date, date],
    until: date | None = None,
    columns: Columns | None = None,
) -> dict[str, Figure]:
    """Return every figure of the days (start, end), judged up to `until` (its end by default), both included.

    Raises ValueError for a period that has not begun: it "is refused with a sentence".
    """
    start, end = days
    last = min(end, until or end)
    if last < start:
        raise ValueError(f"the period from {start} has not begun on {last}")
    return measure(Period(open_shop(tables, settings, last, columns), start, end, last))


def pro_rata(shop: Shop, target: Fraction, start: date, end: date, until: date) -> Fraction:
    """Return a flow's target of a period that still runs: "a target of a flow … is taken pro rata by open days"."""
    all_days = shop.calendar.open_days(start, end)
    passed = shop.calendar.open_days(start, min(end, until))
    return target * passed / all_days if all_days else target
