"""Why a workbook's file cannot be read or written: one sentence for staff each."""

from __future__ import annotations

from dealer_xl.errors import DealerXlError


class NotAWorkbookError(DealerXlError):
    """The file is something else under a workbook's name."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(
            f"《{name}》其实是{what}，程序不能读；请在Excel里打开它，另存为“Excel工作簿(*.xlsx)”后再试。"
        )


class EncryptedError(DealerXlError):
    """The file can only be opened with a password."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》设有打开密码，程序不能读；请在Excel的“文件→信息→保护工作簿”里取消密码后再试。"
        )


class DamagedError(DealerXlError):
    """The file is damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》已损坏，程序读不出来，文件没有改动；请用Excel打开并修复，或从“备份”文件夹取回上一份。"
        )


class UnreadableError(DealerXlError):
    """The file is whole, but the reader does not understand it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》的文件写法特殊，程序读不出来；请用Excel打开，另存为“Excel工作簿(*.xlsx)”后再试。"
        )


class TooLargeError(DealerXlError):
    """The file unpacks to more than any register needs, or a sheet of it holds more."""

    def __init__(self, name: str, sheet: str = "", cell: str = "") -> None:
        where = f"的“{sheet}”表" if sheet else "里的"
        apart = f"（{cell}单元格离别的内容太远）" if cell else ""
        super().__init__(
            f"《{name}》{where}内容过大{apart}，程序不读；请在Excel里删去表格外多余的内容，或把往年的记录移到另一个文件。"
        )


class NoSheetsError(DealerXlError):
    """The file has no sheet with cells."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》里没有工作表，程序不能读；请换回原来的文件，或从“备份”文件夹取回上一份。"
        )


class SignedError(DealerXlError):
    """The file bears a digital signature that a change would break."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》带有数字签名，写入会使签名失效，没有写入；请在Excel的“文件→信息”里删除签名后再试。"
        )


class UnusualFormError(DealerXlError):
    """The file is written in a form that cannot be changed without a risk."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"《{name}》的文件写法特殊，程序能读但不敢改，没有写入；请用Excel打开，另存为“Excel工作簿(*.xlsx)”后再试。"
        )
