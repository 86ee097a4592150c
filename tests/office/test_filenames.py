"""File names made of customers' names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_xl.office.word.filenames import safe_name

DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
DEVICES |= {f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"}
nasty = st.text(st.sampled_from('CONULPT1² ./\\:*?"<>|~\n\t\x00\u202e张é'))


@given(st.text() | nasty)
def test_whatever_staff_type_the_name_is_good_on_every_system(text: str) -> None:
    name = safe_name(text)

    assert name
    assert len(name) <= 80
    assert len(name.encode()) <= 200
    assert not set(name) & set('\\/:*?"<>|\u202e')
    assert name.isprintable() or not any(ord(character) < 32 for character in name)
    assert name == name.strip(" .")
    assert name.partition(".")[0].rstrip(" ").upper() not in DEVICES


@given(st.text() | nasty)
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张三", "张三"),
        ("泰安  风行（公司）", "泰安 风行（公司）"),
        ("王/李*夫妇?", "王_李_夫妇_"),
        ("../../etc", "_.._etc"),
        ("张三.", "张三"),
        ("CON", "_CON"),
        ("nul.docx", "_nul.docx"),
        ("AUX .txt", "_AUX .txt"),
        ("LPT¹", "_LPT¹"),
        ("合同\u202excod.exe", "合同xcod.exe"),
        ("~$王五", "$王五"),
        ("第一行\n第二行", "第一行 第二行"),
        ("e\u0301", "é"),
        (" . ", "未命名"),
        ("", "未命名"),
    ],
)
def test_names_that_misled_others_are_made_safe(typed: str, name: str) -> None:
    assert safe_name(typed) == name


def test_a_long_name_is_cut_between_characters() -> None:
    assert safe_name("张" * 300) == "张" * 66
    assert safe_name("a" * 300) == "a" * 80
