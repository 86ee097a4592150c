"""Letters of one template joined into one file for printing.

Each letter becomes a section of its own that begins a page and counts its pages, notes and lists from one, so the page
set-up is kept. A header or footer that reads the same as in the first letter is shared; one that differs, or that prints
how many pages there are, goes along with its letter.
"""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from zipfile import ZipFile

from lxml import etree

from dealer_xl.errors import DealerXlError
from dealer_xl.office.word.joined_lists import Lists
from dealer_xl.office.word.joined_notes import Notes, end_with_letters, hold_back
from dealer_xl.office.word.joined_pages import count_own_pages, counts_pages, mark_end
from dealer_xl.office.word.joined_sections import (
    begin_page,
    body_of,
    close,
    ended,
    missing,
    point,
    refer,
    sections,
)
from dealer_xl.office.word.word_package import (
    CONTENT_TYPES,
    ENDNOTES,
    FOOTER,
    FOOTNOTES,
    HEADER,
    MAIN,
    RELATIONSHIP,
    WORD_TYPE,
    W,
    opened,
    parsed,
    read_parts,
    text_parts,
    written,
    zipped,
)

_NAME = "信函"
_NOTES = {FOOTNOTES: "footnote", ENDNOTES: "endnote"}
# Marks whose number or name may stand only once in a file; a printed letter does without.
_ONCE = tuple(
    f"{W}{name}"
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
)
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BLANK = {
    kind: f'<w:{tag} xmlns:w="{W[1:-1]}"><w:p/></w:{tag}>'.encode()
    for kind, tag in ((HEADER, "hdr"), (FOOTER, "ftr"))
}
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


class LettersDifferError(DealerXlError):
    """The letters to be joined do not come from one template."""

    def __init__(self, number: int) -> None:
        super().__init__(f"第 {number} 封信函与第 1 封不是同一个模板做的，不能合并打印，请按模板分别合并。")


def join(letters: Sequence[bytes]) -> bytes:
    """Put letters of one template into one file.

    Raises LettersDifferError; NotWordFileError for what is no letter.
    """
    joined = _Joined(letters[0])
    for number, letter in enumerate(letters[1:], start=2):
        joined.add(letter, number)
    return joined.content()


class _Joined:
    """The file that grows letter by letter, the first letter being its ground."""

    def __init__(self, first: bytes) -> None:
        self._parts = read_parts(_NAME, first)
        with opened(_NAME, first) as package:
            self._prints = _fingerprints(package)
        kinds = text_parts(self._parts)
        self._main = next(path for path, kind in kinds.items() if kind == MAIN)
        self._kinds = {path: kind for path, kind in kinds.items() if kind in (HEADER, FOOTER)}
        self._document = ended(parsed(self._parts[self._main]))
        self._relations = parsed(self._parts[_relations_of(self._main)])
        self._types = parsed(self._parts[CONTENT_TYPES])
        self._identities = {
            _target(self._main, relation.get("Target", "")): relation.get("Id", "")
            for relation in self._relations
        }
        self._grown: dict[str, etree._Element] = {}  # other parts to which each letter adds
        self._lists = self._read_lists()
        self._notes = {
            path: Notes(_NOTES[kind], self._growing(path)) for path, kind in kinds.items() if kind in _NOTES
        }
        self._settings = self._read_settings()
        self._pictures = 0
        self._take_first()

    def add(self, letter: bytes, number: int) -> None:
        """Add a letter behind the others."""
        document, own, notes = self._read(letter, number)
        renamed = {
            self._identities[path]: self._keep(self._kinds[path], content, path)
            for path, content in own.items()
        }
        ends = sections(document)
        for section in ends:
            point(section, renamed)
        for kind, page in missing(document):
            refer(ends[0], kind, page, self._keep(kind, _BLANK[kind]))
        begin_page(ends[0])
        _clear_marks(document)
        self._number_pictures(document)
        for path, found in notes.items():
            kept = self._notes[path]
            kept.take(document, found, kept.form(self._settings, ends))
        if self._lists is not None:
            self._lists.restart(document)
        self._settle(document, number)
        body = body_of(self._document)
        close(body)
        body.extend(list(body_of(document)))

    def content(self) -> bytes:
        """Return the bytes of the whole file."""
        grown = {
            CONTENT_TYPES: self._types,
            _relations_of(self._main): self._relations,
            self._main: self._document,
        }
        return zipped(self._parts | {path: written(root) for path, root in (grown | self._grown).items()})

    def _take_first(self) -> None:
        """Make the first letter one of several."""
        self._counting = {path for path in self._kinds if counts_pages(parsed(self._parts[path]))}
        self._has_counts = bool(self._counting) or counts_pages(self._document)
        for path in self._counting:
            self._parts[path] = _counted(self._parts[path], 1)
        self._number_pictures(self._document)
        self._settle(self._document, 1)

    def _settle(self, document: etree._Element, number: int) -> None:
        """Make notes and pages count within a letter."""
        ends = sections(document)
        for notes in self._notes.values():
            notes.restart(ends)
            if notes.kind == "endnote":
                hold_back(ends)
        if self._has_counts:
            count_own_pages(document, number)
            mark_end(body_of(document), number)

    def _growing(self, path: str) -> etree._Element:
        self._grown[path] = parsed(self._parts[path])
        return self._grown[path]

    def _read_lists(self) -> Lists | None:
        numbering, styles = self._related("/numbering.xml"), self._related("/styles.xml")
        if not numbering:
            return None
        return Lists(self._growing(numbering), parsed(self._parts[styles]) if styles else None)

    def _read_settings(self) -> etree._Element | None:
        path = self._related("/settings.xml")
        if not path or not self._notes:
            return None
        settings = self._growing(path)
        if any(notes.kind == "endnote" for notes in self._notes.values()):
            end_with_letters(settings)
        return settings

    def _related(self, ending: str) -> str:
        """Find a part that belongs to the document by the end of its name."""
        paths = (path for path in self._identities if f"/{path}".endswith(ending) and path in self._parts)
        return next(paths, "")

    def _read(
        self, letter: bytes, number: int
    ) -> tuple[etree._Element, dict[str, bytes], dict[str, etree._Element]]:
        """Read the letter's document, the headers and footers that are not the first letter's, and its notes."""
        with opened(_NAME, letter) as package:
            prints = _fingerprints(package)
            differing = {path for path, seen in prints.items() if seen != self._prints.get(path)} - {
                self._main
            }
            if (
                prints.keys() != self._prints.keys()
                or not differing <= self._kinds.keys() | self._notes.keys()
            ):
                raise LettersDifferError(number)
            own = {
                path: _counted(package.read(path), number) if path in self._counting else package.read(path)
                for path in sorted((differing & self._kinds.keys()) | self._counting)
            }
            notes = {path: parsed(package.read(path)) for path in self._notes}
            return ended(parsed(package.read(self._main))), own, notes

    def _number_pictures(self, document: etree._Element) -> None:
        for picture in document.iter(_PICTURE):
            self._pictures += 1
            picture.set("id", str(self._pictures))

    def _keep(self, kind: str, content: bytes, like: str = "") -> str:
        """Add a header or footer part, with the pictures of the one it is like; tell its relationship's id."""
        number = len(self._relations) + 1
        path = f"{posixpath.dirname(self._main)}/{kind}_{number}.xml"
        self._parts[path] = content
        if _relations_of(like) in self._parts:
            self._parts[_relations_of(path)] = self._parts[_relations_of(like)]
        etree.SubElement(
            self._types,
            f"{{{etree.QName(self._types).namespace}}}Override",
            {"PartName": f"/{path}", "ContentType": f"{WORD_TYPE}{kind}+xml"},
        )
        identity = f"rIdLetter{number}"
        etree.SubElement(
            self._relations,
            f"{{{etree.QName(self._relations).namespace}}}Relationship",
            {"Id": identity, "Type": f"{RELATIONSHIP}{kind}", "Target": f"/{path}"},
        )
        return identity


def _counted(xml: bytes, letter: int) -> bytes:
    root = parsed(xml)
    count_own_pages(root, letter)
    return written(root)


def _fingerprints(package: ZipFile) -> dict[str, tuple[int, int]]:
    """Return each part's checksum and size, without unpacking it."""
    return {entry.filename: (entry.CRC, entry.file_size) for entry in package.infolist()}


def _relations_of(path: str) -> str:
    folder, name = posixpath.split(path)
    return f"{folder}/_rels/{name}.rels"


def _target(path: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(path), target)).lstrip("/")


def _clear_marks(document: etree._Element) -> None:
    """Take out what may stand only once in a file."""
    once = [*document.iter(*_ONCE), *document.iterfind(f".//{W}sdtPr/{W}id")]
    for mark in once:
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    for block in document.iter(f"{W}p", f"{W}tr"):
        for name in ("paraId", "textId"):
            block.attrib.pop(f"{_W14}{name}", "")
