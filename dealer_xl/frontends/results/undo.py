"""`undo`: show what was put back, or could be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from dealer_xl import jobs
from dealer_xl.actions import label_of
from dealer_xl.context import Context
from dealer_xl.frontends.results.outcome import Outcome, names_of, shortened, with_files
from dealer_xl.requests import UndoRequest


def undo(request: UndoRequest, context: Context) -> Outcome:
    """Put back what the last command changed; or list what could be put back, or take back the last undo."""
    if request.list:
        return _undoable_listed(context)
    undone = (jobs.redo_last if request.redo else jobs.undo_last)(context)
    did = "取消撤销，恢复" if request.redo else "撤销"
    headline = f"{'将' if context.dry_run else '已'}{did}{undone.when:%Y-%m-%d %H:%M}的“{label_of(undone.command)}”。"
    lines = [f"{'重新写入' if request.redo else '恢复原样'}：{name}" for name in undone.restored]
    lines = [headline, *shortened(lines, "个文件")]
    lines += [f"收回生成的文件{len(undone.removed)}个，备份里还有。"] if undone.removed else []
    if undone.left:
        headline = f"{headline}有{undone.left}个单元格后来又改过，没有动。"
        lines.append(headline)
    data = {
        "command": undone.command,
        "when": undone.when.isoformat(),
        "restored": names_of(undone.restored),
        "removed": names_of(undone.removed),
        "left": undone.left,
    }
    return with_files(Outcome(lines, data, headline=headline), (), context)


def _undoable_listed(context: Context) -> Outcome:
    found = jobs.list_undoable(context)
    lines = [
        f"{place}. {each.when:%Y-%m-%d %H:%M} {label_of(each.command)}（{each.who}）：{_few(each.files)}"
        for place, each in enumerate(found, start=1)
    ]
    headline = f"可以撤销{len(found)}次操作，从最近一次开始。" if found else "没有可以撤销的操作。"
    data = {
        "undoable": [
            {
                "id": each.id,
                "command": each.command,
                "label": label_of(each.command),
                "when": each.when.isoformat(),
                "who": each.who,
                "files": names_of(each.files),
            }
            for each in found
        ]
    }
    return Outcome([*shortened(lines, "次"), headline], data, headline=headline)


def _few(files: Sequence[PurePath], most: int = 4) -> str:
    names = "、".join(names_of(files[:most]))
    return names if len(files) <= most else f"{names}等{len(files)}个文件"
