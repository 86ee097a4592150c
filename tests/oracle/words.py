"""Names, phones, plates and addresses, brought to one spelling before they are compared."""

import re
import unicodedata
from functools import cache

TITLES = ("先生", "女士", "小姐", "太太", "总", "经理", "主任", "厂长", "局长", "校长", "老师", "师傅")
COMPANY_ENDINGS = ("公司", "厂", "店", "局", "中心", "学校")
NO_ADDRESS = ("无", "不详", "同上", "-")


@cache
def plain(text: str) -> str:
    """Return the text in NFKC without any white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@cache
def phone(text: str) -> str:
    """Return the digits of a phone without the prefix of the country ("landlines with area code in any spelling")."""
    digits = re.sub(r"\D", "", plain(text))
    if plain(text).startswith("+86"):
        digits = digits[2:]
    elif digits.startswith("0086"):
        digits = digits[4:]
    elif len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    return digits


@cache
def plate(text: str) -> str:
    """Return a plate or VIN in capitals without space, dot or dash."""
    return re.sub(r"[·•.\-・]", "", plain(text)).upper()


def has_title(name: str) -> bool:
    """Return whether a title is typed into the name and something stands before it."""
    return any(name.endswith(title) and name != title for title in TITLES)


@cache
def bare_name(name: str) -> str:
    """Return the name with "titles cut off"."""
    name = plain(name)
    for title in TITLES:
        if name.endswith(title) and name != title:
            return name[: -len(title)]
    return name


def usable_address(text: str) -> str:
    """Return the address in one spelling, or "" ("Addresses such as 无, 不详, 同上, - are none")."""
    address = plain(text)
    if address in NO_ADDRESS or not re.search(r"\w", address):
        return ""
    return address


def is_company(kind: str, name: str) -> bool:
    """Return whether the customer is a 单位; where 客户类型 is blank, whether the name ends like one."""
    return kind == "单位" if kind else plain(name).endswith(COMPANY_ENDINGS)
