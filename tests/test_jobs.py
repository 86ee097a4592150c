"""The jobs in memory: each finds what is there and writes it back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from conftest import NOW, rows_of

from dealer_xl import jobs
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
from dealer_xl.office.sheets.memory import MemoryStore, MemoryWorkbook
from dealer_xl.sample import Sample
from dealer_xl.schema import CHECK, Table

FIRST_ROW = 4


def _found(checked: jobs.Checked) -> set[tuple[str, int, str, str]]:
    return {(issue.table.name, issue.row - FIRST_ROW, issue.column, issue.code) for issue in checked.issues}


def test_the_check_finds_every_planted_mistake_and_nothing_else(memory_run: jobs.Run, sample: Sample) -> None:
    planted = {(each.table, each.place, each.column, each.code) for each in sample.planted}

    assert _found(jobs.check_entries(memory_run)) == planted


def test_each_row_with_an_issue_says_so_in_the_status_column_and_no_other_does(memory_run: jobs.Run) -> None:
    checked = jobs.check_entries(memory_run)

    frame = memory_run.store.workbook(CUSTOMERS.workbook).read_table(CUSTOMERS)
    marked = set(frame.index[frame[CHECK].notna()])
    assert marked == {issue.row for issue in checked.issues if issue.table is CUSTOMERS}


def test_a_mended_entry_loses_its_mark_at_the_next_check(memory_run: jobs.Run) -> None:
    book = memory_run.store.workbook(CUSTOMERS.workbook)
    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "12"})
    memory_run.store.save("typed")
    jobs.check_entries(memory_run)
    assert "联系电话" in str(book.read_table(CUSTOMERS).loc[FIRST_ROW, CHECK])

    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "13800138000"})
    memory_run.store.save("typed")
    jobs.check_entries(memory_run)

    assert book.read_table(CUSTOMERS).loc[FIRST_ROW, CHECK] is None


def test_fixing_leaves_nothing_to_fix(memory_run: jobs.Run) -> None:
    assert jobs.check_entries(memory_run, fix=True).fixed > 0

    assert jobs.check_entries(memory_run, fix=True).fixed == 0


def test_fixing_leaves_a_formula_to_the_shop_and_mends_the_rest(
    memory_run: jobs.Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    normalisation = next(
        each for each in jobs.check_entries(memory_run).normalisations if each.table is CUSTOMERS
    )
    book = memory_run.store.workbook(CUSTOMERS.workbook)
    place = (normalisation.row, CUSTOMERS.headings.index(CUSTOMERS.heading(normalisation.column)) + 1)
    monkeypatch.setattr(book, "formula_places", lambda _, places: {place} & set(places))
    shown = str(book.read_table(CUSTOMERS).loc[normalisation.row, CUSTOMERS.heading(normalisation.column)])

    checked = jobs.check_entries(memory_run, fix=True)

    assert checked.by_formula == 1
    assert checked.fixed > 0
    assert checked.normalisations == (normalisation,)
    assert (
        str(book.read_table(CUSTOMERS).loc[normalisation.row, CUSTOMERS.heading(normalisation.column)])
        == shown
    )


def test_fixing_changes_no_issue_that_it_cannot_prove(memory_run: jobs.Run) -> None:
    plain = {issue for issue in jobs.check_entries(memory_run).issues if issue.suggestion is None}

    fixed = jobs.check_entries(memory_run, fix=True)

    assert _found(fixed) == {(i.table.name, i.row - FIRST_ROW, i.column, i.code) for i in plain}


def test_the_first_check_sees_no_change(memory_run: jobs.Run) -> None:
    assert jobs.check_entries(memory_run).changes == 0


def test_a_new_phone_number_is_written_into_the_changes_once(memory_run: jobs.Run) -> None:
    jobs.check_entries(memory_run)
    book = memory_run.store.workbook(CUSTOMERS.workbook)
    old = str(book.read_table(CUSTOMERS).loc[FIRST_ROW, "联系电话"])
    book.write_cells(CUSTOMERS, "联系电话", {FIRST_ROW: "13900139001"})
    memory_run.store.save("typed")

    assert jobs.check_entries(memory_run).changes == 1
    assert jobs.check_entries(memory_run).changes == 0
    last = rows_of(memory_run, CHANGES)[-1]
    assert (last["字段"], last["原值"], last["新值"]) == ("联系电话", old, "13900139001")


def test_todays_list_stands_on_its_sheet_in_the_order_of_due_days(memory_run: jobs.Run) -> None:
    listed = jobs.list_today(memory_run)

    assert [row["客户名称"] for row in rows_of(memory_run, TODAY)] == [
        task.customer for task in listed.reminders
    ]
    assert [task.due for task in listed.reminders] == sorted(task.due for task in listed.reminders)


def test_the_summary_sheet_holds_every_figure_and_the_text(memory_run: jobs.Run) -> None:
    made = jobs.write_summary(memory_run, period_of("2026-10"))

    assert [row["指标代码"] for row in rows_of(memory_run, SUMMARY)] == [
        line.kpi.code for line in made.summary.lines
    ]
    assert [row["小结"] for row in rows_of(memory_run, SUMMARY_TEXT)] == list(made.text)


def test_the_summary_makes_a_word_report(memory_run: jobs.Run) -> None:
    jobs.write_summary(memory_run, period_of("2026-10"))

    assert isinstance(memory_run.store, MemoryStore)
    assert [path.name for path in memory_run.store.files if path.suffix == ".docx"] == [
        "2026年10月工作总结.docx"
    ]


def test_every_letter_is_booked_and_every_booked_letter_is_a_file(
    memory_run: jobs.Run, sample: Sample
) -> None:
    before = len(rows_of(memory_run, LETTERS))

    mailed = jobs.write_letters(memory_run, jobs.Wanted("邀请函", event=sample.next_event(NOW.date())))

    assert isinstance(memory_run.store, MemoryStore)
    booked = rows_of(memory_run, LETTERS)[before:]
    files = {path.as_posix() for path in memory_run.store.files}
    assert {row["登记号"] for row in booked} == set(mailed.made)
    assert {row["文件名"] for row in booked} <= files


def test_a_second_run_makes_no_letter_twice(memory_run: jobs.Run, sample: Sample) -> None:
    wanted = jobs.Wanted("邀请函", event=sample.next_event(NOW.date()))
    assert jobs.write_letters(memory_run, wanted).made

    again = jobs.write_letters(memory_run, wanted)

    assert not again.made
    assert again.merged is None


def test_the_register_is_clean_after_letters_were_booked(memory_run: jobs.Run, sample: Sample) -> None:
    before = _found(jobs.check_entries(memory_run))

    jobs.write_letters(memory_run, jobs.Wanted("邀请函", event=sample.next_event(NOW.date())))

    assert _found(jobs.check_entries(memory_run)) == before


def test_what_staff_noted_beside_a_task_stays_while_the_task_is_on_the_list(memory_run: jobs.Run) -> None:
    jobs.list_today(memory_run)
    book = memory_run.store.workbook(TODAY.workbook)
    book.write_cells(TODAY, "办理结果", {FIRST_ROW + 1: "已打，下周来"})
    memory_run.store.save("typed")
    noted = book.read_table(TODAY).loc[FIRST_ROW + 1]

    jobs.list_today(memory_run)

    again = book.read_table(TODAY)
    kept = again[again["办理结果"].notna()]
    assert kept[["客户名称", "出处", "办理结果"]].to_numpy().tolist() == [
        [noted["客户名称"], noted["出处"], "已打，下周来"]
    ]


def _older(table: Table) -> Table:
    """Return a table as it was before the later columns were thought of, its codes in front of the names."""
    columns = [column for column in table.columns if not column.may_lack]
    return replace(table, columns=tuple(sorted(columns, key=lambda column: column.key != "code")))


@pytest.fixture
def older_run(sample: Sample) -> jobs.Run:
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
    return jobs.Run(MemoryStore(books.values()), NOW)


def test_workbooks_made_before_a_table_was_thought_of_go_on_working(
    older_run: jobs.Run, sample: Sample
) -> None:
    planted = {(each.table, each.place, each.column, each.code) for each in sample.planted}

    assert _found(jobs.check_entries(older_run)) == planted
    assert jobs.list_today(older_run).reminders
    assert jobs.write_summary(older_run, period_of("2026-10")).summary.line("csi").target == 0.9
    assert [row["label"] for row in jobs.plan_months(older_run, 2026).plan.rows] == ["客户满意度CSI"]


def test_the_check_puts_the_codes_beside_the_names(memory_run: jobs.Run) -> None:
    book = memory_run.store.workbook(TARGETS.workbook)
    assert set(book.read_table(TARGETS)["指标代码"]) == {None}

    jobs.check_entries(memory_run)

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
    run = jobs.Run(jobs.closed_files(tmp_path), NOW)

    assert jobs.check_entries(run).issues == ()
    assert jobs.list_today(run).reminders == ()
