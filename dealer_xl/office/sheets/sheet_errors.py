"""Why a cell cannot be written, whether its workbook is open or closed: one sentence for staff each."""

from __future__ import annotations

from dealer_xl.errors import DealerXlError


class FormulaInTheWayError(DealerXlError):
    """A cell to be written holds a formula that is not the program's."""

    def __init__(self, workbook: str, sheet: str, cell: str) -> None:
        super().__init__(
            f"《{workbook}》“{sheet}”表的{cell}单元格是公式，没有写入；请先把它改成普通内容，或改填别的单元格。"
        )


class MergedCellError(DealerXlError):
    """A cell to be written is hidden under a merged one."""

    def __init__(self, workbook: str, sheet: str, cell: str) -> None:
        super().__init__(
            f"《{workbook}》“{sheet}”表的{cell}单元格被合并在别的单元格里，没有写入；请先取消合并。"
        )


class SheetProtectedError(DealerXlError):
    """The sheet is protected."""

    def __init__(self, workbook: str, sheet: str) -> None:
        super().__init__(
            f"《{workbook}》的“{sheet}”表受保护，没有写入；请在Excel的“审阅”里点“撤消工作表保护”后再试。"
        )
