"""What a plate that cannot be read may have been, and how to write one that is not there yet (GA 36-2018)."""

from __future__ import annotations

import re
from collections.abc import Collection

from dealer_xl.dealership import formats
from dealer_xl.heading_text import simplified

NOT_YET = frozenset(
    [
        "未上牌",
        "未挂牌",
        "没上牌",
        "没有上牌",
        "还没上牌",
        "待上牌",
        "新车",
        "新车未上牌",
        "临牌",
        "临时牌",
        "临时车牌",
        "临时号牌",
        "无牌",
        "无",
        "没有",
        "暂无",
        "无车牌",
        "上牌中",
        "未上",
        "待上",
    ]
)
"""What clerks type for a car that has no plate yet."""

GONE = re.compile(r"过户|作废|注销|换牌|原|旧|改|报废|错")
"""Remarks that say the plate beside them is no longer the car's."""

TEMPORARY = "还没上牌：有VIN码可空着，临牌写 粤A临1234"
SEVERAL = "只填一个车牌号，另一辆车另写一行"
LENGTHS = "普通车7位，新能源8位且有字母D、F等，请核对"
_REMARK = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|(蓝|黄|绿|白|黑)牌?$|牌$")
_ZERO_AND_ONE = str.maketrans("OI", "01")


def tidy(text: str) -> str:
    """Write a plate in simplified script and capitals, without separators and remarks behind it."""
    whole = simplified(formats.plain(text))
    bare = formats.tidy_plate(_REMARK.sub("", whole))
    return bare if formats.is_plate(bare) and not GONE.search(whole) else formats.tidy_plate(whole)


def advice(text: str) -> str:
    """Return what to do with a plate that cannot be read, "" where its own sentence says it."""
    bare = formats.tidy_plate(simplified(formats.plain(text)))
    if bare in NOT_YET:
        return TEMPORARY
    if sum(sign in formats.PROVINCES for sign in bare) > 1:
        return SEVERAL
    return LENGTHS if formats.has_province(bare[:1]) and len(bare) in (6, 8, 9) else ""


def guess(text: str, known: Collection[str] = ()) -> str:
    """Return the plate that is meant: with 0 and 1 for O and I, or the only known one that differs by one sign."""
    whole = simplified(formats.plain(text))
    bare = formats.tidy_plate(whole)
    digits = bare[:2] + bare[2:].translate(_ZERO_AND_ONE)
    remarked = formats.tidy_plate(_REMARK.sub("", whole))
    for candidate in (digits, remarked):
        if candidate != bare and formats.is_plate(candidate):
            return candidate
    shorter = {bare[:place] + bare[place + 1 :] for place in range(2, len(bare))}
    likely = {plate for plate in known if plate in shorter or (bare and plate[1:] == bare)}
    return next(iter(likely)) if len(likely) == 1 else ""
