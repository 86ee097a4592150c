"""What was dropped on the shortcut: whose folder is meant, whatever Windows made of its name."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

from dealer_xl.errors import DealerXlError
from dealer_xl.jobs.command_cell import shop_of
from dealer_xl.office.folder.folder_store import FolderMissingError

LINE, SHORTCUT = "DEALER_XL_DROPPED", "DEALER_XL_SHORTCUT"
"""The shortcut hands on here how Windows called it, and its own name."""


class SeveralShopsError(DealerXlError):
    """What was dropped lies in several shops' folders."""

    def __init__(self, shops: Sequence[str]) -> None:
        super().__init__(f"拖进来的文件属于几家店：{'、'.join(shops)}；请一次只拖一家店的文件夹。")


def dropped(words: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Return the paths that were dropped: as the shortcut was called, else as the words of the command say.

    Windows puts no quotes around a path that holds & but no space, and a batch file gets only what stands before it.
    """
    return _paths(environment.get(LINE, ""), environment.get(SHORTCUT, "")) or list(words)


def _paths(line: str, shortcut: str) -> list[str]:
    r"""Read cmd /c ""C:\…\shortcut.cmd" C:\a&b "C:\c d"" from behind the shortcut's own name."""
    _, called, rest = line.partition(f'{shortcut}"') if shortcut else ("", "", "")
    if not called:
        return []
    if rest.count('"') % 2:  # the last one closes what stands around the whole line
        rest = rest.rstrip().removesuffix('"')
    return [quoted or bare for quoted, bare in re.findall(r'"([^"]+)"|([^\s"]+)', rest)]


def typed_paths(answer: str) -> list[str]:
    r"""Read a path that was dropped into the window: Windows quotes it, a Mac puts \ before spaces."""
    bare = answer.strip()
    bare = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" else bare
    if not bare or Path(bare).exists():
        return [bare] if bare else []
    try:
        return shlex.split(bare)
    except ValueError:
        return [bare]


def shop_meant(paths: Sequence[str]) -> Path:
    """Return whose folder is meant by what was dropped: a folder, or files that lie in it.

    Raises FolderMissingError, SeveralShopsError.
    """
    for path in paths:
        if not Path(path).exists():
            raise FolderMissingError(Path(path))
    shops = list(dict.fromkeys(shop_of(Path(path)) for path in paths))
    if len(shops) > 1:
        raise SeveralShopsError([shop.name for shop in shops])
    return shops[0]
