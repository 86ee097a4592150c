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
