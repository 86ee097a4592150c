"""Button 生成信函: write letters and book them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.confirmations import (
    ComingEvent,
    OpenComplaint,
    coming_events,
    open_complaints,
    whether_to_send,
)
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_forms import LetterForm
from dealer_xl.dealership.letters import Mailing, customers_named, field_names, form_of, plan_mailing
from dealer_xl.dealership.reminders import customers_with
from dealer_xl.dealership.tables import LETTERS
from dealer_xl.errors import CancelledError
from dealer_xl.jobs.row_headings import shop_words, to_headings
from dealer_xl.office.word.filenames import safe_name
from dealer_xl.requests import LettersRequest


@dataclass(frozen=True)
class Mailed:
    """What `write_letters` decided and made."""

    mailing: Mailing
    made: Mapping[str, PurePath]  # register number to file
    merged: PurePath | None
    pdf: PurePath | None
    files: Sequence[PurePath]


def events_to_invite_to(context: Context) -> list[ComingEvent]:
    """Return the events that are not over, the next first."""
    return coming_events(context.dataset())


def complaints_to_answer(context: Context) -> list[OpenComplaint]:
    """Return the complaints that are not closed, the latest first."""
    return open_complaints(context.dataset())


def write_letters(context: Context, request: LettersRequest) -> Mailed:
    """Write one letter a customer, one joined file for printing, and book them in 信函登记.

    Raises CancelledError when staff are asked and say no.
    """
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and few jobs need it

    dataset = context.dataset()
    form = form_of(request.template)
    template = Template(form.template, context.store.template(form.template), field_names())

    numbers = _archive_nos(dataset, form, request)
    mailing = plan_mailing(dataset, form, request.event, numbers, shop_words(context, dataset))
    if mailing.letters and not context.confirm(whether_to_send(mailing)):
        raise CancelledError
    contents = _rendered(context, template.render, mailing)

    folder = PurePath("信函") / safe_name(request.event or f"{context.today:%Y-%m-%d}")
    made = {
        letter.letter_no: folder / f"{letter.letter_no}_{safe_name(letter.customer)}.docx"
        for letter in mailing.letters
    }
    for letter_no, path in made.items():
        context.store.stage_file(path, contents[letter_no])
    merged, pdf = _keep_joined(context, folder, list(contents.values()), pdf=request.pdf)
    rows = [{**letter.register, "file": made[letter.letter_no].as_posix()} for letter in mailing.letters]
    context.store.workbook(LETTERS.workbook).append_rows(LETTERS, to_headings(LETTERS, rows))
    return Mailed(mailing, made, merged, pdf, context.save("letters", keep=dataset.settings.backup_keep))


def _archive_nos(dataset: Dataset, form: LetterForm, request: LettersRequest) -> Sequence[str] | None:
    """Return the archive numbers asked for; None for everybody. A form about a task goes to it without being told."""
    named = customers_named(form, request.archive, request.complaint, dataset)
    task = request.task or form.task
    if not task or (named is not None and request.task is None):
        return named
    due = customers_with(dataset, task)
    return due if named is None else [number for number in due if number in named]


def _rendered(
    context: Context, render: Callable[[Mapping[str, object]], bytes], mailing: Mailing
) -> dict[str, bytes]:
    contents = {}
    for done, letter in enumerate(mailing.letters):
        context.progress("生成信函", done, len(mailing.letters))
        contents[letter.letter_no] = render(letter.words)
    context.progress("生成信函", len(mailing.letters), len(mailing.letters))
    return contents


def _keep_joined(
    context: Context, folder: PurePath, letters: Sequence[bytes], *, pdf: bool
) -> tuple[PurePath | None, PurePath | None]:
    """Join the letters into one file for printing; no letters, no file."""
    from dealer_xl.office.word.joining import join  # noqa: PLC0415 - as above
    from dealer_xl.office.word.pdf import to_pdf  # noqa: PLC0415

    if not letters:
        return None, None
    context.progress("合并打印", 0, 1)
    merged = folder / f"合并打印_{context.now:%Y-%m-%d_%H%M%S}.docx"
    joined = join(letters)
    context.store.stage_file(merged, joined)
    printable = merged.with_suffix(".pdf") if pdf else None
    if printable:
        context.store.stage_file(printable, to_pdf(joined))
    context.progress("合并打印", 1, 1)
    return merged, printable
