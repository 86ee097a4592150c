"""What the add-in can do, one entry a job: the command line, the ribbon and the sheets 说明 all read it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One job: its command, the words on its button and one sentence for staff."""

    command: str
    label: str
    says: str
    button: bool = True  # on the ribbon, or only on the command line
    typed: bool = True  # on the command line, or only on the ribbon


MENU = (
    Entry("check", "校验", "检查所有表格，把填错的单元格标出颜色，并在“校验”列写明怎么改"),
    Entry("today", "今日必做", "列出今天该建的档案、该打的跟踪和保养提醒电话"),
    Entry("summary", "月度总结", "算出一个月或一年的各项指标，写好总结，另存一份 Word 报告"),
    Entry("letters", "生成信函", "按模板给客户生成信函，合成一份打印，并登记到信函登记表"),
    Entry("plan", "本年计划", "把年度目标分解到各月，并指出互相矛盾的目标"),
    Entry("undo", "撤销", "把上一次操作改动的文件恢复原样"),
    Entry("folder", "打开文件夹", "打开本店的文件夹", typed=False),
    Entry("guide", "帮助", "说明每个按钮做什么", typed=False),
    Entry("new", "新建", "在文件夹里补齐缺少的空白工作簿", button=False),
    Entry("addin", "加载项", "把功能区的按钮装进 Excel，卸载它，或检查它为什么用不了", button=False),
    Entry("watch", "等候命令", "守着店文件夹，办理“设置”表里写的命令，不用宏，WPS 也能用", button=False),
    Entry("menu", "菜单", "在窗口里按数字挑一件事来办；把店文件夹拖到快捷方式上就会打开", button=False),
    Entry("demo", "演示", "生成一年的虚构数据，并把每项操作演示一遍", button=False),
)


def label_of(command: str) -> str:
    """Return the words on the button of a command."""
    return next((entry.label for entry in MENU if entry.command == command), command)
