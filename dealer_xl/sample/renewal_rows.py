"""The insurances renewed: with this shop as 变更记录 tells, and a few that customers took out elsewhere (IN-01 to IN-13)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from dealer_xl.sample.cars import Bond, Car
from dealer_xl.sample.change_rows import INSURANCE
from dealer_xl.sample.date_span import Span, add_months, later
from dealer_xl.sample.random_streams import number_of
from dealer_xl.sample.sample_types import Row

CLERK = "黄丽娜"
INSURERS = ("安泰财险", "鲁信财险", "万和财险")
CHANNELS, CHANNEL_WEIGHTS = ("到店", "电话", "转介绍", "其他"), (45, 40, 10, 5)
GIFTS, GIFT_WEIGHTS = ("保养券", "工时", "油米", "折扣", "无"), (30, 25, 15, 10, 20)
COMPULSORY = 950.0  # yuan


def renewal_rows(dice: random.Random, span: Span, changes: Sequence[Row], cars: Sequence[Car]) -> list[Row]:
    """Return the policies day by day; what was renewed before this week has been reported to finance."""
    by_number = {car.archive_no: car for car in cars}
    renewed = [row for row in changes if row["field"] == INSURANCE]
    policies = [
        policy
        for row in renewed
        for policy in _ours(dice, by_number[str(row["archive_no"])], row["changed_on"])
    ]
    policies += _elsewhere(dice, span, {str(row["archive_no"]) for row in renewed}, cars)
    policies.sort(key=lambda row: str(row["signed_on"]))
    week_ago = str(later(span.today, -7))
    return [
        {
            "renewal_no": f"XB{place:05d}",
            **row,
            "reported": _reported(row, week_ago),
        }
        for place, row in enumerate(policies, start=1)
    ]


def _reported(row: Row, week_ago: str) -> str | None:
    if row["ours"] == "否":
        return None
    return "是" if str(row["signed_on"]) < week_ago else "否"


def _ours(dice: random.Random, car: Car, signed_on: object) -> Iterator[Row]:
    """Yield one policy, or the two that belong together."""
    if not isinstance(signed_on, date) or car.insured_until is None:
        return
    words: Row = {
        "channel": dice.choices(CHANNELS, CHANNEL_WEIGHTS)[0],
        "gift": dice.choices(GIFTS, GIFT_WEIGHTS)[0],
        "clerk": CLERK,
    }
    price = float(round(dice.uniform(1900, 5200), 2))
    insurer = dice.choice(INSURERS)
    if dice.random() < 0.4:
        yield _policy(car, signed_on, insurer, "交强险", COMPULSORY) | words
        yield _policy(car, signed_on, insurer, "商业险", price) | {**words, "gift": "无"}
    else:
        yield _policy(car, signed_on, insurer, "交强险+商业险", price + COMPULSORY) | words


def _elsewhere(dice: random.Random, span: Span, renewed: set[str], cars: Sequence[Car]) -> Iterator[Row]:
    """Yield what customers told of policies that they took out elsewhere."""
    known = [
        car
        for car in cars
        if car.insured_until is not None and car.archive_no not in renewed and car.bond is Bond.FAITHFUL
    ]
    for car in dice.sample(known, min(number_of(len(cars), 0.02, 2), len(known))):
        if car.insured_until is None:
            continue
        signed_on = later(add_months(car.insured_until, -12), -dice.randint(1, 20))
        if car.archived_on < signed_on <= span.yesterday:
            price = float(round(dice.uniform(2600, 5600), 2))
            policy = _policy(car, signed_on, "", "交强险+商业险", price, ours="否")
            yield policy | {"channel": "其他", "clerk": CLERK, "note": "电话中得知，已在别处投保"}


def _policy(  # noqa: PLR0913, PLR0917 - the cells of one row
    car: Car, signed_on: date, insurer: str, policy: str, premium: float, ours: str = "是"
) -> Row:
    until = car.insured_until
    return {
        "signed_on": signed_on,
        "archive_no": car.archive_no,
        "name": car.owner.name,
        "plate": car.plate,
        "insurer": insurer or None,
        "policy": policy,
        "premium": premium,
        "starts_on": later(add_months(until, -12), 1) if until else None,
        "ends_on": until,
        "ours": ours,
    }
