"""What the program can do, one entry an action: the command line, the ribbon, the menu and `watch`, the sheets 说明 and the README follow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, Flag, auto


class Place(Flag):
    """Where staff find an action."""

    BUTTON = auto()  # on the ribbon
    TYPED = auto()  # on the command line
    CELL = auto()  # asked for by its label in the cell 设置!命令, see `frontends.watch`
    MENU = auto()  # in the numbered menu of the console


EVERYWHERE = Place.BUTTON | Place.TYPED | Place.CELL | Place.MENU


class Group(Enum):
    """The groups of the tab, in their order."""

    DAILY = "每天"
    MONTHLY = "每月"
    OTHER = "其他"


@dataclass(frozen=True)
class Look:
    """How a button looks: its group on the ribbon, its picture (one that Office has), its key and its second sentence."""

    group: Group
    icon: str
    key_tip: str  # behind Alt and the tab's own; none begins another
    tip: str
    size: str = "large"


@dataclass(frozen=True)
class Action:
    """One action: its name in commands and macros, the words on its button, one sentence for staff, where it is found."""

    name: str
    label: str
    sentence: str  # without the full stop
    places: Place = EVERYWHERE
    look: Look | None = None  # of a button

    @property
    def is_button(self) -> bool:
        """Return whether it is on the ribbon."""
        return Place.BUTTON in self.places

    @property
    def is_typed(self) -> bool:
        """Return whether it is a command of the command line."""
        return Place.TYPED in self.places


TAB, TAB_KEY = "客户服务", "K"
"""The tab of the ribbon, and the key behind Alt that opens it."""

ACTIONS = (
    Action(
        "check",
        "校验",
        "检查所有表格，把填错的单元格标出颜色，并在“校验”列写明怎么改",
        look=Look(
            Group.DAILY, "DataValidationCircleInvalid", "J", "照着改好后再点一次，颜色和说明会自动消失。"
        ),
    ),
    Action(
        "today",
        "今日必做",
        "列出今天该建的档案、该打的跟踪和保养提醒电话",
        look=Look(
            Group.DAILY,
            "CalendarToolSelectDate",
            "R",
            "名单写在“跟踪电话”工作簿的“今日必做”表里，每天上班先点一次。",
        ),
    ),
    Action(
        "summary",
        "月度总结",
        "算出一个月或一年的各项指标，写好总结，另存一份 Word 报告",
        look=Look(
            Group.MONTHLY,
            "ChartInsert",
            "Z",
            "先问是哪个月或哪一年。指标写在“月度计划”工作簿里，报告放在“总结”文件夹里。",
        ),
    ),
    Action(
        "letters",
        "生成信函",
        "按模板给客户生成信函，合成一份打印，并登记到信函登记表",
        look=Look(Group.MONTHLY, "MailMergeStartLetters", "X", "先问是哪个活动。信函放在“信函”文件夹里。"),
    ),
    Action(
        "plan",
        "本年计划",
        "把年度目标分解到各月，并指出互相矛盾的目标",
        look=Look(
            Group.MONTHLY,
            "WhatIfAnalysisMenu",
            "B",
            "年度目标填在“月度计划”工作簿的“年度目标”表里，改了目标再点一次。",
        ),
    ),
    Action(
        "undo",
        "撤销",
        "把上一次操作改动的文件恢复原样",
        look=Look(Group.OTHER, "Undo", "C", "再点一次，就再退一步。"),
    ),
    Action("redo", "取消撤销", "取消刚才的撤销，回到撤销之前", Place.CELL | Place.MENU),
    Action(
        "folder",
        "打开文件夹",
        "打开本店的文件夹",
        Place.BUTTON,
        Look(Group.OTHER, "FileOpen", "D", "四个工作簿、“信函”和“总结”都在里面。"),
    ),
    Action(
        "guide",
        "帮助",
        "说明每个按钮做什么",
        Place.BUTTON,
        Look(Group.OTHER, "Help", "H", "每张表怎么填，看各工作簿第一页“说明”。"),
    ),
    Action("new", "新建", "在文件夹里补齐缺少的空白工作簿", Place.TYPED),
    Action("addin", "加载项", "把功能区的按钮装进 Excel，卸载它，或检查它为什么用不了", Place.TYPED),
    Action("watch", "等候命令", "守着店文件夹，办理“设置”表里写的命令，不用宏，WPS 也能用", Place.TYPED),
    Action("menu", "菜单", "在窗口里按数字挑一件事来办；把店文件夹拖到快捷方式上就会打开", Place.TYPED),
    Action("demo", "演示", "生成一年的虚构数据，并把每项操作演示一遍", Place.TYPED),
)


def actions_in(place: Place) -> Sequence[Action]:
    """Return the actions that are found in a place, in their order."""
    return [action for action in ACTIONS if place in action.places]


def action_named(name: str) -> Action:
    """Return the action of a name.

    Raises KeyError.
    """
    return {action.name: action for action in ACTIONS}[name]


def label_of(command: str) -> str:
    """Return the words on the button of a command; of what is no action the name itself."""
    return next((action.label for action in ACTIONS if action.name == command), command)
