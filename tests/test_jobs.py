"""The jobs in memory: each finds what is there and writes it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW, rows_of
from memory_store import MemoryStore, MemoryWorkbook

from dealer_xl import jobs
from dealer_xl.context import EVERY_TABLE, Context
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.tables import (
    BOOKS,
    CHANGES,
    CUSTOMERS,
    EXTRAS,
    LETTERS,
    SETTINGS,
    SUMMARY,
    SUMMARY_TEXT,
    TABLES,
    TARGETS,
    TODAY,
    TREND,
)
from dealer_xl.requests import LettersRequest
from dealer_xl.sample import Sample
from dealer_xl.schema import CHECK, Table

FIRST_ROW = 4


def _found(checked: jobs.Checked) -> set[tuple[str, int, str, str]]:
    return {(issue.table.name, issue.row - FIRST_ROW, issue.column, issue.code) for issue in checked.issues}


def test_the_check_finds_every_planted_mistake_and_nothing_else(
    memory_context: Context, sample: Sample
) -> None:
    planted = {(each.table, each.place, each.column, each.code) for each in sample.planted}

    assert _found(jobs.check_entries(memory_context)) == planted


def test_each_row_with_an_issue_says_so_in_the_status_column_and_no_other_does(
    memory_context: Context,
) -> None:
    checked = jobs.check_entries(memory_context)

    frame = memory_context.store.workbook(CUSTOMERS.workbook).read_table(CUSTOMERS)
    marked = set(frame.index[frame[CHECK].notna()])
    assert marked == {issue.row for issue in checked.issues if issue.table is CUSTOMERS}


def test_a_mended_entry_loses_its_mark_at_the_next_check(memory_context: Context) -> None:
    book = memory_context.store.workbook(CUSTOMERS.workbook)
    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "12"})
    memory_context.save("typed")
    jobs.check_entries(memory_context)
    assert "联系电话" in str(book.read_table(CUSTOMERS).loc[FIRST_ROW, CHECK])

    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "13800138000"})
    memory_context.save("typed")
    jobs.check_entries(memory_context)

    assert book.read_table(CUSTOMERS).loc[FIRST_ROW, CHECK] is None


def test_fixing_leaves_nothing_to_fix(memory_context: Context) -> None:
    assert jobs.check_entries(memory_context, fix=True).fixed > 0

    assert jobs.check_entries(memory_context, fix=True).fixed == 0


def test_fixing_leaves_a_formula_to_the_shop_and_mends_the_rest(
    memory_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    normalisation = next(
        each for each in jobs.check_entries(memory_context).normalisations if each.table is CUSTOMERS
    )
    book = memory_context.store.workbook(CUSTOMERS.workbook)
    place = (normalisation.row, CUSTOMERS.headings.index(CUSTOMERS.heading(normalisation.column)) + 1)
    monkeypatch.setattr(book, "formula_places", lambda _, places: {place} & set(places))
    shown = str(book.read_table(CUSTOMERS).loc[normalisation.row, CUSTOMERS.heading(normalisation.column)])

    checked = jobs.check_entries(memory_context, fix=True)

    assert checked.by_formula == 1
    assert checked.fixed > 0
    assert checked.normalisations == (normalisation,)
    assert (
        str(book.read_table(CUSTOMERS).loc[normalisation.row, CUSTOMERS.heading(normalisation.column)])
        == shown
    )


def test_fixing_changes_no_issue_that_it_cannot_prove(memory_context: Context) -> None:
    plain = {issue for issue in jobs.check_entries(memory_context).issues if issue.suggestion is None}

    fixed = jobs.check_entries(memory_context, fix=True)

    assert _found(fixed) == {(i.table.name, i.row - FIRST_ROW, i.column, i.code) for i in plain}


def test_the_first_check_sees_no_change(memory_context: Context) -> None:
    assert jobs.check_entries(memory_context).changes == 0


def test_a_new_phone_number_is_written_into_the_changes_once(memory_context: Context) -> None:
    jobs.check_entries(memory_context)
    book = memory_context.store.workbook(CUSTOMERS.workbook)
    old = str(book.read_table(CUSTOMERS).loc[FIRST_ROW, "联系电话"])
    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "13900139001"})
    memory_context.save("typed")

    assert jobs.check_entries(memory_context).changes == 1
    assert jobs.check_entries(memory_context).changes == 0
    last = rows_of(memory_context, CHANGES)[-1]
    assert (last["字段"], last["原值"], last["新值"]) == ("联系电话", old, "13900139001")


def test_todays_list_stands_on_its_sheet_in_the_order_of_due_days(memory_context: Context) -> None:
    listed = jobs.list_today(memory_context)

    assert [row["客户名称"] for row in rows_of(memory_context, TODAY)] == [
        task.customer for task in listed.reminders
    ]
    assert [task.due for task in listed.reminders] == sorted(task.due for task in listed.reminders)


def test_the_summary_sheet_holds_every_figure_and_the_text(memory_context: Context) -> None:
    made = jobs.write_summary(memory_context, period_of("2026-10"))

    assert [row["指标代码"] for row in rows_of(memory_context, SUMMARY)] == [
        line.kpi.code for line in made.summary.lines
    ]
    assert [row["小结"] for row in rows_of(memory_context, SUMMARY_TEXT)] == list(made.text)


def test_the_summary_makes_a_word_report(memory_context: Context) -> None:
    jobs.write_summary(memory_context, period_of("2026-10"))

    assert isinstance(memory_context.store, MemoryStore)
    assert [path.name for path in memory_context.store.files if path.suffix == ".docx"] == [
        "2026年10月工作总结.docx"
    ]


def test_every_letter_is_booked_and_every_booked_letter_is_a_file(
    memory_context: Context, sample: Sample
) -> None:
    before = len(rows_of(memory_context, LETTERS))

    mailed = jobs.write_letters(
        memory_context, LettersRequest(Path(), "邀请函", event=sample.next_event(NOW.date()))
    )

    assert isinstance(memory_context.store, MemoryStore)
    booked = rows_of(memory_context, LETTERS)[before:]
    files = {path.as_posix() for path in memory_context.store.files}
    assert {row["登记号"] for row in booked} == set(mailed.made.letters)
    assert {row["文件名"] for row in booked} <= files


def test_a_second_run_makes_no_letter_twice(memory_context: Context, sample: Sample) -> None:
    wanted = LettersRequest(Path(), "邀请函", event=sample.next_event(NOW.date()))
    assert jobs.write_letters(memory_context, wanted).made.letters

    again = jobs.write_letters(memory_context, wanted)

    assert not again.made.letters
    assert again.made.merged is None


def test_the_register_is_clean_after_letters_were_booked(memory_context: Context, sample: Sample) -> None:
    before = _found(jobs.check_entries(memory_context))

    jobs.write_letters(memory_context, LettersRequest(Path(), "邀请函", event=sample.next_event(NOW.date())))

    assert _found(jobs.check_entries(memory_context)) == before


def test_what_staff_noted_beside_a_task_stays_while_the_task_is_on_the_list(memory_context: Context) -> None:
    jobs.list_today(memory_context)
    book = memory_context.store.workbook(TODAY.workbook)
    book.write_cells(TODAY, "办理结果", {FIRST_ROW + 1: "已打，下周来"})
    memory_context.save("typed")
    noted = book.read_table(TODAY).loc[FIRST_ROW + 1]

    jobs.list_today(memory_context)

    again = book.read_table(TODAY)
    kept = again[again["办理结果"].notna()]
    assert kept[["客户名称", "出处", "办理结果"]].to_numpy().tolist() == [
        [noted["客户名称"], noted["出处"], "已打，下周来"]
    ]


def test_an_answer_to_a_complaint_goes_to_its_customer_alone(memory_context: Context, sample: Sample) -> None:
    complaint = next(each for each in sample.rows["Complaints"] if each.get("archive_no"))

    request = LettersRequest(Path(), "投诉答复函", complaint=str(complaint["complaint_no"]))
    mailed = jobs.write_letters(memory_context, request)

    named = [letter.archive_no for letter in mailed.mailing.letters]
    assert [*named, *(skipped.archive_no for skipped in mailed.mailing.skipped)] == [complaint["archive_no"]]


def test_each_table_is_read_once_until_something_is_saved(memory_context: Context) -> None:
    steps: list[str] = []
    memory_context.progress = lambda step, *_: steps.append(step)

    jobs.events_to_invite_to(memory_context)
    first = memory_context.dataset()
    assert memory_context.dataset() is first
    assert memory_context.tables({"Customers"})["Customers"] is memory_context.tables()["Customers"]
    assert steps.count("读取表格") == len(EVERY_TABLE) + 1

    jobs.list_today(memory_context)

    assert memory_context.dataset() is not first


def test_only_the_tables_that_are_named_are_read(memory_context: Context) -> None:
    assert set(memory_context.tables({"Settings", "Calls"})) == {"Settings", "Calls"}
    assert isinstance(memory_context.store, MemoryStore)
    del memory_context.store.workbooks["信函登记.xlsx"]

    assert not memory_context.tables({"Customers"})["Customers"].empty


def _older(table: Table) -> Table:
    """Return a table as it was before the later columns were thought of, its codes in front of the names."""
    columns = [column for column in table.columns if not column.may_lack]
    return replace(table, columns=tuple(sorted(columns, key=lambda column: column.key != "code")))


@pytest.fixture
def older_context(sample: Sample) -> Context:
    """Lay the sample out as a store made before the later tables and columns were thought of."""
    books = {name: MemoryWorkbook(name) for name in BOOKS}
    for table in (*TABLES, TODAY, SUMMARY, SUMMARY_TEXT, TREND):
        if not table.may_lack:
            old = _older(table)
            rows = [
                {old.heading(key): value for key, value in row.items() if key in {c.key for c in old.columns}}
                for row in sample.rows.get(table.name, ())
            ]
            if table is TARGETS:
                rows = [{"年度": 2026, "指标代码": "csi", "年度目标": 0.9}]
            if table is SETTINGS:
                rows = [{"参数": "archive_days", "值": 2}]
            left = {SUMMARY_TEXT: 40, TREND: 20}.get(table, 1)
            books[table.workbook].lay(old, rows, left=left)
    return Context(lambda: MemoryStore(books.values()), NOW)


def test_workbooks_made_before_a_table_was_thought_of_go_on_working(
    older_context: Context, sample: Sample
) -> None:
    planted = {(each.table, each.place, each.column, each.code) for each in sample.planted}

    assert _found(jobs.check_entries(older_context)) == planted
    assert jobs.list_today(older_context).reminders
    assert jobs.write_summary(older_context, period_of("2026-10")).summary.line("csi").target == 0.9
    assert [row["label"] for row in jobs.plan_months(older_context, 2026).plan.rows] == ["客户满意度CSI"]


def test_the_check_puts_the_codes_beside_the_names(memory_context: Context) -> None:
    book = memory_context.store.workbook(TARGETS.workbook)
    assert set(book.read_table(TARGETS)["指标代码"]) == {None}

    jobs.check_entries(memory_context)

    targets = book.read_table(TARGETS)
    assert dict(zip(targets["指标"], targets["指标代码"], strict=True))["客户满意度CSI"] == "csi"


def _sheets(folder: Path) -> set[str]:
    return {sheet for name in BOOKS for sheet in openpyxl.load_workbook(folder / name).sheetnames}


def test_new_workbooks_have_an_extra_table_only_where_it_is_asked_for(tmp_path: Path) -> None:
    extras = {table.sheet for table in EXTRAS}

    jobs.make_books(tmp_path / "简", 2026)
    jobs.make_books(tmp_path / "繁", 2026, ["续保", "整改措施"])

    assert _sheets(tmp_path / "简") & extras == set()
    assert _sheets(tmp_path / "繁") & extras == {"续保", "整改措施"}


def test_a_table_that_does_not_exist_cannot_be_asked_for(tmp_path: Path) -> None:
    with pytest.raises(jobs.UnknownTableError, match="没有叫“库存”的表可以添加。可以添加的表：续保、预约"):
        jobs.make_books(tmp_path, 2026, ["库存", "续保"])

    assert not list(tmp_path.iterdir())


def test_a_shop_with_plain_workbooks_is_checked_and_summed_up(tmp_path: Path) -> None:
    jobs.make_books(tmp_path, 2026)
    context = Context.of_folder(tmp_path, NOW)

    assert jobs.check_entries(context).issues == ()
    assert jobs.list_today(context).reminders == ()
