"""What an unreadable phone or plate may be, by the phones and plates that the archive has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from dealer_xl.dealership import phones, plates
from dealer_xl.dealership.issues import Issue, ask_whether
from dealer_xl.dealership.parsed_table import ParsedTable
from dealer_xl.dealership.parsers import as_text
from dealer_xl.dealership.persons import phone_digits


def with_archive_hints(parsed: Mapping[str, ParsedTable]) -> dict[str, ParsedTable]:
    """Return the tables, their unreadable phones and plates with the only one of the archive that differs by a sign."""
    customers = parsed["Customers"].rows
    known = {key: frozenset(customers[key].dropna()) for key in ("phone", "plate")}
    guesses: dict[str, Callable[[str], str]] = {
        "phone-format": lambda typed: _phone(typed, known["phone"]),
        "plate-format": lambda typed: plates.guess(typed, known["plate"]),
    }
    return {
        name: replace(each, issues=tuple(_hinted(issue, guesses) for issue in each.issues))
        for name, each in parsed.items()
    }


def _hinted(issue: Issue, guesses: Mapping[str, Callable[[str], str]]) -> Issue:
    if issue.code not in guesses or issue.used or issue.suggestion is not None:
        return issue
    typed = as_text(issue.value)
    guess = guesses[issue.code](typed)
    return (
        replace(issue, suggestion=guess, is_guess=True, message=ask_whether(typed, guess)) if guess else issue
    )


def _phone(typed: str, known: Collection[str]) -> str:
    """Return the known phone that was typed with one digit too many, "" where it is none or several."""
    by_digits = {phone_digits(phone): phone for phone in known}
    likely = {by_digits[digits] for digits in phones.without_one_digit(typed) if digits in by_digits}
    return next(iter(likely)) if len(likely) == 1 else ""
