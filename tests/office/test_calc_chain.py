"""The order of formulas stays right when a formula goes."""

from __future__ import annotations

import pytest

from dealer_xl.office.xlsx.calc_chain import without_cells
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError

CHAIN = b'<calcChain><c r="A1" i="1"/><c r="B1"/><c r="A1" i="2"/><c r="B1" l="1"/></calcChain>'


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ({"1": ["B1"]}, b'<c r="A1" i="1"/><c r="A1" i="2"/><c r="B1" l="1"/>'),
        ({"1": ["A1"]}, b'<c r="B1" i="1"/><c r="A1" i="2"/><c r="B1" l="1"/>'),
        ({"2": ["A1"]}, b'<c r="A1" i="1"/><c r="B1"/><c r="B1" l="1" i="2"/>'),
        ({"3": ["A1"]}, CHAIN[11:-12]),
    ],
)
def test_a_link_taken_out_leaves_the_others_on_their_sheets(gone: dict[str, list[str]], left: bytes) -> None:
    assert without_cells(CHAIN, gone) == b"<calcChain>" + left + b"</calcChain>"


def test_a_chain_is_not_left_empty() -> None:
    with pytest.raises(UnusualSheetError):
        without_cells(b'<calcChain><c r="A1" i="1"/></calcChain>', {"1": ["A1"]})


def test_a_link_of_another_attribute_order_or_prefix_is_known_too() -> None:
    chain = b'<x:calcChain xmlns:x="y"><x:c i="1" r="A1"/><!-- <x:c r="B1"/> --><x:c r="B1"/></x:calcChain>'

    assert without_cells(chain, {"1": ["B1"]}) == chain.replace(b'--><x:c r="B1"/>', b"-->")
