"""A .docx as the parts in its zip: opened with care, written the same way each time."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from dealer_xl.errors import DealerXlError
from dealer_xl.office.prolog import has_doctype

CONTENT_TYPES = "[Content_Types].xml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN, HEADER, FOOTER = "document.main", "header", "footer"
FOOTNOTES, ENDNOTES = "footnotes", "endnotes"
PLACES = {MAIN: "正文", HEADER: "页眉", FOOTER: "页脚", FOOTNOTES: "脚注", ENDNOTES: "尾注"}
"""The parts of a Word file that hold text, and what staff call them."""

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = f"{{{RELATIONSHIP.rstrip('/')}}}"

_STRICT = "{http://purl.oclc.org/ooxml/"

# A letter with pictures has some MB; a file that unpacks to more is an attack or a mistake.
MOST_BYTES = 64 * 1024 * 1024
MOST_TEXT_BYTES = 4 * 1024 * 1024  # of a part with fields: some hundred pages, seconds to compile
_DAMAGE = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError)
# Entities stay unread: a template must not make the program read other files.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class NotWordFileError(DealerXlError):
    """What is given as a letter cannot be read as a .docx."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”不是可以读取的 Word 文件（.docx），请用 Word 或 WPS 打开，去掉密码和宏，再另存为 .docx 格式。"
        )


class StrictFormatError(DealerXlError):
    """The file is a Strict Open XML document, whose names are others throughout."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是严格格式的文档，程序不能用；请在 Word 里打开它，另存为“Word 文档(*.docx)”后再试。"
        )


class WordFileTooLargeError(DealerXlError):
    """The file unpacks to more than a letter ever needs."""

    def __init__(self, name: str, most: int) -> None:
        super().__init__(f"“{name}”的内容解开后超过 {most // 1024**2} MB，请删减文字、压缩图片后再试。")


@contextmanager
def opened(name: str, content: bytes) -> Iterator[ZipFile]:
    """Open a Word file's zip; whatever is wrong with it becomes one sentence."""
    try:
        with ZipFile(BytesIO(content)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
                raise WordFileTooLargeError(name, MOST_BYTES)
            yield package
    except (*_DAMAGE, etree.XMLSyntaxError) as error:
        raise NotWordFileError(name) from error


def read_parts(name: str, content: bytes) -> dict[str, bytes]:
    """Read all parts of a Word file, in the order of the file; those that hold text are sound XML.

    Raises NotWordFileError, StrictFormatError, WordFileTooLargeError.
    """
    with opened(name, content) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist() if not entry.is_dir()}
        if any(map(_leads_out, parts)) or any(map(has_doctype, _xml_of(parts))):
            raise NotWordFileError(name)
        kinds = text_parts(parts)
        if MAIN not in kinds.values():
            raise NotWordFileError(name)
        for path, kind in kinds.items():
            if parsed(parts[path]).tag.startswith(_STRICT) and kind == MAIN:
                raise StrictFormatError(name)
    return parts


def _leads_out(path: str) -> bool:
    """Return whether a part's name would lead out of the package where somebody unpacks it."""
    return path.startswith("/") or ".." in path.split("/") or "\\" in path or ":" in path


def _xml_of(parts: Mapping[str, bytes]) -> Iterator[bytes]:
    return (content for path, content in parts.items() if path.lower().endswith((".xml", ".rels", ".vml")))


def text_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return which parts hold text, and of what kind each is: a key of PLACES."""
    found = {}
    for entry in parsed(parts[CONTENT_TYPES]):
        path = str(entry.get("PartName", "")).lstrip("/")
        kind = str(entry.get("ContentType", "")).removeprefix(WORD_TYPE).removesuffix("+xml")
        if kind in PLACES and path in parts:
            found[path] = kind
    return found


def parsed(xml: bytes) -> etree._Element:
    """Read a part's XML.

    Raises lxml's XMLSyntaxError, or ValueError for a document type: no office program writes one.
    """
    root = etree.fromstring(xml, _PARSER)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError(root.tag)
    return root


def written(root: etree._Element) -> bytes:
    """Write a part's XML as Word does: in UTF-8, standing alone."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def zipped(parts: Mapping[str, bytes], onto: bytes = b"") -> bytes:
    """Write parts into a zip, or add them to one; the same parts give the same bytes."""
    buffer = BytesIO()
    buffer.write(onto)
    with ZipFile(buffer, "a" if onto else "w", ZIP_DEFLATED) as package:
        for path, content in parts.items():
            entry = ZipInfo(path)  # of 1980-01-01
            entry.create_system = 0  # as on Windows, wherever it is written
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()
