"""What can be written plainly is listed first: where, from what, to what; a guess is marked."""

from __future__ import annotations

from datetime import date

from table_fixtures import TODAY, cells_of

from dealer_xl.dealership.dataset import read_dataset
from dealer_xl.dealership.mending import GUESS, Mending, mendings_of


def mendings(drawing: str) -> list[Mending]:
    cells = cells_of(Customers=drawing)
    drawn_keys = drawing.splitlines()[0]
    return [each for each in mendings_of(read_dataset(cells, TODAY), cells) if each.column in drawn_keys]


def test_what_was_understood_is_listed_from_what_was_typed_to_its_plain_form() -> None:
    (mending,) = mendings("row | phone\n4 | 138 0013 8000（微信同号）")

    assert str(mending) == "客户档案 第4行【联系电话】138 0013 8000（微信同号） → 13800138000"


def test_a_guess_is_marked_as_one() -> None:
    (mending,) = mendings("row | cycle_km\n4 | 约5000")

    assert mending.is_guess
    assert str(mending).endswith(f"约5000 → 5000{GUESS}")


def test_a_guessed_day_is_written_as_a_day() -> None:
    (mending,) = mendings("row | bought_on\n4 | 3.5")

    assert mending.plain == date(2026, 3, 5)


def test_of_two_phones_none_is_thrown_away() -> None:
    assert mendings("row | phone\n4 | 13800138000/13900139000") == []


def test_the_list_goes_down_the_sheet() -> None:
    rows = [
        each.row for each in mendings("row | phone | cycle_km\n4 | 13800138000 | 约5000\n5 | 138 0013 8001 |")
    ]

    assert rows == [4, 5]
