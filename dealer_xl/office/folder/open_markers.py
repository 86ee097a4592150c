"""Who has a workbook open: Excel and LibreOffice leave a small file beside it that tells."""

from __future__ import annotations

from dealer_xl.errors import DealerXlError
from dealer_xl.office.folder import disk
from dealer_xl.office.folder.anchored import Place
from dealer_xl.office.folder.io_errors import FileHeldError

_ANSI_ROOM = 55  # one byte for the length, 54 for the name


class WorkbookOpenError(DealerXlError):
    """Someone has the workbook open."""

    def __init__(self, name: str, holder: str, mark: str) -> None:
        super().__init__(
            f"《{name}》正被{holder or '别人'}打开，什么都没有写入；请关闭后再试（确实没人打开时，删除旁边的“{mark}”）。"
        )


def refuse_open(path: Place) -> None:
    """Raise if anybody has the workbook open.

    Raises WorkbookOpenError and the errors of `io_errors`.
    """
    mark = path.with_name(f"~${path.name}")
    if disk.is_file(mark):
        raise WorkbookOpenError(path.name, _holder_in_excel(_content(mark)), mark.name)
    mark = path.with_name(f".~lock.{path.name}#")
    if disk.is_file(mark):
        raise WorkbookOpenError(path.name, _holder_in_libreoffice(_content(mark)), mark.name)


def _content(mark: Place) -> bytes:
    try:
        return disk.read(mark)
    except FileHeldError:  # Excel on Windows lets nobody read it
        return b""


def _holder_in_excel(content: bytes) -> str:
    """Read the name twice kept: in the machine's own code page, and as UTF-16, which is read here."""
    if len(content) > _ANSI_ROOM + 2:
        length = content[_ANSI_ROOM]
        return content[_ANSI_ROOM + 2 :][: 2 * length].decode("utf-16-le", errors="replace").strip()
    length = content[0] if content else 0
    return content[1 : 1 + length].decode("gb18030", errors="replace").strip()


def _holder_in_libreoffice(content: bytes) -> str:
    fields = content.decode(errors="replace").split(",")
    return next((field.strip() for field in fields[:3] if field.strip()), "")
