"""Make the shop of docs/第一天.md: new workbooks with what a clerk types on the first day, two slips included.

Usage: first_shop.py FOLDER. The pictures of the page are taken of it (pictures.sh); all persons are invented.
"""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

from dealer_xl.dealership.tables import BY_NAME, SETTINGS
from dealer_xl.jobs import make_books
from dealer_xl.office.folder.folder_store import FolderStore
from dealer_xl.office.protocols import Cell, Workbook
from dealer_xl.sample import SHOP

DAY = datetime(2026, 11, 30, 8, 40)  # noqa: DTZ001 - the shop's own clock
TYPED = {
    "Staff": """
        姓名 | 岗位
        李静 | 业务员
        王芳 | 业务员
        周敏 | 业务主管
    """,
    "Customers": """
        档案号 | 客户名称             | 客户类型 | 联系人 | 联系电话    | 地址                  | 车牌号    | 车型        | 送修或来访日期 | 建档日期   | 业务员 | 营销同意
        DA001  | 陈秀兰               | 个人     |        | 13800138001 | 泰安市泰山区林和路12号 | 鲁J5K208  | 凌风 1.5T   | 2026-11-21     | 2026-11-21 | 李静   | 同意
        DA002  | 林建国               | 个人     |        | 1380013800  | 泰安市泰山区东风路66号 | 鲁J7M316  | 云途 SUV    | 2026-11-23     | 2026-11-24 | 李静   | 同意
        DA003  | 泰安恒远物流有限公司 | 单位     | 何经理 | 0538-8330001 | 泰安市岱岳区机场路8号 | 鲁J2B559  | 远行 MPV    | 2026-11-25     | 2026-11-25 | 王芳   | 未知
        DA004  | 黄志强               | 个人     |        | 13800138004 | 泰安市岱岳区江南路31号 | 鲁J66D18  | 凌风 1.5T   | 2026-11-26     | 2026-11-26 | 小王   | 同意
    """,
    "Visits": """
        工单号 | 档案号 | 客户名称             | 车牌号   | 进厂日期   | 出厂日期   | 业务类型 | 金额 | 服务顾问 | 送修单号 | 派工单号 | 结算单号
        W1101  | DA001  | 陈秀兰               | 鲁J5K208 | 2026-11-21 | 2026-11-21 | 保养     | 680  | 李静 | S1101 | P1101 | J1101
        W1102  | DA002  | 林建国               | 鲁J7M316 | 2026-11-23 | 2026-11-24 | 维修     | 1250 | 李静 | S1102 | P1102 | J1102
        W1103  | DA003  | 泰安恒远物流有限公司 | 鲁J2B559 | 2026-11-25 | 2026-11-26 | 保养     | 960  | 王芳 | S1103 | P1103 | J1103
        W1104  | DA004  | 黄志强               | 鲁J66D18 | 2026-11-26 | 2026-11-27 | 保养     | 720  | 王芳 | S1104 | P1104 | J1104
    """,
    "Events": """
        活动编号 | 活动名称     | 活动类型 | 开始日期   | 结束日期   | 地点     | 内容                           | 目标邀约数 | 负责人
        HD01     | 冬季安全检测 | 免费服务 | 2026-12-19 | 2026-12-20 | 本店车间 | 免费检测空调、电瓶、轮胎等18项 | 20         | 周敏
    """,
}  # fmt: skip


def main(folder: Path) -> None:
    """Make the workbooks and type into them."""
    make_books(folder, DAY.year)
    store = FolderStore(folder)
    for name, text in TYPED.items():
        table = BY_NAME[name]
        store.workbook(table.workbook).append_rows(table, rows(text))
    name_the_shop(store.workbook(SETTINGS.workbook))
    store.save("demo")


def rows(text: str) -> list[dict[str, Cell]]:
    """Read a drawn table: heading to cell; blank cells left out."""
    headings, *lines = ([word.strip() for word in line.split("|")] for line in text.strip().splitlines())
    return [
        {heading: cell(word) for heading, word in zip(headings, line, strict=True) if word} for line in lines
    ]


def cell(word: str) -> Cell:
    """Return a day, a sum or a text; a phone is a text."""
    if len(word) == len("2026-11-30") and word[4] == word[7] == "-":
        return date.fromisoformat(word)
    return int(word) if word.isdecimal() and len(word) < len("1380013800") else word


def name_the_shop(book: Workbook) -> None:
    """Fill in the name, the address and the phone."""
    keys = book.read_table(SETTINGS)[SETTINGS.heading("key")]
    values: dict[int, Cell] = {row: SHOP[key] for row, key in keys.items() if key in SHOP}  # type: ignore[misc]
    book.write_cells(SETTINGS, SETTINGS.heading("value"), values)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
