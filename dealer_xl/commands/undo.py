"""`undo`: tell what was put back, or could be."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import PurePath

from dealer_xl import jobs
from dealer_xl.commands.outcome import Occasion, Outcome, names_of, outcome_of, shortened
from dealer_xl.menu import label_of


def take_back(asked: Namespace, occasion: Occasion) -> Outcome:
    """Put back what the last command changed; or list what could be put back, or take back the last undo."""
    if asked.list:
        return _undoable_listed(occasion.store(asked))
    undone = (jobs.bring_back if asked.redo else jobs.take_back)(occasion.store(asked))
    did = "取消撤销，恢复" if asked.redo else "撤销"
    gist = f"已{did}{undone.when:%Y-%m-%d %H:%M}的“{label_of(undone.command)}”。"
    lines = [f"{'重新写入' if asked.redo else '恢复原样'}：{name}" for name in undone.restored]
    told = [gist, *shortened(lines, "个文件")]
    told += [f"收回生成的文件{len(undone.removed)}个，备份里还有。"] if undone.removed else []
    if undone.left:
        gist = f"{gist}有{undone.left}个单元格后来又改过，没有动。"
        told.append(gist)
    data = {
        "command": undone.command,
        "when": undone.when.isoformat(),
        "restored": names_of(undone.restored),
        "removed": names_of(undone.removed),
        "left": undone.left,
    }
    return outcome_of(told, gist, data, ())


def _undoable_listed(store: jobs.FolderStore) -> Outcome:
    found = jobs.list_undoable(store)
    told = [
        f"{place}. {each.when:%Y-%m-%d %H:%M} {label_of(each.command)}（{each.who}）：{_few(each.files)}"
        for place, each in enumerate(found, start=1)
    ]
    gist = f"可以撤销{len(found)}次操作，从最近一次开始。" if found else "没有可以撤销的操作。"
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
    return Outcome([*shortened(told, "次"), gist], data, gist=gist)


def _few(files: Sequence[PurePath], most: int = 4) -> str:
    names = "、".join(names_of(files[:most]))
    return names if len(files) <= most else f"{names}等{len(files)}个文件"
