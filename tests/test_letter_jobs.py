"""The job of letters on a shop's folder: register, files and lists agree, whatever was interrupted before."""

from __future__ import annotations

import random
import shutil
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW, rows_of
from docx import Document
from memory_store import MemoryStore

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.tables import INVITEES, LETTER_TEMPLATES, LETTERS, NOT_SENT
from dealer_xl.errors import CancelledError
from dealer_xl.office.folder.folder_store import TEMPLATES, FolderStore
from dealer_xl.office.folder.own_templates import TemplateUnfitError, own_templates
from dealer_xl.office.word.labels import LabelStartError, labels
from dealer_xl.office.word.readers import Reader
from dealer_xl.requests import LettersRequest
from dealer_xl.sample import Sample


def invitations(sample: Sample, **more: object) -> LettersRequest:
    """Ask for the invitations to the next event."""
    return LettersRequest(Path(), "邀请函", event=sample.next_event(NOW.date()), **more)  # type: ignore[arg-type]


def memory(context: Context) -> MemoryStore:
    assert isinstance(context.store, MemoryStore)
    return context.store


def test_who_is_left_out_stands_on_a_sheet_with_the_reason(memory_context: Context, sample: Sample) -> None:
    mailed = jobs.write_letters(memory_context, invitations(sample, first=3))

    left_out = [row["档案号"] for row in rows_of(memory_context, NOT_SENT)]
    assert sorted(map(str, left_out)) == sorted(each.archive_no for each in mailed.mailing.skipped)
    assert all(row["说明"] for row in rows_of(memory_context, NOT_SENT))


def test_the_event_s_list_holds_who_was_written_to(memory_context: Context, sample: Sample) -> None:
    request = invitations(sample, first=3)
    mailed = jobs.write_letters(memory_context, request)

    posted = [
        row["档案号"]
        for row in rows_of(memory_context, INVITEES)
        if row["活动编号"] == request.event and row["寄信日期"]
    ]
    assert {letter.archive_no for letter in mailed.mailing.letters} <= set(posted)


@pytest.mark.parametrize("seed", range(4))
def test_register_and_files_agree_after_interruptions_and_reruns(
    seed: int, memory_context: Context, sample: Sample
) -> None:
    """A file is lost, a row's file name is emptied, a row comes back: the next runs make each whole again."""
    dice, store, request = random.Random(seed), memory(memory_context), invitations(sample)  # noqa: S311 - no secrets
    first = jobs.write_letters(memory_context, request)
    numbers = list(first.made.letters)
    lost, unnamed = dice.sample(numbers, 2)
    del store.files[first.made.letters[lost]]
    rows = store.workbook(LETTERS.workbook).read_table(LETTERS)
    row = int(rows.index[rows["登记号"] == unnamed][0])
    store.workbook(LETTERS.workbook).write_cells(LETTERS, "文件名", {row: None})
    memory_context.save("typed")

    again = jobs.write_letters(memory_context, request)
    third = jobs.write_letters(memory_context, request)

    assert set(again.made.letters) == {lost, unnamed}
    assert not third.made.letters
    booked = [each for each in rows_of(memory_context, LETTERS) if each["登记号"] in set(numbers)]
    assert len(booked) == len(numbers)
    assert {str(each["文件名"]) for each in booked} <= {path.as_posix() for path in store.files}


def test_a_letter_made_again_is_marked_and_booked_no_second_time(
    memory_context: Context, sample: Sample
) -> None:
    first = jobs.write_letters(memory_context, invitations(sample))
    before = len(rows_of(memory_context, LETTERS))
    one = first.mailing.letters[0]

    again = jobs.write_letters(
        memory_context, invitations(sample, archive=(one.archive_no,), again=True, first=1)
    )

    assert [letter.letter_no for letter in again.mailing.letters] in ([one.letter_no], [])
    assert len(rows_of(memory_context, LETTERS)) == before


def test_paper_is_made_as_asked_for(memory_context: Context, sample: Sample) -> None:
    request = invitations(
        sample, first=2, labels=5, envelopes=True, sign_list=True, merge_source=True, one_file=True
    )
    mailed = jobs.write_letters(memory_context, request)
    made, files = mailed.made, memory(memory_context).files

    assert set(made.letters.values()) == {made.merged}
    for path in (made.labels, made.envelopes, made.sign_list):
        assert path is not None
        assert Document(BytesIO(files[path])).tables
    assert made.merge_source is not None
    source = openpyxl.load_workbook(BytesIO(files[made.merge_source])).active
    assert source is not None
    assert [cell.value for cell in source[1]][:3] == ["店名", "店址", "店电话"]
    assert source.max_row == 1 + len(mailed.mailing.letters)


def test_labels_begin_at_the_first_free_one() -> None:
    reader = Reader("X1", ("张伟先生（收）",), "一环路1号", "510000")
    table = Document(BytesIO(labels([reader] * 2, 5))).tables[0]

    texts = [cell.text for row in table.rows for cell in row.cells]
    assert [place for place, text in enumerate(texts, 1) if text] == [5, 6]
    with pytest.raises(LabelStartError, match="25"):
        labels([reader], 25)


@pytest.mark.parametrize("name", ["邀请函.DOCX", " 邀请函 .docx", "邀请函.docx"])
def test_a_word_file_of_the_shop_is_used_however_its_name_is_written(
    name: str,
) -> None:
    assert own_templates([name]).usable == {"邀请函": name}


@pytest.mark.parametrize(
    "name", ["邀请函.doc", "邀请函.docm", "邀请函.dotx", "邀请函(1).docx", "邀请函 - 副本.docx"]
)
def test_what_looks_like_the_template_and_is_none_stops_the_job(
    name: str, sample_folder: Path, tmp_path: Path
) -> None:
    shop = tmp_path / "店"
    shutil.copytree(sample_folder, shop)
    (shop / TEMPLATES).mkdir(exist_ok=True)
    (shop / TEMPLATES / name).write_bytes(b"")

    with pytest.raises(TemplateUnfitError, match="请"):
        FolderStore(shop).template("邀请函")


def test_a_word_file_without_a_row_is_offered_one(memory_context: Context) -> None:
    store = memory(memory_context)
    store.templates["中秋贺卡"] = store.template("感谢信")
    request = LettersRequest(Path(), "中秋贺卡", where=("营销同意=同意",))
    memory_context.confirm = lambda question: "中秋贺卡" not in question

    with pytest.raises(CancelledError):
        jobs.write_letters(memory_context, request)
    assert "中秋贺卡" in [form.template for form in jobs.letter_forms(memory_context)]

    memory_context.confirm = lambda _: True
    jobs.write_letters(memory_context, request)
    assert "中秋贺卡" in [row["模板"] for row in rows_of(memory_context, LETTER_TEMPLATES)]
