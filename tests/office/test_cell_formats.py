"""A day shows as a day, and no other cell changes its look."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from dealer_xl.office.xlsx.cell_formats import CellFormats
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError

STYLES = (
    b'<styleSheet><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    b'<numFmt numFmtId="165" formatCode="0.0&quot;days&quot;"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>'
    b'<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    b'<cellXfs count="5"><xf numFmtId="0" fontId="2"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165">'
    b'<alignment horizontal="left"/></xf><xf numFmtId="166"/></cellXfs><cellStyles/></styleSheet>'
)


@pytest.mark.parametrize("style", [b"1", b"2"])
def test_a_format_that_shows_days_is_kept(style: bytes) -> None:
    formats = CellFormats(STYLES)

    assert formats.fit(style, date(2026, 1, 5)) == style
    assert formats.xml == STYLES


@pytest.mark.parametrize("value", ["2026-01-05", 46027, None, True])
def test_values_other_than_days_keep_every_format(value: str | float | None) -> None:
    assert CellFormats(STYLES).fit(b"0", value) == b"0"


def test_a_twin_keeps_font_and_alignment_and_is_made_once() -> None:
    formats = CellFormats(STYLES)

    made = [formats.fit(style, date(2026, 1, 5)) for style in (b"0", b"3", b"0")]

    assert made == [b"5", b"6", b"5"]
    assert formats.xml == STYLES.replace(b'<cellXfs count="5">', b'<cellXfs count="7">').replace(
        b"</cellXfs>",
        b'<xf numFmtId="164" fontId="2" applyNumberFormat="1"/>'
        b'<xf numFmtId="164" applyNumberFormat="1"><alignment horizontal="left"/></xf></cellXfs>',
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [(datetime(2026, 1, 5, 8), b"22"), (time(8), b"20")],  # noqa: DTZ001 - as Excel has it
)
def test_times_get_a_format_that_shows_them(value: datetime | time, number: bytes) -> None:
    formats = CellFormats(STYLES)
    formats.fit(b"0", value)

    assert b'<xf numFmtId="' + number + b'" fontId="2" applyNumberFormat="1"/></cellXfs>' in formats.xml


@pytest.mark.parametrize("style", [b"1", b"2"])
def test_a_number_in_a_cell_that_shows_days_gets_a_format_that_shows_numbers(style: bytes) -> None:
    formats = CellFormats(STYLES)

    assert formats.fit(style, 46027.5) == b"5"
    assert b'<xf numFmtId="0" applyNumberFormat="1"/></cellXfs>' in formats.xml


def test_a_length_of_time_is_a_number_and_a_day_is_none() -> None:
    formats = CellFormats(STYLES)

    assert formats.fit(b"4", 1.5) == b"4"
    assert formats.fit(b"4", date(2026, 1, 5)) == b"5"


def test_a_day_for_which_no_format_can_be_made_is_not_written() -> None:
    for xml, style in ((b"", b"0"), (STYLES, b"9")):
        formats = CellFormats(xml)

        assert formats.fit(style, 7) == style
        with pytest.raises(UnusualSheetError):
            formats.fit(style, date(2026, 1, 5))
        assert formats.xml == xml


def with_number(number: int) -> bytes:
    """Make formats of which the first has a number that Excel itself knows."""
    return f'<styleSheet><cellXfs count="1"><xf numFmtId="{number}"/></cellXfs></styleSheet>'.encode()


@pytest.mark.parametrize("number", [*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
def test_excels_own_formats_of_days_and_times_show_days_and_no_numbers(number: int) -> None:
    formats = CellFormats(with_number(number))

    assert formats.fit(b"0", date(2026, 1, 5)) == b"0"
    assert formats.fit(b"0", 7) == b"1"


@pytest.mark.parametrize("number", [0, 1, 13, 23, 26, 37, 44, 46, 48, 49, 59])
def test_excels_other_formats_show_numbers_and_no_days(number: int) -> None:
    formats = CellFormats(with_number(number))

    assert formats.fit(b"0", 7) == b"0"
    assert formats.fit(b"0", date(2026, 1, 5)) == b"1"
    assert b'count="2"' in formats.xml
    assert b'<xf numFmtId="14" applyNumberFormat="1"/></cellXfs>' in formats.xml


@pytest.mark.parametrize(
    ("code", "shows_days"),
    [
        ("yyyy年m月d日", True),
        ("h:mm", True),
        ("[$-804]yyyy/m/d", True),
        ("[Red]0.00", False),
        ("[h]:mm", False),
        ("[ss]", False),
        ("[mm]:ss", False),
        ("0&quot;days&quot;", False),
        ("0\\d", False),
        ("0_d", False),
        ("0*d", False),
        ("#,##0;[Red]-#,##0", False),
    ],
)
def test_a_format_of_the_shop_shows_days_when_its_code_does(code: str, shows_days: bool) -> None:
    numbers = f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{code}"/></numFmts><cellXfs'
    formats = CellFormats(with_number(170).replace(b"<cellXfs", numbers.encode()))

    assert (formats.fit(b"0", 7) == b"1") is shows_days
    assert (formats.fit(b"0", date(2026, 1, 5)) == b"0") is shows_days


def test_a_format_with_an_alignment_is_known_by_its_number_too() -> None:
    formats = CellFormats(with_number(14).replace(b"/></cellXfs>", b"><alignment/></xf></cellXfs>"))

    assert formats.fit(b"0", date(2026, 1, 5)) == b"0"
    assert formats.fit(b"0", 7) == b"1"
    assert b'<xf numFmtId="0" applyNumberFormat="1"><alignment/></xf></cellXfs>' in formats.xml


def test_a_moment_at_midnight_is_a_day() -> None:
    formats = CellFormats(STYLES)

    assert formats.fit(b"0", datetime(2026, 1, 5)) == formats.fit(b"0", date(2026, 1, 5))  # noqa: DTZ001


def test_each_format_and_kind_of_value_has_a_twin_of_its_own() -> None:
    formats = CellFormats(STYLES)

    made = [
        formats.fit(style, value)
        for style, value in (
            (b"0", time(8)),
            (b"0", date(2026, 1, 5)),
            (b"1", 7),
            (b"3", time(8)),
            (b"2", 8.5),
        )
    ]

    assert made == [b"5", b"6", b"7", b"8", b"7"]  # the third and the last need the same
    assert b'<cellXfs count="9">' in formats.xml


def test_formats_with_a_prefix_and_a_tag_of_their_own_get_twins_too() -> None:
    xml = b'<x:styleSheet xmlns:x="y"><x:cellXfs count="1"><x:xf numFmtId="0"></x:xf></x:cellXfs></x:styleSheet>'
    formats = CellFormats(xml)

    assert formats.fit(b"0", date(2026, 1, 5)) == b"1"
    assert formats.xml == xml.replace(b'count="1"', b'count="2"').replace(
        b"</x:cellXfs>", b'<x:xf numFmtId="14" applyNumberFormat="1"></x:xf></x:cellXfs>'
    )
