"""The files of one mailing: each letter, the joined one and its PDF, and what goes on paper besides."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from dealer_xl.context import Context
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letter_fields import FIELDS
from dealer_xl.dealership.letters import Letter, Mailing
from dealer_xl.office.word.filenames import safe_name
from dealer_xl.office.word.readers import Reader
from dealer_xl.requests import LettersRequest

FOLDER = PurePath("信函")
_LETTER = re.compile(r"(XH\d{8}-\d+)_(.+)\.docx", re.IGNORECASE)
REPRINT = "补发"


@dataclass(frozen=True)
class MadeFiles:
    """The files that were made: by register number the letter's, and the others."""

    letters: Mapping[str, PurePath]
    merged: PurePath | None = None
    pdf: PurePath | None = None
    labels: PurePath | None = None
    envelopes: PurePath | None = None
    sign_list: PurePath | None = None
    merge_source: PurePath | None = None


def folder_of(context: Context, request: LettersRequest) -> PurePath:
    """Return the folder of a mailing: the event's, else the day's."""
    return FOLDER / safe_name(request.event or f"{context.today:%Y-%m-%d}")


def rows_without_file(context: Context, dataset: Dataset) -> list[int]:
    """Return the rows of the register that wait for posting and whose letter the folder lacks."""
    letters = dataset.tables["Letters"]
    waiting = letters[(letters["status"] == "待寄") & letters["file"].notna()]
    named = {row: PurePath(str(file)) for row, file in waiting["file"].items()}
    ours = {
        row: path for row, path in named.items() if path.parts[:1] == FOLDER.parts and ".." not in path.parts
    }
    there = {
        parent: set(context.store.names_in(parent)) for parent in {path.parent for path in ours.values()}
    }
    return [int(row) for row, path in ours.items() if path.name not in there[path.parent]]  # type: ignore[call-overload]


def files_without_row(context: Context, dataset: Dataset, folder: PurePath) -> dict[str, str]:
    """Return the numbers of letters in a folder that stand in no register, to the names they were written to."""
    booked = set(dataset.tables["Letters"]["letter_no"].dropna())
    found = (_LETTER.fullmatch(name) for name in context.store.names_in(folder))
    return {each[1]: each[2] for each in found if each and each[1] not in booked}


def stage_files(
    context: Context,
    request: LettersRequest,
    dataset: Dataset,
    mailing: Mailing,
    contents: Mapping[str, bytes],
) -> MadeFiles:
    """Gather the files of a mailing; `contents` are the letters by register number. No letters, no files."""
    if not mailing.letters:
        return MadeFiles({})
    folder = folder_of(context, request)
    stamp = f"{context.now:%Y-%m-%d_%H%M%S}"
    merged, pdf = _joined(
        context, folder / f"合并打印_{stamp}.docx", list(contents.values()), pdf=request.pdf
    )
    made = {letter.letter_no: merged for letter in mailing.letters}
    if not request.one_file:
        made = {letter.letter_no: _path(dataset, folder, letter) for letter in mailing.letters}
        for number, path in made.items():
            context.store.stage_file(path, contents[number])
    paper = _paper(context, request, mailing, folder, stamp)
    return MadeFiles(made, merged, pdf, **paper)


def _path(dataset: Dataset, folder: PurePath, letter: Letter) -> PurePath:
    """Return where a letter is put: one that waited for its file where the register says."""
    if letter.completes is not None:
        named = dataset.tables["Letters"]["file"].dropna()
        if letter.completes in named.index:
            return PurePath(str(named[letter.completes]))
    name = f"{letter.letter_no}_{safe_name(letter.customer)}"
    return folder / f"{name}{f'_{REPRINT}' if letter.reprint else ''}.docx"


def _joined(
    context: Context, path: PurePath, letters: Sequence[bytes], *, pdf: bool
) -> tuple[PurePath, PurePath | None]:
    from dealer_xl.office.word.joining import join  # noqa: PLC0415 - Word is slow to load, and few jobs need it
    from dealer_xl.office.word.pdf import to_pdf  # noqa: PLC0415

    context.progress("合并打印", 0, 1)
    joined = join(letters)
    context.store.stage_file(path, joined)
    printable = path.with_suffix(".pdf") if pdf else None
    if printable:
        context.store.stage_file(printable, to_pdf(joined))
    context.progress("合并打印", 1, 1)
    return path, printable


def _paper(
    context: Context, request: LettersRequest, mailing: Mailing, folder: PurePath, stamp: str
) -> dict[str, PurePath]:
    """Gather labels, envelopes, the list for signing and the source for Word's own mail merge, as asked for."""
    from dealer_xl.office.word import envelopes, labels, sign_list  # noqa: PLC0415 - as above

    readers = [_reader(letter) for letter in mailing.letters]
    made: dict[str, tuple[str, bytes]] = {}
    if request.labels is not None:
        made["labels"] = (f"地址标签_{stamp}.docx", labels.labels(readers, request.labels))
    if request.envelopes:
        made["envelopes"] = (f"信封_{stamp}.docx", envelopes.envelopes(readers, _sender(mailing)))
    if request.sign_list:
        title = f"{_sender(mailing)[0]} 信函寄发签收表（{mailing.form.template}）"
        made["sign_list"] = (
            f"寄发签收表_{stamp}.docx",
            sign_list.sign_list(title, f"{context.today:%Y-%m-%d}", readers),
        )
    if request.merge_source:
        made["merge_source"] = (f"邮件合并数据_{stamp}.xlsx", _merge_source(mailing))
    for name, content in made.values():
        context.store.stage_file(folder / name, content)
    return {key: folder / name for key, (name, _) in made.items()}


def _sender(mailing: Mailing) -> tuple[str, str, str]:
    words = mailing.letters[0].words
    return words["店名"], words["店址"], words["店电话"]


def _reader(letter: Letter) -> Reader:
    return Reader(letter.letter_no, **letter.reader)  # type: ignore[arg-type]  # its fields by their names


def _merge_source(mailing: Mailing) -> bytes:
    from dealer_xl.office.drawing.merge_source import merge_source  # noqa: PLC0415

    return merge_source([field.name for field in FIELDS], [letter.words for letter in mailing.letters])
