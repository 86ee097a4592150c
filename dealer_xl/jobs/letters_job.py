"""Button 生成信函: write letters and book them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.confirmations import (
    ComingEvent,
    OpenComplaint,
    coming_events,
    open_complaints,
    whether_to_add_row,
    whether_to_send,
)
from dealer_xl.dealership.letter_fields import field_names
from dealer_xl.dealership.letter_forms import LETTER_FORMS, LetterForm, form_of_row, forms_of, offered_row
from dealer_xl.dealership.letters import Mailing, Unfinished, plan_mailing
from dealer_xl.dealership.recipients import Order
from dealer_xl.dealership.tables import LETTER_TEMPLATES
from dealer_xl.errors import CancelledError
from dealer_xl.jobs.letter_booking import book_letters, list_not_sent
from dealer_xl.jobs.letter_files import (
    MadeFiles,
    files_without_row,
    folder_of,
    rows_without_file,
    stage_files,
)
from dealer_xl.jobs.row_headings import shop_words, to_headings
from dealer_xl.office.sheets.headings import SheetMissingError
from dealer_xl.requests import LettersRequest


@dataclass(frozen=True)
class Mailed:
    """What `write_letters` decided and made."""

    mailing: Mailing
    made: MadeFiles
    files: Sequence[PurePath]


def events_to_invite_to(context: Context) -> list[ComingEvent]:
    """Return the events that are not over, the next first."""
    return coming_events(context.dataset())


def complaints_to_answer(context: Context) -> list[OpenComplaint]:
    """Return the complaints that are not closed, the latest first."""
    return open_complaints(context.dataset())


def letter_forms(context: Context) -> list[LetterForm]:
    """Return the forms that can be made: the shipped ones, and whatever Word file lies in 模板."""
    forms = forms_of(context.dataset())
    own = [name for name in context.store.template_names() if name not in forms]
    shipped = [form.template for form in LETTER_FORMS]
    there = {*shipped, *context.store.template_names()}
    known = [form for name, form in forms.items() if name in there]
    return [*known, *(form_of_row(offered_row(name)) for name in own)]


def write_letters(context: Context, request: LettersRequest) -> Mailed:
    """Write one letter a customer or car, one joined file for printing, and book them in 信函登记.

    Raises CancelledError when staff are asked and say no, and what `plan_mailing` and `Template` raise.
    """
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and few jobs need it

    dataset = context.dataset()
    template = Template(request.template, context.store.template(request.template), field_names())
    form = _form(context, request.template)
    mailing = plan_mailing(
        dataset,
        form,
        order_of(request),
        shop_words(context, dataset),
        Unfinished(
            rows_without_file(context, dataset),
            files_without_row(context, dataset, folder_of(context, request)),
        ),
    )
    if mailing.letters and not context.confirm(whether_to_send(mailing)):
        raise CancelledError
    contents = _rendered(context, template.render, mailing)
    made = stage_files(context, request, dataset, mailing, contents)
    book_letters(context, dataset, mailing, made.letters)
    list_not_sent(context, dataset, mailing)
    return Mailed(mailing, made, context.save("letters", keep=dataset.settings.backup_keep))


def order_of(request: LettersRequest) -> Order:
    """Return whom a request asks letters for."""
    return Order(
        request.event,
        request.task,
        request.complaint,
        request.archive,
        request.where,
        request.first,
        request.again,
    )


def _form(context: Context, template: str) -> LetterForm:
    """Return the form of a template; one that has no row in 信函模板 is offered one.

    Raises CancelledError when staff do not want it.
    """
    forms = forms_of(context.dataset())
    if template in forms:
        return forms[template]
    if not context.confirm(whether_to_add_row(template)):
        raise CancelledError
    row = offered_row(template)
    with suppress(SheetMissingError):  # a book made before the sheet was thought of
        context.store.workbook(LETTER_TEMPLATES.workbook).append_rows(
            LETTER_TEMPLATES, to_headings(LETTER_TEMPLATES, [row.row])
        )
    return form_of_row(row)


def _rendered(
    context: Context, render: Callable[[Mapping[str, object]], bytes], mailing: Mailing
) -> dict[str, bytes]:
    contents = {}
    for done, letter in enumerate(mailing.letters):
        context.progress("生成信函", done, len(mailing.letters))
        contents[letter.letter_no] = render(letter.words)
    context.progress("生成信函", len(mailing.letters), len(mailing.letters))
    return contents
