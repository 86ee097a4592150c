"""The letters of random shops, chosen by the program and once more by the second reading of the rules."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pandas as pd
import pytest
from oracle.letters import Choice, letters
from oracle.letters import Order as PlainOrder
from oracle.persons import greeting, persons
from random_letters import TODAY, RandomShop, Rows
from table_fixtures import dataset_of

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letters import Mailing, form_of, plan_mailing
from dealer_xl.dealership.recipients import Order

SHOP = {"name": "店", "address": "", "phone": ""}
SEEDS = range(64)
FIRST_ROW = 4


@cache  # the tests of one shop share it
def shop_of(seed: int) -> tuple[RandomShop, Dataset]:
    """Make a shop, and read it as the program does."""
    shop = RandomShop(seed)
    return shop, dataset(shop.rows)


def dataset(rows: Rows) -> Dataset:
    """Read a shop as the program does, from cells as they are typed."""
    typed = {
        name: pd.DataFrame(
            [
                {key: f"{value}" if isinstance(value, date | int) else value for key, value in row.items()}
                for row in table
            ],
            index=range(FIRST_ROW, FIRST_ROW + len(table)),
            dtype="object",
        )
        for name, table in rows.items()
        if table
    }
    return dataset_of(TODAY, **typed)


def plain(rows: Rows, order: PlainOrder) -> Choice:
    """Choose by the second reading."""
    numbered = {
        name: [{**row, "_row": place} for place, row in enumerate(table, FIRST_ROW)]
        for name, table in rows.items()
    }
    return letters(numbered, {}, TODAY, order)


def orders(shop: RandomShop) -> list[tuple[str, Order, PlainOrder]]:
    """Return what is asked of a shop: each template, and what it is about."""
    first, again = shop.dice.choice((None, None, 1, 2)), shop.dice.random() < 0.2
    some = tuple(shop.dice.sample(shop.numbers, len(shop.numbers) // 2 + 1))
    asked: list[tuple[str, Order, PlainOrder]] = [
        (
            name,
            Order(event, first=first, again=again),
            PlainOrder(name, event=event, first=first, again=again),
        )
        for name in ("邀请函", "活动通知")
        for event in ("H1", "H2")
    ]
    asked += [
        (
            name,
            Order(archive_nos=some, first=first, again=again),
            PlainOrder(name, archive_nos=some, first=first, again=again),
        )
        for name in ("感谢信", "贺卡", "续保通知")
    ]
    asked += [
        (
            "投诉答复函",
            Order(complaint_no=number, again=again),
            PlainOrder("投诉答复函", complaint=number, again=again),
        )
        for number in ("T1", "T2")
    ]
    return asked


def planned(data: Dataset, name: str, order: Order) -> Mailing:
    return plan_mailing(data, form_of(data, name), order, SHOP)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_choose_the_same_readers_for_the_same_reasons(seed: int) -> None:
    shop, data = shop_of(seed)

    for name, order, plain_order in orders(shop):
        made, expected = planned(data, name, order), plain(shop.rows, plain_order)

        assert [letter.archive_no for letter in made.letters] == [number for number, _ in expected.letters], (
            name
        )
        assert {each.archive_no: each.reason for each in made.skipped} == {
            number: reason for number, _, reason in expected.skipped
        }, (name, order)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_row_asked_about_is_made_or_named_and_nobody_twice(seed: int) -> None:
    shop, data = shop_of(seed)
    customers = shop.rows["Customers"]
    person = dict(zip(shop.numbers, persons(customers), strict=True))  # type: ignore[arg-type]  # rows of cells
    refused = {person[str(row["档案号"])] for row in customers if row["营销同意"] == "拒绝"}

    for name, order, _ in orders(shop):
        made, form = planned(data, name, order), form_of(data, name)
        written = [letter.archive_no for letter in made.letters]
        rows = Counter([*written, *(each.archive_no for each in made.skipped)])

        assert set(rows.values()) <= {1}
        if order.event_no is not None:
            assert set(rows) == set(shop.numbers)
        if form.marketing:
            assert not {person[number] for number in written} & refused
        if form.one_a_customer:
            assert len({person[number] for number in written}) == len(written)
        assert len({letter.letter_no for letter in made.letters}) == len(written)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_greet_alike(seed: int) -> None:
    shop, data = shop_of(seed)
    by_number = {str(row["档案号"]): row for row in shop.rows["Customers"]}
    made = planned(data, "投诉答复函", Order(complaint_no="T1", again=True))

    assert [letter.greeting.replace(" ", "") for letter in made.letters] == [
        greeting(by_number[letter.archive_no]).replace(" ", "")  # type: ignore[arg-type]  # a row of cells
        for letter in made.letters
    ]
