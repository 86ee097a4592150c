"""Invented customers of an invented shop in 泰安: names, telephones, streets, consents.

The middle digits 0000 make a mobile number plainly invented while its form is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from dealer_xl.sample.random_streams import each_once

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
)
GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华玉春梅建国志文海燕晓东红宇鹏飞欣悦佳俊峰辉琳雪晨浩然思远嘉怡博雅"
AREAS = ("泰山区", "岱岳区", "新泰市", "肥城市", "宁阳县", "东平县")
AREA_WEIGHTS = (42, 24, 12, 11, 6, 5)
STREETS = (
    "云岭路",
    "望山街",
    "锦溪路",
    "和顺街",
    "青禾路",
    "松风大道",
    "平安里路",
    "朝露街",
    "金穗路",
    "石泉路",
    "柳溪街",
    "长乐大道",
)
COURTS = ("和园小区", "山语花园", "锦溪苑", "清风里", "丰和家园", "云岭新村")
FIRM_NAMES = (
    "宏顺",
    "恒达",
    "瑞禾",
    "金岭",
    "天泽",
    "远帆",
    "聚源",
    "启明",
    "同盛",
    "华泰丰",
    "安捷",
    "德润",
    "永兴",
    "康宁",
    "博远",
    "鼎新",
    "众合",
    "诚立",
)
FIRM_TRADES = (
    "商贸有限公司",
    "建材有限公司",
    "物流有限公司",
    "食品有限公司",
    "装饰工程有限公司",
    "机械有限公司",
    "科技有限公司",
)
MOBILE_PREFIXES = (
    130,
    131,
    132,
    135,
    136,
    137,
    138,
    139,
    150,
    151,
    152,
    155,
    158,
    159,
    176,
    177,
    180,
    186,
    188,
    189,
)
BRANCHES = ("", *(f"第{place}分公司" for place in range(1, 100)))
FIRM_SHARE = 0.08
SECOND_CAR_SHARE = 0.07
NO_ADDRESS_SHARE = 0.1


@dataclass(frozen=True)
class Owner:
    """Who owns a vehicle and how to reach them."""

    name: str
    kind: str
    contact: str
    phone: str
    region: str
    address: str
    consent: str


def owners_of(dice: random.Random, vehicles: int) -> list[Owner]:
    """Make an owner for every vehicle; some own two, firms up to four."""
    mobiles, landlines, firms = mobile_numbers(dice), _landlines(dice), _firm_names(dice)
    owners: list[Owner] = []
    while len(owners) < vehicles:
        if dice.random() < FIRM_SHARE:
            phone = next(landlines if dice.random() < 0.5 else mobiles)
            owners += [_owner(dice, next(firms), phone, firm=True)] * dice.choice((1, 1, 2, 3, 4))
        else:
            owner = _owner(dice, person_name(dice), next(mobiles), firm=False)
            owners += [owner] * (2 if dice.random() < SECOND_CAR_SHARE else 1)
    dice.shuffle(owners := owners[:vehicles])
    return owners


def person_name(dice: random.Random) -> str:
    """Invent a person's name."""
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2, 2))))


def street_address(dice: random.Random, region: str, *, firm: bool) -> str:
    """Invent an address down to the door."""
    street = f"泰安市{region}{dice.choice(STREETS)}{dice.randint(1, 288)}号"
    if firm:
        return street
    return f"{street}{dice.choice(COURTS)}{dice.randint(1, 26)}号楼{dice.randint(1, 4)}单元{dice.randint(1, 18)}0{dice.randint(1, 3)}室"


def mobile_numbers(dice: random.Random) -> Iterator[str]:
    """Return mobile numbers, each once."""
    return each_once(_mobile_numbers(dice))


def _mobile_numbers(dice: random.Random) -> Iterator[str]:
    """Draw mobile numbers without end."""
    while True:
        yield f"{dice.choice(MOBILE_PREFIXES)}0000{dice.randrange(10_000):04d}"


def _landlines(dice: random.Random) -> Iterator[str]:
    """Return landline numbers with the area code, each once."""
    return map("0538-200{:04d}".format, dice.sample(range(10_000), 10_000))


def _firm_names(dice: random.Random) -> Iterator[str]:
    """Return firm names, each once; when all are used up, their branches."""
    names = [f"泰安市{name}{trade}" for name in FIRM_NAMES for trade in FIRM_TRADES]
    dice.shuffle(names)
    return iter([f"{name}{branch}" for branch in BRANCHES for name in names])


def _owner(dice: random.Random, name: str, phone: str, *, firm: bool) -> Owner:
    """Make one owner."""
    region = dice.choices(AREAS, AREA_WEIGHTS)[0]
    return Owner(
        name=name,
        kind="单位" if firm else "个人",
        contact=person_name(dice) if firm else "",
        phone=phone,
        region=region,
        address="" if dice.random() < NO_ADDRESS_SHARE else street_address(dice, region, firm=firm),
        consent=dice.choices(("同意", "未知", "拒绝"), (65, 20, 15))[0],
    )
