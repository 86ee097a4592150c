"""The zip package that a workbook is: read its parts, and replace a few while all else stays byte for byte."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_HAS_DESCRIPTOR = 0x08
_NEEDS_ZIP64 = 0xFFFFFFFF
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LARGE = 4_000_000  # from here on a quicker compression costs less than it saves


class PackageError(Exception):
    """The zip package has a form that cannot be rewritten without a risk."""


@dataclass(frozen=True)
class _Entry:
    """One part: its record in the directory, and where its own bytes lie."""

    name: str
    record: bytes
    start: int
    end: int


class Package:
    """A workbook's parts by name."""

    def __init__(self, content: bytes, name: str) -> None:
        """Open the package.

        Raises zipfile.BadZipFile when the content is none.
        """
        self.content, self.name = content, name
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        # Names are looked up without regard to case and slashes, as Excel does.
        self._names = {_folded(info.filename): info.filename for info in self._zip.infolist()}
        if len(self._names) != len(self._zip.infolist()):
            raise zipfile.BadZipFile("two parts of one name: readers would not agree which to take")
        if any(info.compress_type not in _METHODS for info in self._zip.infolist()):
            raise zipfile.BadZipFile("a part is packed in a way that Excel does not know")

    @property
    def names(self) -> list[str]:
        """Names of all parts in the order of the package."""
        return self._zip.namelist()

    @property
    def inflated(self) -> int:
        """Bytes of all parts together, as the directory tells them."""
        return sum(info.file_size for info in self._zip.infolist())

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return _folded(name) in self._names

    def read(self, name: str) -> bytes:
        """Read one part.

        Raises KeyError when it is not there.
        """
        return self._zip.read(self._names[_folded(name)])

    def first_damaged(self) -> str | None:
        """Name the first part whose check sum is wrong."""
        return self._zip.testzip()

    def rewritten(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the package with other contents for some parts; the rest is copied without being unpacked.

        Raises PackageError when the directory is of a kind this cannot keep.
        """
        changed = {self._names[_folded(name)]: content for name, content in parts.items()}
        pieces: list[bytes] = []
        position = 0
        # Bytes go in the order in which they lie, records in the order of the directory.
        placed: dict[int, bytes] = {}
        for entry in sorted(self._entries(), key=lambda entry: entry.start):
            piece, record = self._piece(entry, changed.get(entry.name), position)
            pieces.append(piece)
            placed[entry.start] = record
            position += len(piece)
        records = [placed[entry.start] for entry in self._entries()]
        directory = b"".join(records)
        end = _END.pack(
            b"PK\5\6", 0, 0, len(records), len(records), len(directory), position, len(self._zip.comment)
        )
        return b"".join([*pieces, directory, end, self._zip.comment])

    def _piece(self, entry: _Entry, content: bytes | None, position: int) -> tuple[bytes, bytes]:
        if content is None:
            return self.content[entry.start : entry.end], _moved(entry.record, position)
        return _packed(entry.record, content, position)

    def _entries(self) -> list[_Entry]:
        """List the parts as the directory does, with the range of bytes each takes."""
        infos = self._zip.infolist()
        directory = self._zip.start_dir
        starts = sorted(info.header_offset for info in infos)
        if len(set(starts)) != len(starts) or starts[:1] != [0] or any(info.flag_bits & 1 for info in infos):
            raise PackageError
        ends = dict(zip(starts, [*starts[1:], directory], strict=True))
        entries: list[_Entry] = []
        position = directory
        for info in infos:
            record = self._record(position)
            entries.append(_Entry(info.filename, record, info.header_offset, ends[info.header_offset]))
            position += len(record)
        return entries

    def _record(self, position: int) -> bytes:
        fields = _CENTRAL.unpack_from(self.content, position)
        if fields[0] != b"PK\1\2" or _NEEDS_ZIP64 in (fields[8], fields[9], fields[16]):
            raise PackageError
        length = _CENTRAL.size + fields[10] + fields[11] + fields[12]
        return self.content[position : position + length]


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _moved(record: bytes, position: int) -> bytes:
    return record[:42] + struct.pack("<I", position) + record[46:]


def _packed(record: bytes, content: bytes, position: int) -> tuple[bytes, bytes]:
    """Pack new content under the name, date and method of the old one."""
    fields = list(_CENTRAL.unpack_from(record))
    name = record[_CENTRAL.size : _CENTRAL.size + fields[10]]
    method = fields[4]
    data = content if method == zipfile.ZIP_STORED else _deflated(content)
    flags = fields[3] & ~_HAS_DESCRIPTOR
    extra = _without_zip64(record[_CENTRAL.size + fields[10] :][: fields[11]])
    comment = record[_CENTRAL.size + fields[10] + fields[11] :]
    crc = zlib.crc32(content)
    fields[3], fields[7], fields[8], fields[9] = flags, crc, len(data), len(content)
    fields[11], fields[16] = len(extra), position
    local = _LOCAL.pack(
        b"PK\3\4", fields[2], flags, method, fields[5], fields[6], crc, len(data), len(content), len(name), 0
    )
    return local + name + data, _CENTRAL.pack(*fields) + name + extra + comment


def _deflated(content: bytes) -> bytes:
    level = 6 if len(content) < _LARGE else 2
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _without_zip64(extra: bytes) -> bytes:
    kept, rest = b"", extra
    while len(rest) >= 4:
        kind, length = struct.unpack_from("<HH", rest)
        if kind != 1:
            kept += rest[: 4 + length]
        rest = rest[4 + length :]
    return kept
