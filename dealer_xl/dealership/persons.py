"""Which rows of the archive are one person: one person may have many cars, a fleet has forty (section 11).

A person is the same name with an equal phone, or the same phone and address, taken transitively. A refusal on any
car of a person is a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

import pandas as pd

from dealer_xl.dealership import formats

NAME_TITLES = ("先生", "女士", "小姐", "太太", "经理", "主任", "厂长", "局长", "校长", "老师", "师傅", "总")
"""Titles that staff type behind a name."""

NO_ADDRESSES = frozenset(
    {"无", "不详", "同上", "暂无", "没有", "未知", "不明", "不知道", "不清楚"}
    | {"待补", "待定", "地址待补", "地址不详", "地址不明", "无地址", "没有地址"}
)
"""What staff type where they know no address."""

REFUSED = "拒绝"


def persons(people: pd.DataFrame) -> pd.Series:
    """Return the number of each row's person; rows of one person have the same.

    people: columns name, phone, address as the typed tables hold them; any index. Who has no phone is alone.
    """
    groups = _Groups(len(people))
    keys = zip(
        people["phone"].map(phone_digits, na_action="ignore"),
        people["name"].map(bare_name, na_action="ignore"),
        people["address"].map(usable_address, na_action="ignore"),
        strict=True,
    )
    for place, (phone, name, address) in enumerate(keys):
        known = (("name", name), ("address", address)) if _is_there(phone) else ()
        groups.join(place, [(phone, what, value) for what, value in known if _is_there(value)])
    return pd.Series(groups.numbers(), index=people.index, dtype="int64")


def refused(customers: pd.DataFrame) -> pd.Series:
    """Return, for each row of the archive, whether its person refused marketing on any car."""
    return (customers["consent"] == REFUSED).groupby(persons(customers)).transform("any")


def bare_name(name: str) -> str:
    """Return a name without spaces and without the title behind it; a mere title stays."""
    bare = re.sub(r"\s+", "", formats.plain(name))
    title = next((each for each in NAME_TITLES if bare.endswith(each)), "")
    return bare.removesuffix(title) or bare


def phone_digits(phone: str) -> str:
    """Return the digits of a phone number: landlines are equal in any spelling."""
    return re.sub(r"\D", "", formats.tidy_phone(phone))


def usable_address(address: str) -> str | None:
    """Return an address without spaces; None for what is none, such as 无, a mere hyphen or number."""
    bare = re.sub(r"\s+", "", formats.plain(address))
    return bare if bare not in NO_ADDRESSES and any(letter.isalpha() for letter in bare) else None


def _is_there(value: object) -> bool:
    return isinstance(value, str) and bool(value)


class _Groups:
    """Places joined by what they have in common (union-find: linear in practice)."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))
        self._first_with: dict[Hashable, int] = {}

    def join(self, place: int, keys: Iterable[Hashable]) -> None:
        """Join a place with the first one that had any of the keys."""
        for key in keys:
            root, other = self._root(place), self._root(self._first_with.setdefault(key, place))
            self._parents[max(root, other)] = min(root, other)

    def numbers(self) -> list[int]:
        """Return the number of each place's group: its first place."""
        return [self._root(place) for place in range(len(self._parents))]

    def _root(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place
