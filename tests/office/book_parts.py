"""Take a workbook's package apart, edit a part, and put it together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

SHEET = "xl/worksheets/sheet1.xml"


def parts_of(content: bytes) -> dict[str, bytes]:
    """Unpack all parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def put_together(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return content.getvalue()


def edited(content: bytes, before: str, after: str, part: str = SHEET) -> bytes:
    """Return the workbook with an edit in one part."""
    parts = parts_of(content)
    assert before in parts[part].decode()
    return put_together(parts | {part: parts[part].decode().replace(before, after).encode()})


class Pipe(io.RawIOBase):
    """A place that cannot go back, so that the sizes come after each part."""

    def __init__(self, content: io.BytesIO) -> None:
        self._content = content

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._content.write(data)  # type: ignore[arg-type]
