import pytest
from table_fixtures import TODAY, dataset_of

from dealer_xl.dealership.change_tracking import PLACE, changes, snapshot_of
from dealer_xl.dealership.dataset import Dataset

HEAD = "row | archive_no | phone | address | contact | insured_until"
BEFORE = f"{HEAD}\n4 | A1 | 13800001234 | 一号 | 李四 | 2026-05-01"


def dataset(customers: str) -> Dataset:
    return dataset_of(Customers=customers)


def noticed(before: str, after: str) -> list[tuple[object, ...]]:
    """Return what has changed from one check to the next: archive number, heading, old, new."""
    seen = snapshot_of(dataset(before), None)
    rows = changes(dataset(after), seen)
    assert {row["changed_on"] for row in rows} <= {TODAY}
    return [(row["archive_no"], row["field"], row["old"], row["new"]) for row in rows]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("4 | A1 | 13800001234 | 一号 | 李四 | 2026-05-01", []),
        (
            "4 | A1 | 13900001234 | 一号 | 李四 | 2026-05-01",
            [("A1", "联系电话", "13800001234", "13900001234")],
        ),
        ("4 | A1 | 13800001234 | 二号 | 李四 | 2026-05-01", [("A1", "地址", "一号", "二号")]),
        ("4 | A1 | 13800001234 | 一号 | 王五 | 2026-05-01", [("A1", "联系人", "李四", "王五")]),
        (
            "4 | A1 | 13800001234 | 一号 | 李四 | 2027-05-01",
            [("A1", "保险到期日", "2026-05-01", "2027-05-01")],
        ),
        ("4 | A1 | 13800001234 |      | 李四 | 2026-05-01", [("A1", "地址", "一号", "")]),
        (
            "4 | A1 | 13900001234 | 二号 | 李四 | 2026-05-01",
            [("A1", "联系电话", "13800001234", "13900001234"), ("A1", "地址", "一号", "二号")],
        ),
    ],
)
def test_a_change_of_phone_address_contact_or_insurance_is_noticed(
    after: str, expected: list[tuple[object, ...]]
) -> None:
    """AR-10."""
    assert noticed(BEFORE, f"{HEAD}\n{after}") == expected


def test_another_way_of_typing_the_same_is_no_change() -> None:
    assert noticed(BEFORE, f"{HEAD}\n4 | A1 | 138 0000 1234 | 一号 | 李四 | 2026.5.1") == []


def test_a_row_that_moves_is_no_change() -> None:
    assert (
        noticed(
            BEFORE, f"{HEAD}\n4 | A2 | 13800001235 | | |\n9 | A1 | 13800001234 | 一号 | 李四 | 2026-05-01"
        )
        == []
    )


def test_a_value_that_is_filled_in_is_a_change() -> None:
    assert noticed(f"{HEAD}\n4 | A1 | 13800001234 | | |", f"{HEAD}\n4 | A1 | 13800001234 | 一号 | |") == [
        ("A1", "地址", "", "一号")
    ]


def test_the_first_check_and_a_new_customer_see_nothing_new() -> None:
    assert changes(dataset(BEFORE), None) == []
    assert noticed(BEFORE, f"{BEFORE}\n5 | A2 | 13900001234 | 三号 | |") == []


def test_a_wrong_cell_is_no_change_and_does_not_make_the_right_one_forgotten() -> None:
    wrong, right = (
        f"{HEAD}\n4 | A1 | 1380000 | 一号 | 李四 | 五月",
        f"{HEAD}\n4 | A1 | 13900001234 | 一号 | 李四 | 2026-05-01",
    )
    seen = snapshot_of(dataset(BEFORE), None)

    assert changes(dataset(wrong), seen) == []
    seen = snapshot_of(dataset(wrong), seen)
    assert [(row["old"], row["new"]) for row in changes(dataset(right), seen)] == [
        ("13800001234", "13900001234")
    ]


def test_a_change_is_noticed_once() -> None:
    after = f"{HEAD}\n4 | A1 | 13900001234 | 一号 | 李四 | 2026-05-01"
    seen = snapshot_of(dataset(after), snapshot_of(dataset(BEFORE), None))

    assert changes(dataset(after), seen) == []


def test_a_number_typed_twice_belongs_to_its_first_row() -> None:
    assert noticed(BEFORE, f"{BEFORE}\n5 | A1 | 13900001234 | 三号 | |") == []


def test_what_was_seen_is_written_the_same_when_nothing_has_changed() -> None:
    seen = snapshot_of(dataset(BEFORE), None)

    assert snapshot_of(dataset(BEFORE), seen) == seen
    assert snapshot_of(dataset_of(), seen) != seen


@pytest.mark.parametrize(
    "seen",
    [
        b"",
        b"{",
        b"\xff\xfe",
        "不是".encode("gbk"),
        b"null",
        b"[1]",
        b"5",
        b'[["A1", "x"]]',
        b'{"A1": "x"}',
        b'{"A1": null}',
        b'{"A1": {"phone": ["x"]}}',
        b"[" * 200_000,
    ],
)
def test_a_damaged_memory_is_no_reason_to_stop(seen: bytes) -> None:
    assert changes(dataset(BEFORE), seen) == []
    assert snapshot_of(dataset(BEFORE), seen) == snapshot_of(dataset(BEFORE), None)


def test_the_memory_lies_with_the_backups_of_the_store() -> None:
    assert PLACE.startswith("备份/")
