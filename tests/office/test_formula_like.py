"""Texts that Excel would take for a formula are known, in a workbook and in a .csv."""

from __future__ import annotations

import pytest

from dealer_xl.office.sheets.formula_like import guarded_for_csv, looks_like_formula


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n-1", "  +1", "＝1", "－1", "＋1", "＠1", "-"]
)
def test_a_text_that_begins_with_a_sign_looks_like_a_formula(text: str) -> None:
    assert looks_like_formula(text)
    assert guarded_for_csv(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "张三", "1=1", "a@b.cn", "'=1", "2026-1-5", "—1", "(1)"])
def test_other_texts_do_not(text: str) -> None:
    assert not looks_like_formula(text)
    assert guarded_for_csv(text) == text
