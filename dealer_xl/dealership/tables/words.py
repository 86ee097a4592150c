"""The words that several tables share: workbooks, choices, other headings, and the two columns at every table's end."""

from __future__ import annotations

from dealer_xl.schema import CHECK, Column, FilledBy

ARCHIVE_BOOK = "客户档案.xlsx"
CALLS_BOOK = "跟踪电话.xlsx"
LETTERS_BOOK = "信函登记.xlsx"
PLAN_BOOK = "月度计划.xlsx"
BOOKS = (ARCHIVE_BOOK, CALLS_BOOK, LETTERS_BOOK, PLAN_BOOK)

YES_NO = ("是", "否")
CONSENTS = ("同意", "拒绝", "未知")
CALL_RESULTS = ("接通", "未接", "拒接", "空号", "其他")

NAME_ALIASES = ("客户姓名", "车主", "车主姓名", "姓名", "用户名称")
PHONE_ALIASES = ("电话", "手机", "手机号", "手机号码", "联系方式", "客户电话")
PLATE_ALIASES = ("车号", "车牌", "牌照号", "车牌号码", "牌号")
CLERK_ALIASES = ("跟踪业务员", "业务人员", "跟踪员")
ARCHIVE_ALIASES = ("档案编号", "客户编号", "客户档案号")

NOTE = Column("note", "备注", width=18, may_lack=True)
MARK = Column("check", CHECK, filled_by=FilledBy.PROGRAM, width=46)
