"""What staff read is Chinese: a sentence of each kind is made and looked at."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dealer_xl
from dealer_xl.actions import ACTIONS
from dealer_xl.dealership.issues import CELL_CHECKS
from dealer_xl.dealership.recipients import REASONS
from dealer_xl.dealership.reminders import REMINDERS
from dealer_xl.dealership.rules import RULES
from dealer_xl.dealership.settings import SETTINGS
from dealer_xl.dealership.tables import TABLES
from dealer_xl.errors import DealerXlError

CHINESE = re.compile("[一-鿿]")
LATIN = re.compile(r"[A-Za-z]{4,}")
KNOWN = re.compile(
    r"[\w{}·*-]*\.(xlsx|xlsm|docx|json|pdf|txt)"  # files
    r"|dealer-xl( [a-z]+){0,2}|--[a-z-]+"  # commands and their options
    r"|\{[^}]*\}+"  # a template's field
    r"|Excel|Word|LibreOffice|WPS|OneDrive|SharePoint|pyOpenVBA|pip install pyopenvba|YYYY-MM(-DD)?"
)
"""Latin words that staff know from their own screen."""
SAMPLES = {
    "str": "样例",
    "int": 3,
    "Path": Path("演示店") / "客户档案.xlsx",
    "PurePath": Path("客户档案.xlsx"),
    "Named": Path("客户档案.xlsx"),
    "Sequence[str]": ["客户名称", "车牌号"],
    "list[str]": ["客户名称", "车牌号"],
}
"""A word for each type that an error is told."""


def is_for_staff(sentence: str) -> bool:
    """Return whether a sentence is Chinese but for names that staff know."""
    bare = KNOWN.sub("", sentence)
    for kind in REMINDERS:  # what is typed after --task
        bare = bare.replace(kind.code, "")
    return bool(CHINESE.search(sentence)) and not LATIN.search(bare)


def errors(kind: type[DealerXlError] = DealerXlError) -> Iterator[type[DealerXlError]]:
    """Find every reason why the program cannot go on."""
    for module in pkgutil.walk_packages(dealer_xl.__path__, "dealer_xl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for each in kind.__subclasses__():
        yield each
        yield from errors(each)


MESSAGES = {check.code: check.message for check in CELL_CHECKS} | {
    f"{rule.code} {rule.table}.{rule.looks_at[0]}": rule.message for rule in RULES
}
WITH_SENTENCE = [error for error in dict.fromkeys(errors()) if "__init__" in vars(error)]


def words_for(error: type[DealerXlError]) -> list[Any]:
    """Make up what an error is told."""
    parameters = list(inspect.signature(error).parameters.values())
    return [SAMPLES[str(each.annotation)] for each in parameters if each.default is each.empty]


@pytest.mark.parametrize("code", MESSAGES)
def test_every_sentence_about_a_wrong_entry_is_chinese(code: str) -> None:
    assert is_for_staff(MESSAGES[code])


@pytest.mark.parametrize("code", MESSAGES)
def test_a_sentence_about_a_wrong_entry_is_short_and_leaves_the_heading_and_the_joint_to_the_column(
    code: str,
) -> None:
    sentence = re.sub(r"\{\w+\}", "", MESSAGES[code])

    assert len(sentence) <= 30
    assert not re.search("[【】〔〕；。\n]", sentence)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_for_no_letter_is_chinese(reason: str) -> None:
    assert is_for_staff(REASONS[reason])


@pytest.mark.parametrize("error", WITH_SENTENCE, ids=lambda error: error.__name__)
def test_every_error_is_a_chinese_sentence_that_ends_as_one(error: type[DealerXlError]) -> None:
    sentence = str(error(*words_for(error)))

    assert is_for_staff(sentence)
    assert sentence.endswith("。")


@pytest.mark.parametrize("error", WITH_SENTENCE, ids=lambda error: error.__name__)
def test_every_error_names_what_it_is_about(error: type[DealerXlError]) -> None:
    told = words_for(error)

    sentence = str(error(*told))
    assert not told or any(str(word) in sentence for word in ("样例", "演示店", "客户档案", "客户名称", 3))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_told_in_chinese(action: Any) -> None:  # noqa: ANN401 - an Action
    assert is_for_staff(action.label)
    assert is_for_staff(action.sentence)
    assert action.look is None or is_for_staff(action.look.tip)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_told_in_chinese(setting: Any) -> None:  # noqa: ANN401 - a Setting
    assert is_for_staff(setting.remark)
    assert CHINESE.search(setting.source)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_sheet_and_hint_is_told_in_chinese(table: Any) -> None:  # noqa: ANN401 - a Table
    assert is_for_staff(table.description)
    assert is_for_staff(table.title)
    assert [column.hint for column in table.columns if column.hint and not is_for_staff(column.hint)] == []


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("“客户档案.xlsx”不见了。", True),
        ("请运行 dealer-xl undo。", True),
        ("File not found.", False),
        ("文件 not found。", False),
        ("VIN码不对", True),
        ("第3行", True),
        ("12", False),
    ],
)
def test_a_sentence_for_staff_is_known_by_its_words(sentence: str, right: bool) -> None:
    assert is_for_staff(sentence) is right
