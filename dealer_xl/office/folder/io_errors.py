"""What the system may answer to a call on a file, told to staff in one sentence."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Protocol, TypeVar

from dealer_xl.errors import DealerXlError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

T = TypeVar("T")


class Named(Protocol):
    """A path, of which a sentence tells the name."""

    @property
    def name(self) -> str:
        """Return the last part."""


def _where(path: Named) -> str:
    """Return where something lies in the shop's folder, as far as that is known."""
    return getattr(path, "label", path.name)


class FileHeldError(DealerXlError):
    """Another program holds the file, or the folder may not be written."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            f"《{path.name}》正被别的程序占用或没有写入权限，文件没有改动；请在Excel中关闭它，或检查文件夹权限后再试。"
        )


class FolderHeldError(FileHeldError):
    """Nothing new may be made in a folder: it is read-only, or someone else's."""

    def __init__(self, folder: Named) -> None:
        DealerXlError.__init__(
            self,
            f"文件夹“{folder.name}”不能写入，文件没有改动；请检查它的写入权限，以及磁盘或网络盘是不是只读，然后再试。",
        )


class DiskFullError(DealerXlError):
    """There is no room left."""

    def __init__(self, path: Named) -> None:
        super().__init__(f"磁盘已满，《{path.name}》没有写入，原来的文件没有改动；请清理磁盘空间后再试。")


class DiskError(DealerXlError):
    """The disk or network drive fails."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            f"读写《{path.name}》时磁盘或网络盘出错，原来的文件没有改动；请检查磁盘或网络连接后再试。"
        )


class OddPlaceError(DiskError):
    """Something else stands where one of our files or folders belongs."""


class LinkError(OddPlaceError):
    """A link stands inside the shop's folder; what lies behind it is none of our business."""

    def __init__(self, path: Named) -> None:
        DealerXlError.__init__(
            self,
            f"“{_where(path)}”是指向别处的链接，程序不经过链接读写，这一步什么都没有写入；"
            "请用真正的文件或文件夹代替这个链接，几处共用时请直接在真正的文件夹里运行。",
        )


class NotAFolderError(OddPlaceError):
    """A file stands where a folder belongs."""

    def __init__(self, path: Named) -> None:
        DealerXlError.__init__(
            self,
            f"“{_where(path)}”应该是文件夹，现在却是一个文件，什么都没有写入；请把这个文件改名或移走后再试。",
        )


class NotAFileError(OddPlaceError):
    """A folder, a pipe or a device stands where a file belongs."""

    def __init__(self, path: Named) -> None:
        DealerXlError.__init__(
            self,
            f"“{_where(path)}”不是普通文件，读不出内容，什么都没有写入；请把它改名或移走后再试。",
        )


class FileTooLongError(DiskError):
    """A file is larger than any that a shop can have."""

    def __init__(self, path: Named) -> None:
        DealerXlError.__init__(
            self,
            f"“{_where(path)}”大得不正常，没有读取，什么都没有写入；请核对这个文件，把它改名或移走后再试。",
        )


class SharedFileError(DealerXlError):
    """A workbook has a second name elsewhere, which would keep the old content."""

    def __init__(self, path: Named) -> None:
        super().__init__(
            f"《{path.name}》在别处还有一个名字（硬链接），写入后两处内容会不一样，所以什么都没有写入；"
            "请把它复制一份，用副本代替它，然后再试。"
        )


def translated(path: Named, act: Callable[[], T]) -> T:
    """Do something with a file; a fault of the system becomes one sentence.

    Raises FileHeldError, DiskFullError, DiskError: the errors of `disk`.
    """
    return _tried(path, act, lambda: FileHeldError(path))


def tried_in(folder: Named, path: Named, act: Callable[[], T]) -> T:
    """Make something new in a folder; where nothing may be made, the sentence names the folder.

    Raises FolderHeldError, DiskFullError, DiskError.
    """
    return _tried(path, act, lambda: FolderHeldError(folder))


def _tried(path: Named, act: Callable[[], T], held: Callable[[], FileHeldError]) -> T:
    try:
        return act()
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise held() from error
        raise (DiskFullError if error.errno in _FULL else DiskError)(path) from error
