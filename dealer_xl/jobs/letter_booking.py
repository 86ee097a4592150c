"""What letters leave in 信函登记.xlsx: the register, the event's list, and the names of those left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.confirmations import not_sent_rows
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letters import Letter, Mailing
from dealer_xl.dealership.tables import INVITEES, LETTERS, NOT_SENT
from dealer_xl.jobs.letter_files import REPRINT
from dealer_xl.jobs.row_headings import note_line, to_headings
from dealer_xl.office.sheets.headings import SheetMissingError


def book_letters(context: Context, dataset: Dataset, mailing: Mailing, files: Mapping[str, PurePath]) -> None:
    """Book letters: a row for each new one, the file of each that waited for it, a note for each made again."""
    book = context.store.workbook(LETTERS.workbook)
    there = book.headings_of(LETTERS)  # a register made before 模板 was thought of lacks it
    new = [letter for letter in mailing.letters if letter.is_new]
    rows = [{**letter.register, "file": files[letter.letter_no].as_posix()} for letter in new]
    if rows:
        full = to_headings(LETTERS, rows)
        book.append_rows(
            LETTERS, [{heading: cell for heading, cell in row.items() if heading in there} for row in full]
        )
    if LETTERS.heading("file") in there:
        book.write_cells(LETTERS, LETTERS.heading("file"), _files_waited_for(dataset, mailing, files))
    _note_reprints(context, dataset, mailing)
    if mailing.order.event_no is not None:
        _list_invitees(context, dataset, mailing)


def _files_waited_for(dataset: Dataset, mailing: Mailing, files: Mapping[str, PurePath]) -> dict[int, str]:
    """Return the files of rows that waited for one and name none."""
    blank = dataset.tables["Letters"]["file"].isna()
    waited = ((letter.completes, files[letter.letter_no]) for letter in mailing.letters)
    return {row: path.as_posix() for row, path in waited if row is not None and blank[row]}


def _note_reprints(context: Context, dataset: Dataset, mailing: Mailing) -> None:
    """Write beside a letter that was made again that it was, where staff have noted nothing."""
    book = context.store.workbook(LETTERS.workbook)
    letters = dataset.tables["Letters"]
    again = {letter.letter_no for letter in mailing.letters if letter.reprint}
    rows = letters.index[letters["letter_no"].isin(again) & letters["note"].isna()]
    if len(rows) and LETTERS.heading("note") in book.headings_of(LETTERS):
        text = f"{context.today:%Y-%m-%d} {REPRINT}"
        book.write_cells(LETTERS, LETTERS.heading("note"), dict.fromkeys(map(int, rows), text))


def _list_invitees(context: Context, dataset: Dataset, mailing: Mailing) -> None:
    """Fill 活动名单: when each of the event was written to; what staff typed stays."""
    invitees = dataset.tables["Invitees"]
    book = context.store.workbook(INVITEES.workbook)
    ours = invitees[invitees["event_no"] == mailing.order.event_no].dropna(subset=["archive_no"])
    row_of = dict(zip(ours["archive_no"], ours.index, strict=True))
    new = [letter for letter in mailing.letters if letter.archive_no not in row_of]
    dated = {
        int(row_of[letter.archive_no]): context.today
        for letter in mailing.letters
        if letter.archive_no in row_of and ours["posted_on"].isna()[row_of[letter.archive_no]]
    }
    try:
        if dated:
            book.write_cells(INVITEES, INVITEES.heading("posted_on"), dated)
        if new:
            book.append_rows(INVITEES, to_headings(INVITEES, [_invitee(context, letter) for letter in new]))
    except SheetMissingError:  # a book made before the sheet was thought of
        return


def _invitee(context: Context, letter: Letter) -> dict[str, object]:
    told = letter.register.get("phoned_on")
    return {
        "event_no": letter.register.get("event_no"),
        "archive_no": letter.archive_no,
        "name": letter.customer,
        "phoned_on": told,
        "result": "接通" if told else None,
        "posted_on": context.today,
    }


def list_not_sent(context: Context, dataset: Dataset, mailing: Mailing) -> None:
    """Write who is left out, and why, on the sheet 未发名单, where the workbook has it."""
    book = context.store.workbook(NOT_SENT.workbook)
    try:
        book.replace_rows(NOT_SENT, to_headings(NOT_SENT, not_sent_rows(mailing)))
        said = f"{mailing.form.template} · 发{len(mailing.letters)}封，不发{len(mailing.skipped)}位"
        book.write_note(NOT_SENT, note_line(context, dataset, said))
    except SheetMissingError:  # a book made before the sheet was thought of
        return
