"""Small random shops about letters: few names, phones and addresses, so that much of it meets."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TypeAlias

Value: TypeAlias = date | int | str | None
Rows: TypeAlias = dict[str, list[dict[str, Value]]]

TODAY = date(2026, 3, 18)
TEMPLATES = ("邀请函", "活动通知", "保养提醒", "感谢信", "投诉答复函", "续保通知", "贺卡")
_NAMES = ("张伟", "张伟先生", "李芳", "王 强", "赵敏", "广州恒达物流有限公司", "陈总")
_PHONES = ("13800000001", "138 0000 0002", "020-86661234", "02086661234", "13800000003", None)
_ADDRESSES = ("一环路1号", "一环路 1号", "二环路2号", "三环路3号", "无", "同上", None)
_FORM = {"邀请函": "邀请函", "投诉答复函": "答复函"}


class RandomShop:
    """The rows of one shop, by table, under Chinese headings; the same seed gives the same shop."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secrets here
        self.numbers = [f"A{place}" for place in range(1, self.dice.randint(4, 14))]
        self.rows: Rows = {
            "Customers": [self._customer(number) for number in self.numbers],
            "Visits": [self._visit(place) for place in range(self.dice.randint(0, 40))],
            "Events": [self._event("H1"), self._event("H2")],
            "Complaints": [self._complaint("T1"), self._complaint("T2")],
            "Letters": [self._letter(place) for place in range(self.dice.randint(0, 12))],
            "LetterForms": self._forms(),
        }

    def _day(self, back: int, ahead: int = 0) -> date:
        return TODAY + timedelta(days=self.dice.randint(-back, ahead))

    def _customer(self, number: str) -> dict[str, Value]:
        pick = self.dice.choice
        return {
            "档案号": number,
            "客户名称": pick(_NAMES),
            "联系人": pick((None, None, "何静", "何经理")),
            "称呼": pick((None, "先生", "女士")),
            "联系电话": pick(_PHONES),
            "地址": pick(_ADDRESSES),
            "车牌号": f"粤A{self.dice.randint(10000, 99999)}",
            "营销同意": pick(("同意", "同意", "同意", "同意", "未知", "拒绝", None)),
        }

    def _visit(self, place: int) -> dict[str, Value]:
        number = self.dice.choice(self.numbers[:5])
        return {
            "工单号": f"G{place}",
            "档案号": number,
            "进厂日期": self._day(500),
            "业务类型": "维修",
            "金额": 100,
        }

    def _event(self, number: str) -> dict[str, Value]:
        begins = self._day(0, 60)
        invited = self.dice.choice((None, None, 1, 3, 50))
        words: dict[str, Value] = {"活动名称": "检测周", "地点": "本店", "内容": "免费检测"}
        return {"活动编号": number, "开始日期": begins, "目标邀约数": invited, **words}

    def _complaint(self, number: str) -> dict[str, Value]:
        return {"投诉号": number, "档案号": self.dice.choice(self.numbers), "受理日期": self._day(30)}

    def _letter(self, place: int) -> dict[str, Value]:
        pick = self.dice.choice
        template = pick(TEMPLATES)
        about_event = template in {"邀请函", "活动通知"}
        return {
            "登记号": f"X{place}",
            "发函日期": self._day(60),
            "信函种类": _FORM.get(template, "通知"),
            "模板": template,
            "档案号": pick(self.numbers),
            "客户名称": "客户",
            "活动编号": pick(("H1", "H2")) if about_event else None,
            "关联投诉号": pick(("T1", "T2")) if template == "投诉答复函" else None,
            "状态": pick(("待寄", "已寄", "已寄", "退回")),
            "文件名": pick(("a.docx", "a.docx", None)),
        }

    def _forms(self) -> list[dict[str, Value]]:
        own: dict[str, Value] = {
            "模板": "贺卡",
            "信函种类": "通知",
            "用于": "其他",
            "营销": self.dice.choice(("是", "否", None)),
            "一户一封": self.dice.choice(("是", "否", None)),
        }
        changed: dict[str, Value] = {**own, "模板": "感谢信", "用于": "感谢", "营销": "是"}
        return [own, changed] if self.dice.random() < 0.4 else [own]
