"""Why a store cannot give a workbook or a template."""

from __future__ import annotations

from collections.abc import Sequence

from dealer_xl.errors import DealerXlError


class WorkbookMissingError(DealerXlError):
    """The store lacks one of its workbooks."""

    def __init__(self, store: str, name: str, found: Sequence[str]) -> None:
        super().__init__(
            f"“{store}”里没有《{name}》，现有：{'、'.join(found) or '无'}；"
            "请把这个工作簿放回来；如果它的内容在本店别的工作簿里，请点“接入本店表格”；都没有，再运行 dealer-xl new 补上空白的。"
        )


class TemplateMissingError(DealerXlError):
    """There is no Word template of that name."""

    def __init__(self, name: str, found: Sequence[str]) -> None:
        super().__init__(
            f"没有名为“{name}”的信函模板，现有：{'、'.join(found) or '无'}；请改用现有的名字，或把模板放进“模板”文件夹。"
        )
