"""What the system may answer to a call on a file, told to staff in one sentence."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from dealer_xl.errors import DealerXlError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

T = TypeVar("T")


class FileHeldError(DealerXlError):
    """Another program holds the file, or the folder may not be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"《{path.name}》正被别的程序占用或没有写入权限，文件没有改动；请在Excel中关闭它，或检查文件夹权限后再试。"
        )


class DiskFullError(DealerXlError):
    """There is no room left."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"磁盘已满，《{path.name}》没有写入，原来的文件没有改动；请清理磁盘空间后再试。")


class DiskError(DealerXlError):
    """The disk or network drive fails."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"读写《{path.name}》时磁盘或网络盘出错，原来的文件没有改动；请检查磁盘或网络连接后再试。"
        )


def translated(path: Path, act: Callable[[], T]) -> T:
    """Do something with a file; a fault of the system becomes one sentence.

    Raises FileHeldError, DiskFullError, DiskError: the errors of `disk`.
    """
    try:
        return act()
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise FileHeldError(path) from error
        raise (DiskFullError if error.errno in _FULL else DiskError)(path) from error
