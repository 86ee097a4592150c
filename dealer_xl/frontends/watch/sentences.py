"""What a watch says, on the console and in the cell beside the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dealer_xl.errors import DealerXlError
from dealer_xl.frontends.command_text import read_command
from dealer_xl.jobs.command_cell import Ending

if TYPE_CHECKING:
    from dealer_xl.frontends.results.outcome import Outcome

WELCOME = (
    "正在等候“{}”的命令：在《月度计划》“设置”表的“命令”一行写要办的事，保存后关闭工作簿。按 Ctrl+C 停止。"
)
AWAY = "暂时找不到“{}”里的《月度计划》；请检查网络盘是否连接，找到后会继续。"
NO_FOLDER = "还找不到文件夹“{}”；请检查名字或网络盘，它出现后会自动开始。按 Ctrl+C 停止。"

_ENDINGS = {
    Ending.DONE: "这件事已经做完。",
    Ending.UNDONE: "这件事做完以后又被撤销了；需要时请再写一次。",
    Ending.NOT_DONE: "这件事没有做，文件没有改动；需要时请再写一次。",
    Ending.UNKNOWN: "不能确定这件事是否做完，请核对；需要时请再写一次。",
}
_MOST_FILES = 4


def cut_off(label: str, ending: Ending) -> str:
    """Return what became of a request that was cut off."""
    return f"办理“{label}”时程序中断，{_ENDINGS[ending]}"


def outcome(result: Outcome) -> str:
    """Return an outcome, and what was written, in the words of a cell."""
    few = [name for name in result.written if not name.startswith("备份/")][:_MOST_FILES]
    more = "等" if len(result.written) > len(few) else ""
    return "\n".join([result.headline, *([f"已写入：{'、'.join(few)}{more}"] if few else [])])


def please_close(asked: str, found: Mapping[str, str]) -> str:
    """Return what was understood of a request, and which workbooks are to be closed for it."""
    return f"{_heard(asked)}请关闭{_books(found)}，关闭后马上开始。"


def left_over(found: Mapping[str, str]) -> str:
    """Return how to go on when a workbook is said to be open though nobody has it."""
    marks = "".join(f"“{mark}”" for mark in found.values() if mark)
    way_out = f"；确实没人打开时，请删除旁边的{marks}。" if marks else "，请在任务栏里找找。"
    return f"{_books(found)}还开着{way_out}"


def _heard(asked: str) -> str:
    try:
        return f"收到“{read_command(asked).action.label}”。" if asked else ""
    except DealerXlError as reason:
        return str(reason)


def _books(found: Mapping[str, str]) -> str:
    return "".join(f"《{name}》" for name in found)
