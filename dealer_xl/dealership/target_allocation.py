"""How a year's target becomes the numbers of its months, quarters and the year.

What adds up (revenue, cars, letters, trainings) is shared out so that the months make exactly the year's target; a
share, a mean or a level must hold in each month as in the year.

- By the days on which the shop works: so each month asks the same of a day, and a short February asks less.
- What happens less than once a working day is no daily affair but one of appointments: it goes evenly over the
  months, in whole numbers, each at the end of its part of the year; four lectures (LE-09) fall on the quarters' last
  months.
- A whole of parts (TB-09) is their sum in each month, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import TypeAlias

from dealer_xl.dealership.figure_names import YUAN
from dealer_xl.dealership.kpi import Kpi

MONTHS = tuple(f"month_{place}" for place in range(1, 13))
QUARTERS = tuple(f"quarter_{place}" for place in range(1, 5))
WHOLE = "whole_year"
FIGURES = (*MONTHS, *QUARTERS, WHOLE)
"""The keys of the numbers in a row of 月度分解."""

MONEY_STEPS = (10_000, 100, 1)
COUNT_STEPS = (100, 1)
"""What is shared out in one piece, in hundredths: a hundred yuan or one car; finer where that leaves a rest."""

Figures: TypeAlias = Mapping[str, float | None]
"""The numbers of one row; None for an empty cell."""

EMPTY: Figures = dict.fromkeys(FIGURES)


def completed(
    kpi: Kpi, target: float, days: Sequence[int], typed: Figures, parts: Sequence[Figures] = ()
) -> Figures:
    """Fill the cells that staff left empty, so that the year makes its target where there is room for it.

    `days` are the working days of the twelve months; `parts` the rows that make up a whole.
    """
    if not kpi.adds_up:
        return {key: target if typed[key] is None else typed[key] for key in FIGURES}
    months = {key: hundredths(value) for key in MONTHS if (value := typed[key]) is not None}
    if not months and (made := _made_by(parts, target)):
        return _summed(made)
    rest = max(hundredths(target) - sum(months.values()), 0)
    empty = [place for place, key in enumerate(MONTHS) if key not in months]
    shares = share_out(rest, [days[place] for place in empty], money=kpi.unit == YUAN)
    return _summed(months | {MONTHS[place]: share for place, share in zip(empty, shares, strict=True)})


def share_out(whole: int, days: Sequence[int], *, money: bool) -> list[int]:
    """Share hundredths out over months by their working days, in the coarsest step that leaves no rest.

    What is rounded off goes on to the next month: each month lies within one step of its exact part, and so do the
    months up to it together.
    """
    if not days:
        return []
    step = next(step for step in (MONEY_STEPS if money else COUNT_STEPS) if whole % step == 0)
    weights = list(days) if money or whole >= 100 * sum(days) else [min(day, 1) for day in days]
    if not any(weights):  # a shop that never works: the calendar says nothing
        weights = [1] * len(days)
    pieces, total = whole // step, sum(weights)
    marks = [pieces * passed // total for passed in accumulate(weights)]
    return [step * (mark - before) for before, mark in pairwise((0, *marks))]


def hundredths(value: float) -> int:
    """Count a number in whole hundredths, as exact as it is written."""
    return int((Decimal(repr(value)) * 100).to_integral_value(ROUND_HALF_UP))


def _made_by(parts: Sequence[Figures], target: float) -> dict[str, int] | None:
    """Add up the parts month by month, if together they make the target."""
    if any(part[key] is None for part in parts for key in MONTHS):
        return None
    made = {key: sum(hundredths(part[key] or 0) for part in parts) for key in MONTHS}
    return made if parts and sum(made.values()) == hundredths(target) else None


def _summed(months: Mapping[str, int]) -> Figures:
    """Put the sums of the quarters and the year to the months, all out of hundredths."""
    shares = [months[key] for key in MONTHS]
    quarters = {key: sum(shares[3 * place : 3 * place + 3]) for place, key in enumerate(QUARTERS)}
    return {key: share / 100 for key, share in {**months, **quarters, WHOLE: sum(shares)}.items()}
