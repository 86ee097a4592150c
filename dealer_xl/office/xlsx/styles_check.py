"""Look at a styles part before it goes into anybody's file: cells point into it by number."""

from __future__ import annotations

from lxml import etree

from dealer_xl.office.xlsx.alternates import UnclearStylesError, plain_styles
from dealer_xl.office.xlsx.contents import parse
from dealer_xl.office.xlsx.number_formats import LAST_BUILT_IN
from dealer_xl.office.xlsx.sheet_rows import UnusualSheetError


def check_styles(before: bytes, after: bytes) -> None:
    """Check that the part with twins is whole: counts and numbers right, every format that was there as it was.

    Raises UnusualSheetError.
    """
    try:
        old, new = parse(plain_styles(before)), parse(plain_styles(after))
    except (etree.XMLSyntaxError, UnclearStylesError, ValueError) as error:
        raise UnusualSheetError from error
    old_forms, new_forms = _forms(old), _forms(new)
    numbers = _numbers(new)
    known = {*numbers, *(form.get("numFmtId", "0") for form in old_forms)}
    twins = new_forms[len(old_forms) :]
    is_sound = (
        list(map(_written, old_forms)) == list(map(_written, new_forms[: len(old_forms)]))
        and all(group.get("count", str(len(group))) == str(len(group)) for group in _grown(old, new))
        and numbers[: len(_numbers(old))] == _numbers(old)
        and not set(numbers[len(_numbers(old)) :]) & set(_numbers(old))
        and all(_is_defined(twin.get("numFmtId", "0"), known) for twin in twins)
    )
    if not is_sound:
        raise UnusualSheetError


def _forms(root: etree._Element) -> list[etree._Element]:
    return list(root.iterfind("{*}cellXfs/{*}xf"))


def _grown(old: etree._Element, new: etree._Element) -> list[etree._Element]:
    """Return the lists that have more entries than before."""
    pairs = ((old.find(f"{{*}}{name}"), new.find(f"{{*}}{name}")) for name in ("numFmts", "cellXfs"))
    return [new for old, new in pairs if new is not None and (old is None or len(new) > len(old))]


def _numbers(root: etree._Element) -> list[str]:
    return [form.get("numFmtId", "0") for form in root.iterfind("{*}numFmts/{*}numFmt")]


def _is_defined(number: str, known: set[str]) -> bool:
    return number in known or (number.isdigit() and int(number) <= LAST_BUILT_IN)


def _written(form: etree._Element) -> bytes:
    return etree.tostring(form, method="c14n", with_tail=False)
