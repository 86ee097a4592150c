"""What was typed a sign too long is found again in the archive, and asked as a guess."""

from __future__ import annotations

import pytest
from table_fixtures import dataset_of

from dealer_xl.dealership.issues import Issue

CUSTOMERS = """
row | archive_no | phone         | plate
4   | A1         | 13800138000   | 粤A12345
5   | A2         | 020-86661234  | 粤B54321
"""


def only_issue(calls: str) -> Issue:
    (issue,) = dataset_of(Customers=CUSTOMERS, Calls=f"row | phone | plate\n4 | {calls}").issues
    return issue


@pytest.mark.parametrize(
    ("calls", "guess"),
    [
        ("138001380000 |", "13800138000"),
        ("138800138000 |", "13800138000"),
        ("020-866612344 |", "020-86661234"),
        ("| 粤A123456", "粤A12345"),
        ("| A12345", "粤A12345"),
    ],
)
def test_the_only_known_one_that_differs_by_a_sign_is_suggested_as_a_guess(calls: str, guess: str) -> None:
    issue = only_issue(calls)

    assert (issue.suggestion, issue.is_guess) == (guess, True)
    assert guess in issue.message


@pytest.mark.parametrize("calls", ["139001380000 |", "| 粤C123456", "| B12345"])
def test_what_the_archive_does_not_know_is_not_guessed(calls: str) -> None:
    assert only_issue(calls).suggestion is None
