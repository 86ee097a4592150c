"""Which letters of the register count against another one, and which rows are yet to be completed.

A letter that came back does not count, nor does one that waits without a file: the next run completes it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_forms import LetterForm

Row: TypeAlias = Mapping[Any, Any]
"""One row of a table: keys and values."""

WAITING, RETURNED = "待寄", "退回"
INVITATION = "邀请函"


@dataclass(frozen=True)
class Matter:
    """What letters are about, by which one of the same matter is known: an event, a complaint, or neither."""

    event_no: str | None = None
    complaint_no: str | None = None

    @property
    def named(self) -> bool:
        """Return whether it is an event or a complaint."""
        return self.event_no is not None or self.complaint_no is not None


@dataclass(frozen=True, eq=False)
class SentLetters:
    """The register seen from one mailing: its form, its matter, who is one person, which files are missing."""

    dataset: Dataset
    form: LetterForm
    matter: Matter
    forms: Mapping[str, LetterForm]
    person_of: Mapping[str, int]
    without_file: Collection[int]  # rows that name a file which the folder lacks

    def reader(self, archive_no: str) -> Hashable:
        """Return whose letters are counted together: the person's where one goes to each, else the car's."""
        return self.person(archive_no) if self.form.one_a_customer else archive_no

    def person(self, archive_no: str) -> Hashable:
        """Return the person of an archive number; of what is in no archive the number itself."""
        return self.person_of.get(archive_no, archive_no)

    @cached_property
    def _waiting(self) -> pd.Series:
        letters = self.dataset.tables["Letters"]
        lacking = letters["file"].isna() | letters.index.isin(list(self.without_file))
        return (letters["status"] == WAITING) & lacking

    @cached_property
    def _same(self) -> pd.Series:
        """Choose the letters of the same template and matter; a row without a template is judged by its kind."""
        letters = self.dataset.tables["Letters"]
        same = letters["template"] == self.form.template
        if self.matter.named:
            same |= letters["template"].isna() & (letters["kind"] == self.form.kind)
        if self.matter.event_no is not None:
            same &= letters["event_no"] == self.matter.event_no
        if self.matter.complaint_no is not None:
            same &= letters["complaint_no"] == self.matter.complaint_no
        return same.fillna(False).astype(bool)

    @cached_property
    def _counted(self) -> pd.DataFrame:
        letters = self.dataset.tables["Letters"]
        return letters[(letters["status"] != RETURNED) & ~self._waiting]

    @cached_property
    def _last_to(self) -> Mapping[Hashable, Row]:
        """Return the latest counted letter of the matter by its reader."""
        found = self._counted[self._same.reindex(self._counted.index)].dropna(subset=["archive_no"])
        in_order = found.sort_values("sent_on", kind="stable", na_position="first")
        return {self.reader(str(row["archive_no"])): row for row in in_order.to_dict("records")}

    @cached_property
    def _of_complaint(self) -> Row | None:
        found = self._counted[self._same.reindex(self._counted.index)]
        return None if found.empty else dict(found.iloc[-1])

    def already(self, archive_no: str, since: pd.Timestamp | None) -> Row | None:
        """Return the letter by which this one was sent already, on or after a day where one is named."""
        if self.matter.complaint_no is not None:
            return self._of_complaint
        letter = self._last_to.get(self.reader(archive_no))
        if letter is None or since is None or self.matter.named:
            return letter
        return letter if pd.notna(letter["sent_on"]) and letter["sent_on"] >= since else None

    @cached_property
    def _last_advertising(self) -> Mapping[Hashable, tuple[Row, pd.Timestamp]]:
        """Return each person's latest advertising letter, and the day from which the next may go."""
        letters = self._counted.dropna(subset=["sent_on", "archive_no"])
        advertising = {name for name, form in self.forms.items() if form.marketing}
        unnamed = letters["template"].isna() & (letters["kind"] == INVITATION)
        found = letters[letters["template"].isin(advertising) | unnamed].sort_values("sent_on", kind="stable")
        free = self.dataset.calendar.later(found["sent_on"], self.dataset.settings.letter_gap_days)
        rows = zip(found.to_dict("records"), free, strict=True)
        return {self.person(str(row["archive_no"])): (row, day) for row, day in rows}

    def too_soon(self, archive_no: str) -> tuple[Row, pd.Timestamp] | None:
        """Return the advertising letter that is too near, and the day from which another may go."""
        last = self._last_advertising.get(self.person(archive_no))
        return last if last is not None and last[1] > self.dataset.today else None

    @cached_property
    def _to_complete(self) -> Mapping[str, Row]:
        letters = self.dataset.tables["Letters"]
        found = letters[self._waiting & self._same].dropna(subset=["letter_no", "archive_no"])
        rows = found.assign(row=found.index).to_dict("records")
        return {str(row["archive_no"]): row for row in reversed(rows)}

    def to_complete(self, archive_no: str, since: pd.Timestamp | None) -> Row | None:
        """Return the row that waits for this letter's file."""
        row = self._to_complete.get(archive_no)
        if row is None or since is None or self.matter.named:
            return row
        return row if pd.notna(row["sent_on"]) and row["sent_on"] >= since else None
