"""Button 月度总结: compute the figures of a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.narrative import paragraphs
from dealer_xl.dealership.periods import Period
from dealer_xl.dealership.person_figures import Person, person_figures
from dealer_xl.dealership.report_rows import report_words, summary_rows
from dealer_xl.dealership.story import story
from dealer_xl.dealership.summary import Summary, summarise
from dealer_xl.dealership.tables import (
    SUMMARY,
    SUMMARY_TEXT,
    TREND,
    YEAR_SUMMARY,
    YEAR_TEXT,
    YEAR_TREND,
)
from dealer_xl.jobs.row_headings import note_line, shop_words, to_headings

FOLDER = PurePath("总结")


@dataclass(frozen=True)
class Summarised:
    """What `write_summary` computed and wrote."""

    summary: Summary
    people: tuple[Person, ...]
    text: tuple[str, ...]
    report: PurePath
    edited: PurePath | None  # an earlier report that staff have written into, and that was left alone
    files: Sequence[PurePath]


def write_summary(context: Context, period: Period) -> Summarised:
    """Compute a period's figures, write them on their sheet and as a Word report."""
    from dealer_xl.office.word.rendering import Template  # noqa: PLC0415 - Word is slow to load, and only this needs it

    dataset = context.dataset()
    template = Template("月度总结", context.store.template("月度总结"))

    context.progress("计算指标", 0, 1)
    summary = summarise(dataset, period)
    people = person_figures(dataset, period)
    text = (*paragraphs(summary), *story(dataset, summary))
    context.progress("计算指标", 1, 1)

    figures, trend, words = (
        (YEAR_SUMMARY, YEAR_TREND, YEAR_TEXT) if period.is_year else (SUMMARY, TREND, SUMMARY_TEXT)
    )
    book = context.store.workbook(figures.workbook)
    book.replace_rows(figures, to_headings(figures, summary_rows(summary)))
    book.replace_rows(trend, to_headings(trend, summary.trend))
    book.replace_rows(words, to_headings(words, [{"text": paragraph} for paragraph in text]))
    book.write_note(figures, note_line(context, dataset, summary.label))
    report = template.render(report_words(summary, text, shop_words(context, dataset)["name"], context.today))
    name = f"{period.label}工作总结"
    place = _free_place(context, name)
    usual = FOLDER / f"{name}.docx"
    context.store.stage_file(place, report)
    return Summarised(
        summary,
        people,
        text,
        place,
        None if place == usual else usual,
        context.save("summary", keep=dataset.settings.backup_keep),
    )


def _free_place(context: Context, name: str) -> PurePath:
    """Return where the report goes: never over one that staff have written into."""
    places = (FOLDER / f"{name}{number}.docx" for number in ("", *(f"_{place}" for place in count(2))))
    return next(place for place in places if not context.store.is_edited(place))
