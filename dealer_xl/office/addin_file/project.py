"""An add-in with nothing but macros, by pyOpenVBA: what a builder needs and staff never do."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

from dealer_xl.errors import DealerXlError
from dealer_xl.office.addin_file.sources import Module

if TYPE_CHECKING:
    from pyopenvba import ExcelFile

PROJECT = "xl/vbaProject.bin"
NAME = "dealer_xl"
_BLANK_NAME = "VBAProject"
_BLANK_MODULE = "Module1"
_CHINESE = 936


class BuilderMissingError(DealerXlError):
    """The program that makes the add-in is not installed."""

    def __init__(self) -> None:
        super().__init__("生成加载宏需要 pyOpenVBA，请先运行 pip install pyopenvba，再重新生成。")


def blank_addin(modules: Iterable[Module]) -> dict[str, bytes]:
    """Return the parts of an add-in that holds these modules, without ribbon.

    Raises BuilderMissingError.
    """
    try:
        from pyopenvba import ExcelFile  # noqa: PLC0415 - only a developer's environment has it
    except ModuleNotFoundError as error:
        raise BuilderMissingError from error
    with TemporaryDirectory() as folder:
        place = Path(folder) / f"{NAME}.xlam"
        with ExcelFile.create_new(place) as book:
            _fill(book, modules)
            book.save()
        parts = _parts(place.read_bytes())
    return {**parts, PROJECT: _named(parts[PROJECT])}


def _fill(book: ExcelFile, modules: Iterable[Module]) -> None:
    from pyopenvba.vba import VBAModuleKind  # noqa: PLC0415 - as above

    project = book.vba_project()
    blank = project.dir_raw
    # A new project is one of western Europe, where Chinese would silently become question marks.
    project.dir_raw = _exchanged(blank, _code_page(project.code_page), _code_page(_CHINESE))
    project.dir_raw = _exchanged(project.dir_raw, _project_name(_BLANK_NAME), _project_name(NAME))
    project.dir_modules_offset += len(project.dir_raw) - len(blank)
    project.code_page = _CHINESE
    project.delete_module(_BLANK_MODULE)
    for module in modules:
        kind = VBAModuleKind.other if module.is_class else VBAModuleKind.standard
        project.add_module(module.name, module.source, kind=kind)


def _named(project: bytes) -> bytes:
    """Write the project's name where pyOpenVBA leaves it alone; it stands in two places, which must agree."""
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - as above

    streams = CFB.from_bytes(project)
    said = _exchanged(
        streams.get_stream("PROJECT"), f'Name="{_BLANK_NAME}"'.encode(), f'Name="{NAME}"'.encode()
    )
    streams.write_stream("PROJECT", said)
    content: bytes = streams.to_bytes()
    return content


def _code_page(number: int) -> bytes:
    """Write the record PROJECTCODEPAGE of [MS-OVBA] 2.3.4.2.1.4."""
    return b"\x03\x00" + (2).to_bytes(4, "little") + number.to_bytes(2, "little")


def _project_name(name: str) -> bytes:
    """Write the record PROJECTNAME of [MS-OVBA] 2.3.4.2.1.6, which follows the code page."""
    return b"\x04\x00" + len(name).to_bytes(4, "little") + name.encode("ascii")


def _exchanged(content: bytes, old: bytes, new: bytes) -> bytes:
    """Exchange what stands there exactly once; another pyOpenVBA may begin with another project."""
    if content.count(old) != 1:
        message = f"{old!r} stands {content.count(old)} times in a new project of pyOpenVBA"
        raise ValueError(message)
    return content.replace(old, new)


def _parts(package: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
