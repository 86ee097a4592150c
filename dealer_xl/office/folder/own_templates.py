"""The Word files in the shop's 模板: which are templates, and which look like one and cannot be used as they lie there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from dealer_xl.errors import DealerXlError

WORD = ".docx"
SAVE_AS = "请在 Word 或 WPS 里打开它，另存为“Word 文档(*.docx)”，放回“模板”文件夹"
ADVICE: Mapping[str, str] = {
    ".doc": SAVE_AS,
    ".wps": SAVE_AS,
    ".rtf": SAVE_AS,
    ".odt": SAVE_AS,
    ".docm": f"它带有宏，程序不用带宏的文件；{SAVE_AS}",
    ".dotm": f"它带有宏，程序不用带宏的文件；{SAVE_AS}",
    ".dotx": f"它是 Word 的模板格式；{SAVE_AS}",
    ".dot": f"它是 Word 的模板格式；{SAVE_AS}",
}
"""Endings of files that look like a template and are none, and what to do about it."""

_COPY = re.compile(r"(.+?)\s*(?:[(（]\d+[)）]|[-—–]\s*副本.*|的副本)$")


class TemplateUnfitError(DealerXlError):
    """What the shop means as its template cannot be used as it lies there."""

    def __init__(self, name: str, file: str, advice: str) -> None:
        super().__init__(f"“模板”文件夹里的“{file}”不能当作“{name}”来用：{advice}。没有生成信函。")


@dataclass(frozen=True)
class OwnTemplates:
    """The templates by their names, and files meant as one with what to do about them."""

    usable: Mapping[str, str] = field(default_factory=dict)
    unfit: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def own_templates(files: Iterable[str]) -> OwnTemplates:
    """Return what the names of the files in 模板 come to; endings in any case, spaces around a name do not count."""
    usable: dict[str, str] = {}
    unfit: dict[str, tuple[str, str]] = {}
    for file in sorted(each for each in files if each[0] not in "~."):
        path = PurePath(file)
        name, ending = unicodedata.normalize("NFC", path.stem).strip(), path.suffix.lower()
        copy = _COPY.fullmatch(name)
        if ending in ADVICE:
            unfit.setdefault(copy[1] if copy else name, (file, ADVICE[ending]))
        elif ending == WORD and copy:
            unfit.setdefault(copy[1], (file, f"它的名字像一份副本；请核对内容，改名为“{copy[1]}.docx”"))
        elif ending == WORD and name:
            usable.setdefault(name, file)
    return OwnTemplates(usable, unfit)
