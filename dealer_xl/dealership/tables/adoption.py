"""The tables about a shop's own workbooks: what stands where, its words, and what was found wrong in them."""

from __future__ import annotations

from dealer_xl.dealership.tables.words import MARK, NOTE, PLAN_BOOK
from dealer_xl.schema import Column, FilledBy, Kind, Table

CHOICE, NUMBER = Kind.CHOICE, Kind.NUMBER
PROGRAM = FilledBy.PROGRAM

FROM_COLUMN, FIXED, NOWHERE = "本店的列", "固定值", "没有"
VALUE_SOURCES = (FROM_COLUMN, FIXED, NOWHERE)
CERTAIN, TO_CONFIRM, NONE = "确定", "请确认", "没有"
CERTAINTIES = (CERTAIN, TO_CONFIRM, NONE)

MAPPING = Table(
    "Mapping",
    "对照",
    PLAN_BOOK,
    "本店表格对照表",
    description="本店表格的哪一列相当于程序的哪一列；请看标“请确认”的行，改对后把“把握”改成“确定”。",
    unique_together=("table", "column", "workbook", "sheet"),
    known_by=(("table", "column", "workbook", "sheet"),),
    may_lack=True,
    columns=(
        Column("table", "表", filled_by=PROGRAM, width=12),
        Column("column", "列", filled_by=PROGRAM, width=16),
        Column("workbook", "工作簿", filled_by=PROGRAM, width=22),
        Column("sheet", "工作表", filled_by=PROGRAM, width=14),
        Column("heading_row", "表头行", NUMBER, low=0, high=100, width=9),
        Column("heading", "本店的列", offers_by=("workbook", "sheet"), width=18),
        Column("value_from", "取值", CHOICE, choices=VALUE_SOURCES, width=12),
        Column("fixed", "固定值", width=14),
        Column("certainty", "把握", CHOICE, choices=CERTAINTIES, width=10),
        Column("example", "样例", filled_by=PROGRAM, width=22),
        Column("costs", "缺了会怎样", filled_by=PROGRAM, width=36),
        NOTE,
        MARK,
    ),
)

WORDS = Table(
    "Words",
    "选项对照",
    PLAN_BOOK,
    "本店写法对照表",
    description="本店的写法相当于哪个选项；选好后把“把握”改成“确定”，本店表格里的字不会改动。",
    unique_together=("table", "column", "word"),
    known_by=(("table", "column", "word"),),
    may_lack=True,
    columns=(
        Column("table", "表", filled_by=PROGRAM, width=12),
        Column("column", "列", filled_by=PROGRAM, width=16),
        Column("word", "本店写法", filled_by=PROGRAM, width=20),
        Column("count", "次数", NUMBER, low=0, filled_by=PROGRAM, width=9),
        Column("choice", "我们的选项", offers_by=("table", "column"), width=18),
        Column("certainty", "把握", CHOICE, choices=CERTAINTIES, width=10),
        NOTE,
        MARK,
    ),
)

LISTS = Table(
    "Lists",
    "可选内容",
    PLAN_BOOK,
    "下拉列表的内容",
    description="“对照”和“选项对照”的下拉列表从这里取，由程序填写，请不要手工改。",
    by_program=True,
    may_lack=True,
    columns=(
        Column("key", "所属", filled_by=PROGRAM, width=40),
        Column("item", "可选", filled_by=PROGRAM, width=24),
    ),
)
"""The words that the drop-downs of the other two offer: headings of a sheet, options of a column of ours."""

FOUND = Table(
    "Found",
    "校验结果",
    PLAN_BOOK,
    "校验结果",
    description="各表里填错的地方，按工作簿和行排好；点“打开”跳到那一格。",
    by_program=True,
    may_lack=True,
    known_by=(("workbook", "sheet", "row", "column"),),
    columns=(
        Column("workbook", "工作簿", filled_by=PROGRAM, width=22),
        Column("sheet", "工作表", filled_by=PROGRAM, width=14),
        Column("row", "行", NUMBER, low=0, filled_by=PROGRAM, width=8),
        Column("column", "列", filled_by=PROGRAM, width=16),
        Column("value", "内容", filled_by=PROGRAM, width=24),
        Column("severity", "程度", filled_by=PROGRAM, width=8),
        Column("message", "怎么改", filled_by=PROGRAM, width=60),
        Column("count", "处数", NUMBER, low=0, filled_by=PROGRAM, width=8),
        Column(
            "link",
            "打开",
            filled_by=FilledBy.FORMULA,
            formula='IF({row}="","",HYPERLINK("["&{workbook}&"]"&"\'"&{sheet}&"\'!A"&{row},"打开"))',
            width=10,
        ),
    ),
)
