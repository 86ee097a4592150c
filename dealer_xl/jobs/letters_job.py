"""Button 生成信函: write letters and book them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.dealership.confirmations import ComingEvent, coming_events, whether_to_send
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letters import Mailing, form_of, plan_mailing
from dealer_xl.dealership.reminders import customers_with
from dealer_xl.dealership.tables import LETTERS
from dealer_xl.errors import CancelledError
from dealer_xl.jobs.run import Run, load_dataset, read_tables, store_words, to_headings
from dealer_xl.office.word.filenames import safe_name


@dataclass(frozen=True)
class Wanted:
    """Which letters are asked for: about an event, or to named customers, or to those with a task today."""

    template: str
    event: str | None = None
    archive_nos: Sequence[str] | None = None
    task: str | None = None
    pdf: bool = False


@dataclass(frozen=True)
class Mailed:
    """What `write_letters` decided and made."""

    mailing: Mailing
    made: Mapping[str, PurePath]  # register number to file
    merged: PurePath | None
    pdf: PurePath | None
    files: Sequence[PurePath]


def events_to_invite_to(run: Run) -> list[ComingEvent]:
    """List the events that are not over, the next first."""
    return coming_events(load_dataset(run, read_tables(run)))


def write_letters(run: Run, wanted: Wanted) -> Mailed:
    """Write one letter a customer, one joined file for printing, and book them in 信函登记.

    Raises CancelledError when staff are asked and say no.
    """
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and few jobs need it

    dataset = load_dataset(run, read_tables(run))
    form = form_of(wanted.template)
    template = Template(form.template, run.store.template(form.template))

    numbers = _asked_for(dataset, wanted)
    mailing = plan_mailing(dataset, form, wanted.event, numbers, store_words(run, dataset))
    if mailing.letters and not run.agree(whether_to_send(mailing)):
        raise CancelledError
    contents = _rendered(run, template.render, mailing)

    folder = PurePath("信函") / safe_name(wanted.event or f"{run.today:%Y-%m-%d}")
    made = {
        letter.letter_no: folder / f"{letter.letter_no}_{safe_name(letter.customer)}.docx"
        for letter in mailing.letters
    }
    for letter_no, path in made.items():
        run.store.stage_file(path, contents[letter_no])
    merged, pdf = _keep_joined(run, folder, list(contents.values()), pdf=wanted.pdf)
    rows = [{**letter.register, "file": made[letter.letter_no].as_posix()} for letter in mailing.letters]
    run.store.workbook(LETTERS.workbook).append_rows(LETTERS, to_headings(LETTERS, rows))
    return Mailed(mailing, made, merged, pdf, run.store.save("letters", keep=dataset.settings.backup_keep))


def _asked_for(dataset: Dataset, wanted: Wanted) -> Sequence[str] | None:
    """List the archive numbers asked for; nobody named is everybody."""
    if wanted.task is None:
        return wanted.archive_nos
    due = customers_with(dataset, wanted.task)
    return due if wanted.archive_nos is None else [number for number in due if number in wanted.archive_nos]


def _rendered(
    run: Run, render: Callable[[Mapping[str, object]], bytes], mailing: Mailing
) -> dict[str, bytes]:
    contents = {}
    for done, letter in enumerate(mailing.letters):
        run.tell("生成信函", done, len(mailing.letters))
        contents[letter.letter_no] = render(letter.words)
    run.tell("生成信函", len(mailing.letters), len(mailing.letters))
    return contents


def _keep_joined(
    run: Run, folder: PurePath, letters: Sequence[bytes], *, pdf: bool
) -> tuple[PurePath | None, PurePath | None]:
    """Join the letters into one file for printing; no letters, no file."""
    from dealer_xl.office.word.joining import join  # noqa: PLC0415 - as above
    from dealer_xl.office.word.pdf import to_pdf  # noqa: PLC0415

    if not letters:
        return None, None
    run.tell("合并打印", 0, 1)
    merged = folder / f"合并打印_{run.now:%Y-%m-%d_%H%M%S}.docx"
    joined = join(letters)
    run.store.stage_file(merged, joined)
    printable = merged.with_suffix(".pdf") if pdf else None
    if printable:
        run.store.stage_file(printable, to_pdf(joined))
    run.tell("合并打印", 1, 1)
    return merged, printable
