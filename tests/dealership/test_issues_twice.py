"""The rules over several cells find in random stores what the second reading of the frame finds (tests/oracle)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import issues as oracle

from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.rules import RULES, apply_rules
from dealer_xl.dealership.tables import BY_NAME, TABLES
from dealer_xl.schema import Kind

TODAY = date(2026, 3, 18)

READ_OTHERWISE = {
    "slip-missing": "one issue a row, on the first blank slip; there one for each blank slip",
    "roles-missing": "one issue a row, on the first blank role; there one for each blank role",
    "first-call-early": "each call that names its order; there the earliest of the order",
    "first-call-late": "as first-call-early",
    "second-call-early": "as first-call-early",
    "second-call-late": "as first-call-early",
    "notice-late": "on the call that told of the event; there on the letter's 电话通知日期",
    "report-late": "also where the report is still due; there only where it has a day",
    "told-late": "as report-late",
    "claim-result-missing": "of cars that have left; there of every car",
    "letter-without-consent": "by the kind of letter; there by the template and the whole person",
}
"""Codes that the text leaves open and that the two readings judge otherwise, and how."""

COMPARED = sorted({rule.code for rule in RULES} - set(READ_OTHERWISE))

DAYS = [date(2026, 3, day) for day in range(1, 8)]
VALUES: Mapping[tuple[str, str], list[object]] = {
    ("Customers", "name"): ["张伟", "张伟先生", "李静", "恒达公司"],
    ("Customers", "customer_kind"): ["个人", "单位", None],
    ("Customers", "contact"): [None, "何静"],
    ("Customers", "address"): [None, "一路1号", "无"],
    ("Customers", "vin"): [None, "LSJA24U62JG269225", "LDC613P23A1305189"],
    ("Calls", "kind"): ["第一次跟踪", "第二次跟踪", "活动通知", "投诉", "其他"],
    ("Calls", "result"): ["接通", "未接", "空号"],
    ("Calls", "direction"): ["呼出", "呼入"],
    ("Calls", "satisfaction"): [None, 5, 10, 90],
    ("Complaints", "status"): ["处理中", "已解决", "已关闭"],
    ("Complaints", "confirmed_score"): [None, 79, 80],
    ("Letters", "status"): [None, "已寄", "退回"],
}
"""What stands in some columns; few values, so that rows meet."""

BY_KEY: Mapping[str, list[object]] = {
    "name": ["张伟", "张伟先生", "李静", "恒达公司"],
    "plate": ["粤A12345", "粤B54321"],
    "phone": ["13800138000", "020-86661234"],
    "archive_no": ["A1", "A2", "A3"],
    "order_no": ["G1", "G2", "G3", None],
    "event_no": ["H1", "H2", None],
    "km": [None, 1000, 1200, 11000, 1500],
    "clerk": ["张三"],
}
SIZES = {
    "Customers": 3,
    "Visits": 4,
    "Calls": 5,
    "Complaints": 3,
    "Letters": 4,
    "Events": 2,
    "Renewals": 2,
    "Staff": 2,
}
UNIQUE = {
    "Customers": "A",
    "Visits": "G",
    "Calls": "D",
    "Complaints": "T",
    "Letters": "X",
    "Events": "H",
    "Renewals": "B",
}


@st.composite
def stores(draw: st.DrawFn) -> dict[str, pd.DataFrame]:
    """Draw a small shop whose single cells are all right."""
    cells = {}
    for table in TABLES:
        rows = [dict(_row(draw, table.name, place)) for place in range(SIZES.get(table.name, 0))]
        cells[table.name] = pd.DataFrame(rows, columns=list(table.headings), dtype="object").rename(
            index=lambda place: place + 4
        )
    return cells


def _row(draw: st.DrawFn, name: str, place: int) -> Iterator[tuple[str, object]]:
    for column in BY_NAME[name].entered:
        if column.unique:
            staff = ("张三", "李四")
            yield column.heading, staff[place] if name == "Staff" else f"{UNIQUE[name]}{place + 1}"
        elif (name, column.key) in VALUES or column.key in BY_KEY:
            yield (
                column.heading,
                draw(st.sampled_from(VALUES.get((name, column.key), BY_KEY.get(column.key, [])))),
            )
        elif column.kind is Kind.DATE:
            yield column.heading, draw(st.sampled_from(DAYS if column.required else [None, *DAYS]))
        elif column.kind is Kind.CHOICE:
            yield (
                column.heading,
                draw(st.sampled_from(column.choices if column.required else [None, *column.choices])),
            )
        elif column.key == "call_no":
            yield column.heading, draw(st.sampled_from([None, "D1", "D2"]))
        elif column.kind in (Kind.NUMBER, Kind.MONEY):
            yield column.heading, 100 if column.required else None
        elif column.required:
            yield column.heading, "张三" if column.refers_to == "Staff" else "文字"
        elif column.key in {"points", "wishes"}:
            yield column.heading, draw(st.sampled_from([None, "文字"]))


def as_oracle_reads(
    dataset: Dataset, cells: Mapping[str, pd.DataFrame]
) -> dict[str, list[dict[str, object]]]:
    """Return the typed tables as the second reading takes them: headings, Excel rows, which cells are wrong."""
    tables: dict[str, list[dict[str, object]]] = {}
    for name, frame in cells.items():
        masks = dataset.error_masks[name]
        tables[name] = [
            {
                **{str(heading): cell for heading, cell in row.items() if cell is not None},
                "_row": index,
                "_errors": {
                    column.heading for column in BY_NAME[name].columns if masks.loc[index, column.key]
                },
            }
            for index, row in zip(map(int, frame.index), frame.to_dict("records"), strict=True)
        ]
    return tables


@given(stores())
@settings(max_examples=12, deadline=None)
def test_both_readings_find_the_same(cells: dict[str, pd.DataFrame]) -> None:
    dataset = read_dataset(cells, TODAY)
    theirs = oracle.issues(as_oracle_reads(dataset, cells), {}, TODAY)
    ours = {(issue.table.name, issue.row, issue.heading, issue.code) for issue in apply_rules(dataset)}

    assert {each for each in ours if each[3] in COMPARED} == {each for each in theirs if each[3] in COMPARED}


@pytest.mark.parametrize("code", READ_OTHERWISE)
def test_a_code_that_is_read_otherwise_is_one_of_a_rule(code: str) -> None:
    assert code in {rule.code for rule in RULES}
