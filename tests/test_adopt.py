"""Behind the workbooks a shop has: described in 对照, read and written through it, and no byte changed unasked."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from foreign_dress import DRESSED, Dress

from dealer_xl import jobs
from dealer_xl.context import Context
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.parsers import as_text, is_blank
from dealer_xl.dealership.periods import period_of
from dealer_xl.dealership.reminders import reminders_of
from dealer_xl.dealership.tables import BY_NAME, CALLS, CUSTOMERS, LETTERS, VISITS
from dealer_xl.errors import DealerXlError
from dealer_xl.frontends import dispatch
from dealer_xl.frontends.results.outcome import Outcome
from dealer_xl.office.protocols import Cell
from dealer_xl.requests import (
    AdoptRequest,
    CheckRequest,
    NewRequest,
    Request,
    SummaryRequest,
    TodayRequest,
    UndoRequest,
)
from dealer_xl.sample import make_sample

NOW = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the shop's own clock
FOREIGN = Path(__file__).parent / "foreign"
LAYOUTS = sorted(path.stem for path in FOREIGN.glob("*.json"))


def _truth(name: str) -> Mapping[str, Any]:
    truth: Mapping[str, Any] = json.loads((FOREIGN / f"{name}.json").read_text(encoding="utf-8"))
    return truth


def _shop(folder: Path, name: str) -> Path:
    file = folder / str(_truth(name)["file_as_found"])
    shutil.copy(FOREIGN / f"{name}.xlsx", file)
    return file


def run(request: Request, folder: Path, *, dry_run: bool = False) -> Outcome:
    return dispatch.run(request, Context.of_folder(folder, NOW, dry_run=dry_run))


def write_book(path: Path, sheets: Mapping[str, list[list[object]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_foreign_workbook_is_seen_for_what_it_is(name: str, tmp_path: Path) -> None:
    truth, file = _truth(name), _shop(tmp_path, name)
    before = file.read_bytes()

    sources = run(AdoptRequest(tmp_path), tmp_path).data["sources"]

    source = next(each for each in sources if each["sheet"] == truth["sheet"])
    assert (source["table"], source["heading_row"], source["rows"]) == (
        truth["table"],
        truth["heading_row"],
        truth["data_rows"],
    )
    assert file.read_bytes() == before


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_column_of_a_foreign_workbook_is_used_wrongly(name: str, tmp_path: Path) -> None:
    truth = _truth(name)
    _shop(tmp_path, name)

    source = run(AdoptRequest(tmp_path), tmp_path).data["sources"][0]

    used = [(each["heading"], each["column"]) for each in source["columns"] if each["sure"] == "certain"]
    right = {
        heading: {meant, *truth["also_right"].get(heading, ())} for heading, meant in truth["mapping"].items()
    }
    assert [pair for pair in used if pair[1] not in right[pair[0]]] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_behind_a_confirmed_foreign_workbook_the_jobs_run(name: str, tmp_path: Path) -> None:
    file = _shop(tmp_path, name)
    before = file.read_bytes()
    run(AdoptRequest(tmp_path, yes=True), tmp_path)

    for request in (CheckRequest(tmp_path), TodayRequest(tmp_path), SummaryRequest(tmp_path, "2026-10")):
        assert run(request, tmp_path).code in {0, 1}

    assert file.read_bytes() == before


Typed = dict[str, Cell]
HEADINGS: list[object] = ["姓名", "手机", "车牌", "车型"]
CARS: list[list[object]] = [
    ["张伟", "13800138000", "粤A12345", "凌风"],
    ["王芳", "138", "粤B23456", "云途"],
    ["李强", "13800138001", "粤A12346", "凌风"],
    ["赵敏", "13800138002", "粤A12347", "凌风"],
]


def _adopted(folder: Path, rows: list[list[object]] | None = None) -> None:
    write_book(folder / "客户台账.xlsx", {"客户": rows or [HEADINGS, *CARS]})
    run(AdoptRequest(folder, yes=True), folder)


def test_what_is_wrong_in_a_sheet_of_the_shops_stands_on_a_sheet_of_ours_under_its_own_heading(
    tmp_path: Path,
) -> None:
    _adopted(tmp_path)

    issues = run(CheckRequest(tmp_path), tmp_path).data["issues"]

    places = [(each["workbook"], each["sheet"], each["row"], each["code"]) for each in issues]
    found = openpyxl.load_workbook(tmp_path / "月度计划.xlsx")["校验结果"]
    assert places == [("客户台账.xlsx", "客户", 3, "phone-format")]
    assert [cell.value for cell in found[4]][:4] == ["客户台账.xlsx", "客户", 3, "手机"]


def test_undo_takes_back_what_adopt_made(tmp_path: Path) -> None:
    _adopted(tmp_path)

    run(UndoRequest(tmp_path), tmp_path)

    assert not (tmp_path / "月度计划.xlsx").exists()


def test_a_trial_writes_nothing(tmp_path: Path) -> None:
    write_book(tmp_path / "客户台账.xlsx", {"客户": [HEADINGS, *CARS]})

    run(AdoptRequest(tmp_path), tmp_path, dry_run=True)

    assert [path.name for path in tmp_path.iterdir()] == ["客户台账.xlsx"]


def test_where_the_shop_has_a_workbook_of_our_name_ours_gets_another(tmp_path: Path) -> None:
    write_book(tmp_path / "月度计划.xlsx", {"计划": [["项目", "负责"], ["打扫", "李静"]]})
    before = (tmp_path / "月度计划.xlsx").read_bytes()

    _adopted(tmp_path)

    assert (tmp_path / "月度计划(助手).xlsx").exists()
    assert (tmp_path / "月度计划.xlsx").read_bytes() == before


def _mapping(folder: Path) -> tuple[openpyxl.Workbook, Any, dict[Any, Any]]:
    book = openpyxl.load_workbook(folder / "月度计划.xlsx")
    sheet = book["对照"]
    return book, sheet, {cell.value: cell.column for cell in sheet[3]}


def _change_mapping(folder: Path, column: str, **values: str | None) -> None:
    """Type into the row of a column of 客户档案 as staff would."""
    book, sheet, at = _mapping(folder)
    for row in range(4, sheet.max_row + 1):
        if (sheet.cell(row, at["表"]).value, sheet.cell(row, at["列"]).value) == ("客户档案", column):
            for heading, value in values.items():
                sheet.cell(row, at[heading]).value = value
    book.save(folder / "月度计划.xlsx")


def test_what_staff_confirmed_comes_first_the_next_time(tmp_path: Path) -> None:
    _adopted(tmp_path)
    _change_mapping(tmp_path, "客户名称", 本店的列=None, 取值="没有", 把握="确定")
    _change_mapping(tmp_path, "业务员", 本店的列="姓名", 取值="本店的列", 把握="确定")

    (source,) = run(AdoptRequest(tmp_path), tmp_path).data["sources"]

    assert {each["heading"]: each["column"] for each in source["columns"]}["姓名"] == "业务员"


def _rename_a_heading(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "客户台账.xlsx")
    book["客户"]["B1"] = "座机"
    book.save(folder / "客户台账.xlsx")


def _double_a_heading(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "客户台账.xlsx")
    book["客户"]["E1"] = "手机"
    book.save(folder / "客户台账.xlsx")


def _use_a_column_twice(folder: Path) -> None:
    _change_mapping(folder, "业务员", 本店的列="姓名", 取值="本店的列", 把握="确定")


def _fix_the_consent(folder: Path) -> None:
    _change_mapping(folder, "营销同意", 取值="固定值", 固定值="同意", 把握="确定")


def _rename_the_workbook(folder: Path) -> None:
    (folder / "客户台账.xlsx").rename(folder / "客户名册.xlsx")


def _rename_the_sheet(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "客户台账.xlsx")
    book["客户"].title = "名单"
    book.save(folder / "客户台账.xlsx")


BROKEN: dict[Callable[[Path], None], tuple[str, Callable[[Path], object]]] = {
    _rename_a_heading: (
        "没有“手机”列",
        lambda folder: _change_mapping(folder, "联系电话", 本店的列="座机", 把握="确定"),
    ),
    _double_a_heading: (
        "有两列都叫“手机”",
        lambda folder: _change_mapping(folder, "联系电话", 本店的列="手机（B列）", 把握="确定"),
    ),
    _use_a_column_twice: ("“姓名”已经用在", lambda folder: _change_mapping(folder, "业务员", 取值="没有")),
    _fix_the_consent: ("不能用固定值", lambda folder: _change_mapping(folder, "营销同意", 取值="没有")),
    _rename_the_workbook: (
        "《客户台账.xlsx》不在文件夹里",
        lambda folder: (folder / "客户名册.xlsx").rename(folder / "客户台账.xlsx"),
    ),
    _rename_the_sheet: ("“客户”表不在《客户台账.xlsx》里", lambda folder: _all_sheets(folder, "名单")),
}


def _all_sheets(folder: Path, name: str) -> None:
    book, sheet, at = _mapping(folder)
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, at["工作簿"]).value == "客户台账.xlsx":
            sheet.cell(row, at["工作表"]).value = name
    book.save(folder / "月度计划.xlsx")


@pytest.mark.parametrize("spoil", BROKEN, ids=lambda spoil: spoil.__name__.strip("_"))
def test_a_broken_mapping_is_one_sentence_and_its_advice_works(
    spoil: Callable[[Path], None], tmp_path: Path
) -> None:
    says, follow = BROKEN[spoil]
    _adopted(tmp_path)
    spoil(tmp_path)

    with pytest.raises(DealerXlError) as refusal:
        run(CheckRequest(tmp_path), tmp_path)
    follow(tmp_path)

    assert says in str(refusal.value)
    assert run(CheckRequest(tmp_path), tmp_path).code in {0, 1}


def test_new_puts_no_empty_register_beside_a_full_one_and_its_advice_works(tmp_path: Path) -> None:
    write_book(tmp_path / "2026年客户资料.xlsx", {"客户": [HEADINGS, *CARS]})

    with pytest.raises(DealerXlError, match="没有新建空白的"):
        run(NewRequest(tmp_path), tmp_path)

    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    assert run(CheckRequest(tmp_path), tmp_path).data["counts"] == {"phone-format": 1}


def test_a_file_in_another_form_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "客户.csv").write_text("姓名,手机,车牌\n张伟,13800138000,粤A12345\n", encoding="gb18030")
    write_book(tmp_path / "客户台账.xlsx", {"客户": [HEADINGS, *CARS]})

    (other,) = run(AdoptRequest(tmp_path), tmp_path).data["others"]

    assert "另存为" in other["says"]
    assert other["sheets"][0]["headings"] == ["姓名", "手机", "车牌"]


def test_a_workbook_of_another_trade_is_not_used(tmp_path: Path) -> None:
    write_book(tmp_path / "菜单.xlsx", {"菜": [["菜名", "价格", "口味"], ["鱼", 30, "辣"]]})

    outcome = run(AdoptRequest(tmp_path, yes=True), tmp_path)

    assert outcome.data["sources"][0]["table"] is None


def test_of_two_books_that_could_be_the_archive_staff_are_asked(tmp_path: Path) -> None:
    write_book(tmp_path / "客户台账.xlsx", {"客户": [HEADINGS, *CARS]})
    write_book(tmp_path / "老客户.xlsx", {"客户": [[*HEADINGS, "地址"], [*CARS[0], "一路1号"]]})

    sources = run(AdoptRequest(tmp_path), tmp_path).data["sources"]

    assert [each["table_sure"] for each in sources] == ["ask", "ask"]


def test_totals_footers_and_merged_names_are_read_as_people_see_them(tmp_path: Path) -> None:
    path = tmp_path / "客户台账.xlsx"
    rows: list[list[object]] = [
        HEADINGS,
        *CARS,
        ["合计", None, "2台", None],
        ["制表人：李静", None, None, None],
    ]
    write_book(path, {"客户": rows})
    book = openpyxl.load_workbook(path)
    book["客户"].merge_cells("A2:A3")
    book.save(path)

    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    outcome = run(CheckRequest(tmp_path), tmp_path)
    dataset = Context.of_folder(tmp_path, NOW).dataset()

    assert [(each["row"], each["why"]) for each in outcome.data["skipped"]] == [
        (6, "合计行"),
        (7, "制表、审核等落款"),
    ]
    assert list(dataset.tables["Customers"]["name"]) == ["张伟", "张伟", "李强", "赵敏"]


def test_rows_are_written_in_the_columns_and_words_of_the_shop_in_the_sheet_of_their_month(
    tmp_path: Path,
) -> None:
    heads: list[object] = ["日期", "客户姓名", "手机", "通话结果", "去电来电"]
    rows = [[datetime(2026, month, 5), "张伟", "13800138000", "已接", "去电"] for month in (9, 10)]  # noqa: DTZ001
    write_book(
        tmp_path / "回访登记.xlsx",
        {f"{month}月": [heads, row] for month, row in zip((9, 10), rows, strict=True)},
    )
    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    context = Context.of_folder(tmp_path, NOW)
    calls = context.table(CALLS)
    row: Typed = {
        "登记号": "T9",
        "日期": date(2026, 9, 8),
        "客户名称": "王芳",
        "联系电话": "13900139000",
        "通话结果": "接通",
    }

    calls.append_rows([row])
    context.save("test")

    sheet = openpyxl.load_workbook(tmp_path / "回访登记.xlsx")["9月"]
    assert [cell.value for cell in sheet[3]][1:4] == ["王芳", "13900139000", "已接"]


def test_above_a_typed_total_new_rows_come_only_where_its_sums_count_them(tmp_path: Path) -> None:
    heads: list[object] = ["工单号", "车牌", "进厂日期", "金额"]
    day = datetime(2026, 9, 1)  # noqa: DTZ001
    body: list[list[object]] = [
        heads,
        ["G1", "粤A12345", day, 100],
        [None] * 4,
        ["合计", None, None, "=SUM(D2:D3)"],
    ]
    write_book(tmp_path / "维修台账.xlsx", {"维修": body})
    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    new: Typed = {"工单号": "G2", "车牌号": "粤B23456", "进厂日期": day.date(), "金额": 50}
    context = Context.of_folder(tmp_path, NOW)
    context.table(VISITS).append_rows([new])
    context.save("test")

    full = Context.of_folder(tmp_path, NOW)
    with pytest.raises(DealerXlError, match="第4行是合计行一类"):
        full.table(VISITS).append_rows([{**new, "工单号": "G3"}])

    sheet = openpyxl.load_workbook(tmp_path / "维修台账.xlsx")["维修"]
    assert (sheet["A3"].value, sheet["D4"].value) == ("G2", "=SUM(D2:D3)")


def test_letters_land_in_the_shops_own_register(tmp_path: Path) -> None:
    write_book(
        tmp_path / "寄信台账.xlsx",
        {"信函": [["发函日期", "客户名称", "地址", "信函种类"], [NOW, "张伟", "一路1号", "通知"]]},
    )
    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    context = Context.of_folder(tmp_path, NOW)

    context.table(LETTERS).append_rows(
        [{"登记号": "X1", "发函日期": NOW.date(), "客户名称": "王芳", "信函种类": "邀请函"}]
    )
    context.save("test")

    sheet = openpyxl.load_workbook(tmp_path / "寄信台账.xlsx")["信函"]
    assert [cell.value for cell in sheet[3]][1::2] == ["王芳", "邀请函"]


def test_points_of_five_are_not_read_before_their_scale_is_confirmed(tmp_path: Path) -> None:
    heads: list[object] = ["回访日期", "客户姓名", "手机", "回访结果", "满意度"]
    rows: list[list[object]] = [[datetime(2026, 9, day), "张伟", "13800138000", "已接", 5] for day in (3, 4)]  # noqa: DTZ001
    write_book(tmp_path / "回访登记.xlsx", {"回访": [heads, *rows]})
    run(AdoptRequest(tmp_path), tmp_path)
    before = Context.of_folder(tmp_path, NOW).dataset().tables["Calls"]
    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    after = Context.of_folder(tmp_path, NOW).dataset().tables["Calls"]

    assert before.empty or before["satisfaction"].isna().all()
    assert list(after["satisfaction"]) == [100, 100]


def test_ours_are_used_as_they_are_and_not_adopted(tmp_path: Path) -> None:
    jobs.make_books(tmp_path, 2026)

    outcome = run(AdoptRequest(tmp_path), tmp_path)

    assert outcome.data["sources"] == []


@pytest.mark.parametrize("seed", range(6))
def test_the_sample_shop_in_foreign_clothes_is_judged_as_its_plain_twin(seed: int, tmp_path: Path) -> None:
    sample, dress = make_sample(NOW.date(), seed + 1, 12), Dress.drawn(seed)
    dress.put_on(tmp_path, sample.rows)
    run(AdoptRequest(tmp_path, yes=True), tmp_path)
    dress.confirm(tmp_path / "月度计划.xlsx")
    context = Context.of_folder(tmp_path, NOW)

    dressed = context.dataset()
    plain = context.judged(_plain(context, sample.rows, dress))

    assert _figures(dressed) == _figures(plain)
    assert _tasks(dressed) == _tasks(plain)
    assert _issues(dressed) == _issues(plain)


def _plain(context: Context, rows: Mapping[str, Any], dress: Dress) -> dict[str, pd.DataFrame]:
    """Return the tables as our own workbooks would hold them, without the columns that the dress leaves out."""
    cells = dict(context.tables())
    for name in DRESSED:
        table = BY_NAME[name]
        keys = [column.key for column in dress.columns(table)]
        frame = pd.DataFrame(
            [{key: row.get(key) for key in keys} for row in rows[name]], columns=keys, dtype=object
        )
        cells[name] = frame.rename(columns=table.heading).rename(index=lambda row: row + 4)
    return cells


def _figures(dataset: Dataset) -> dict[str, Any]:
    return {kpi.code: kpi.measure(dataset, period_of("2026-10")) for kpi in KPIS}


def _tasks(dataset: Dataset) -> Counter[tuple[Any, ...]]:
    return Counter(
        (task.kind.code, task.archive_no, task.customer, task.due, task.why) for task in reminders_of(dataset)
    )


def _issues(dataset: Dataset) -> Counter[tuple[str, str, str, str]]:
    return Counter(
        (issue.table.name, issue.column, issue.code, "" if is_blank(issue.value) else as_text(issue.value))
        for issue in dataset.issues
    )


def test_the_customers_of_the_mapping_are_those_of_ours() -> None:
    assert CUSTOMERS.identity == (("archive_no",), ("plate",), ("vin",))
