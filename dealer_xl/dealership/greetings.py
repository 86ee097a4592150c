"""How a letter addresses its reader (section 11): a person by name and title, a company through its contact.

A title that was typed into a name is kept and never doubled.
"""

from __future__ import annotations

import re

from dealer_xl.dealership import formats
from dealer_xl.dealership.persons import NAME_TITLES

COMPANY = "单位"

COMPANY_ENDINGS = ("公司", "集团", "厂", "店", "局", "中心", "学校")
"""How the names of companies and offices end."""

OFFICE_ENDINGS = (
    *("所", "院", "校", "站", "社", "部", "处", "银行", "大学", "中学", "小学", "幼儿园"),
    *("政府", "委员会", "协会", "车队", "商会", "大队", "支队"),
)
"""Further ones, with which a short name may be a person's."""

_SHORTEST_OFFICE = 4

_BRACKETED = re.compile(r"[(（][^()（）]*[)）]$")


def is_company(kind: str, name: str) -> bool:
    """Return whether a customer is a company: by 客户类型, and where that is blank by how the name ends."""
    if kind:
        return kind == COMPANY
    bare = _BRACKETED.sub("", re.sub(r"\s+", "", formats.plain(name)))
    if "公司" in bare or bare.endswith(COMPANY_ENDINGS):
        return True
    return len(bare) >= _SHORTEST_OFFICE and bare.endswith(OFFICE_ENDINGS)


def has_title(name: str) -> bool:
    """Return whether a title stands behind a name."""
    bare = re.sub(r"\s+", "", formats.plain(name))
    return any(bare.endswith(title) and bare != title for title in NAME_TITLES)


def greeting(kind: str, name: str, contact: str, title: str) -> str:
    """Return how a letter begins: 尊敬的张伟先生：, 尊敬的张伟，您好：, 尊敬的…公司：."""
    if is_company(kind, name):
        return _greeting_of_person(contact, title) if contact else f"尊敬的{name}："
    return _greeting_of_person(name, title)


def _greeting_of_person(name: str, title: str) -> str:
    if has_title(name):
        return f"尊敬的{name}："
    return f"尊敬的{name}{title}：" if title else f"尊敬的{name}，您好："


def company_above(kind: str, name: str, contact: str) -> str:
    """Return the company that stands above the greeting of its contact, else nothing."""
    return name if contact and is_company(kind, name) else ""


def title_to_print(kind: str, name: str, title: str) -> str:
    """Return the title to print right behind the customer's name: none for companies and where the name has one."""
    return "" if is_company(kind, name) or has_title(name) else title


def addressee(kind: str, name: str, contact: str, title: str) -> tuple[str, ...]:
    """Return the lines of the reader's name on an envelope or a label, the company first."""
    above = company_above(kind, name, contact)
    if above:
        return above, f"{contact}{'' if has_title(contact) else title}（收）"
    return (f"{name}{title_to_print(kind, name, title)}（收）",)
