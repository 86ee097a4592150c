"""The target check: whether the targets of a year fit each other (domain notes, section 4, points 3 and 4).

The sources' own targets do not. The clash is told with its numbers and with what each target would have to be,
never mended: which of them the shop means, the shop knows. A check of which a target is missing is silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dealer_xl.dealership.figure_names import FIGURE_NAMES, PERCENT, YUAN

TOLERANCE = 0.05
"""Rates are round numbers (800 yuan a car, 20 cars a day): what they make together is sure to a twentieth at best."""

SUMS = {"revenue_total": ("revenue_insurance", "revenue_workshop")}
"""A whole and the parts that make it up by definition (KP-01, TB-09): these must fit to the yuan."""


@dataclass(frozen=True)
class Finding:
    """Something about the targets that staff should look at."""

    codes: tuple[str, ...]  # of the figures it is about
    message: str


def check_targets(targets: Mapping[str, float], open_days: int) -> tuple[Finding, ...]:
    """Hold a year's targets (code to value, shares as fractions of one) against each other."""
    return (
        *_sums(targets),
        *_cars_a_day(targets, open_days),
        *_cars_and_tickets(targets),
        *_shares(targets),
    )


def apart(one: float, other: float) -> bool:
    """Return whether two numbers that should be the same differ by more than rounding explains."""
    return abs(one - other) > TOLERANCE * max(abs(one), abs(other))


def amount(code: str, value: float) -> str:
    """Write a figure's value with its unit: money in whole yuan where it is whole."""
    unit = FIGURE_NAMES[code].unit
    if unit == PERCENT:
        return f"{value:.1%}"
    places = 0 if value == int(value) else 2 if unit == YUAN else 1
    return f"{value:,.{places}f}{unit}"


def _named(code: str, value: float) -> str:
    """Write a figure's name and a value of it."""
    return f"{FIGURE_NAMES[code].label}{amount(code, value)}"


def _sums(targets: Mapping[str, float]) -> Iterator[Finding]:
    """Add up the parts of a whole (TB-09)."""
    for whole, parts in SUMS.items():
        if not targets.keys() >= {whole, *parts}:
            continue
        made = sum(targets[part] for part in parts)
        if round(made) != round(targets[whole]):
            sides = " + ".join(_named(part, targets[part]) for part in parts)
            yield Finding(
                (whole, *parts),
                f"{sides} = {amount(whole, made)}，与{_named(whole, targets[whole])}"
                f"相差{amount(whole, abs(made - targets[whole]))}。请改其中一个。",
            )


def _cars_a_day(targets: Mapping[str, float], open_days: int) -> Iterator[Finding]:
    """Compare the cars of a day with those of the year (KP-05, KP-06)."""
    a_day, cars = targets.get("cars_per_day", 0), targets.get("cars_received", 0)
    made = a_day * open_days
    if made and cars and apart(made, cars):
        yield Finding(
            ("cars_per_day", "cars_received"),
            f"{_named('cars_per_day', a_day)} × 全年上班{open_days}天 = {made:,.0f}台，"
            f"与{_named('cars_received', cars)}（每月约{cars / 12:,.0f}台）相差{_gap(made, cars)}。"
            f"请改其中一个：{_named('cars_per_day', round(cars / open_days, 1))}，"
            f"或{_named('cars_received', round(made))}。",
        )


def _cars_and_tickets(targets: Mapping[str, float]) -> Iterator[Finding]:
    """Compare the cars and what each brings with the revenue (KP-06, KP-07, IN-02 against IN-01, WC-02).

    A car is of the workshop or of an insurance claim: the claims that the insurance revenue takes are not counted
    twice.
    """
    codes = ("cars_received", "ticket_repair", "revenue_workshop", "ticket_insurance", "revenue_insurance")
    cars, ticket, workshop, claim, insurance = (targets.get(code, 0) for code in codes)
    if not all((cars, ticket, workshop, claim, insurance)):
        return
    claims = insurance / claim
    sentence = (
        f"{_named('revenue_insurance', insurance)} ÷ {_named('ticket_insurance', claim)} = {claims:,.0f}台"
        f"（每月约{claims / 12:,.0f}台）"
    )
    if claims >= cars:
        yield Finding(
            codes, f"{sentence}，不少于全部{_named('cars_received', cars)}，没有留下维修的台次。请核对。"
        )
        return
    made = (cars - claims) * ticket
    if apart(made, workshop):
        yield Finding(
            codes,
            f"{_named('cars_received', cars)} × {_named('ticket_repair', ticket)} = "
            f"{amount('revenue_workshop', round(cars * ticket))}；{sentence}，其余{cars - claims:,.0f}台维修是"
            f"{amount('revenue_workshop', round(made))}，与{_named('revenue_workshop', workshop)}"
            f"相差{_gap(made, workshop)}。请改其中一个："
            f"{_named('cars_received', round(workshop / ticket + claims))}，"
            f"{_named('ticket_repair', round(workshop / (cars - claims)))}，"
            f"或{_named('revenue_workshop', round(made))}。",
        )


def _shares(targets: Mapping[str, float]) -> Iterator[Finding]:
    """Find shares of more than all, such as 93 for 93%."""
    for code, value in targets.items():
        if code in FIGURE_NAMES and FIGURE_NAMES[code].unit == PERCENT and value > 1:
            yield Finding(
                (code,),
                f"{FIGURE_NAMES[code].label}的年度目标是{amount(code, value)}，比例不会超过100%；"
                "请按比例填写，例如 0.93 就是93%。",
            )


def _gap(one: float, other: float) -> str:
    """Write how far two numbers are apart, as a share of the larger."""
    return f"{abs(one - other) / max(one, other):.1%}"
