"""Shops by chance: all that deadlines, windows and months lean on happens within two years, some cells are wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pandas as pd

from dealer_xl.dealership.tables import BY_NAME

FIRST_ROW = 4
WRONG = "？？"
Rows = list[dict[str, str]]


class RandomStore:
    """The cells of a shop on a day, by the bracketed names of its tables."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a store for a test, the same every time
        self.today = date(2026, 1, 1) + timedelta(days=self.random.randrange(500))
        self.spoilt = self.random.choice((0, 0, 0.03))
        self.cars = [f"A{place}" for place in range(self.random.randrange(3, 25))]
        self.orders = [f"G{place}" for place in range(self.random.randrange(120))]
        self.events = [f"HD{place:02}" for place in range(5)]
        self.people = ["张三", "李四", "王五"]

    def cells(self) -> dict[str, pd.DataFrame]:
        """Return the cells of all tables that figures read."""
        tables = {
            "Customers": [self.customer(number) for number in self.cars],
            "Visits": [self.visit(number) for number in self.orders],
            "Renewals": self.rows(self.renewal, self.random.choice((0, 20))),
            "Changes": self.rows(self.change, 20),
            "Calls": self.rows(self.call, 150),
            "Complaints": self.rows(self.complaint, 25),
            "Appointments": self.rows(self.appointment, 20),
            "Letters": self.rows(self.letter, 15),
            "Events": [self.event(number) for number in self.events],
            "Invitees": self.invitees(),
            "Tasks": self.rows(self.task, 25),
            "OwnFigures": self.own_figures(),
            "Staff": [{"name": name} for name in self.people],
            "Settings": self.settings(),
            "Calendar": [{"day": self.day(), "kind": self.one("上班", "休息")}],
        }
        return {name: self.frame(name, rows) for name, rows in tables.items()}

    def rows(self, make: object, most: int) -> Rows:
        return [make(place) for place in range(self.random.randrange(most + 1))]  # type: ignore[operator]

    def frame(self, name: str, rows: Rows) -> pd.DataFrame:
        table = BY_NAME[name]
        cells = [
            {table.heading(key): self.cell(name, key, value) for key, value in row.items()} for row in rows
        ]
        return pd.DataFrame(
            cells, columns=list(table.headings), index=range(FIRST_ROW, FIRST_ROW + len(rows)), dtype="object"
        )

    def cell(self, name: str, key: str, value: str) -> str | None:
        """Return a cell as typed; dates, numbers and choices may be spoilt."""
        kinds = {"DATE", "NUMBER", "MONEY", "CHOICE"}
        if key == "roll_up":
            return value or None
        spoils = (
            name not in {"Settings", "Calendar", "Staff"} and BY_NAME[name].column(key).kind.name in kinds
        )
        return WRONG if spoils and self.random.random() < self.spoilt else value or None

    def one(self, *words: str) -> str:
        return self.random.choice(words)

    def day(self, back: int = 700, *, blank: float = 0, ahead: int = 0) -> str:
        """Return a day before today, not blank but by chance."""
        if self.random.random() < blank:
            return ""
        return f"{self.today - timedelta(days=self.random.randrange(-ahead, back))}"

    def after(self, day: str, most: int, *, blank: float = 0, early: int = 0, ahead: bool = False) -> str:
        """Return a day some days after another one, not after today."""
        if not day or self.random.random() < blank:
            return ""
        later = date.fromisoformat(day) + timedelta(days=self.random.randrange(-early, most + 1))
        return "" if later > self.today and not ahead else f"{later}"

    def customer(self, number: str) -> dict[str, str]:
        came = self.day()
        return {
            "archive_no": number,
            "name": f"客户{number}",
            "phone": f"138{int(number[1:]):08}",
            "plate": f"粤A{int(number[1:]):05}",
            "model": "朗逸",
            "came_on": came,
            "archived_on": self.after(came, 5),
            "clerk": self.one(*self.people),
            "bought_on": self.day(1400, blank=0.2),
            "cycle_months": self.one("", "3", "6", "5"),
            "insured_until": self.day(300, ahead=300, blank=0.2),
        }

    def visit(self, number: str) -> dict[str, str]:
        came = self.day(self.random.choice((60, 700)))
        left = self.after(came, 6, blank=0.1)
        return {
            "order_no": number,
            "archive_no": self.one(*self.cars),
            "came_on": came,
            "left_on": left,
            "kind": self.one("保养", "维修", "保险理赔", "保修索赔", "精品", "其他"),
            "first_service": self.one("是", "否", ""),
            "amount": f"{self.random.randrange(300000) / 100}",
            "booked": self.one("是", "否", ""),
            "rework": self.one("是", "否", "", ""),
            "advisor": self.one(*self.people, ""),
            "promised_on": self.after(came, 6, blank=0.3, ahead=True),
            "claim": self.one("通过", "未通过", "待定", ""),
            "bodypaint": self.one("", "", "100.5", "20"),
        }

    def renewal(self, place: int) -> dict[str, str]:
        signed = self.day()
        start = self.after(signed, 40, ahead=True)
        year = date.fromisoformat(start) + timedelta(days=364)
        return {
            "renewal_no": f"B{place}",
            "signed_on": signed,
            "archive_no": self.one(*self.cars[:6]),
            "premium": self.one("3000.1", "950"),
            "starts_on": self.one(start, ""),
            "ends_on": f"{year}",
            "ours": self.one("是", "否"),
        }

    def change(self, _: int) -> dict[str, str]:
        old = self.day()
        new = date.fromisoformat(old) + timedelta(days=self.random.choice((5, 299, 300, 365, -10)))
        return {
            "changed_on": self.day(),
            "archive_no": self.one(*self.cars),
            "field": self.one("保险到期日", "地址"),
            "old": old,
            "new": f"{new}",
        }

    def call(self, place: int) -> dict[str, str]:
        kind = self.one("第一次跟踪", "第一次跟踪", "第二次跟踪", "活动通知", "客户拜访")
        named = kind.endswith("跟踪") and self.orders and self.random.random() < 0.6
        return {
            "call_no": f"D{place}",
            "called_on": self.day(self.random.choice((60, 700))),
            "direction": self.one("呼出", "呼出", "呼出", "呼入"),
            "archive_no": self.one(*self.cars, ""),
            "name": "客户",
            "kind": kind,
            "order_no": self.one(*self.orders) if named else "",
            "event_no": self.one(*self.events, "") if kind == "活动通知" else "",
            "result": self.one("接通", "接通", "未接", "拒接", "空号"),
            "satisfaction": self.one("", "80", "79.5", "93", "100"),
            "clerk": self.one(*self.people),
        }

    def complaint(self, place: int) -> dict[str, str]:
        received = self.day()
        solved = self.after(received, 9, blank=0.4)
        told = self.after(solved, 2, blank=0.2)
        return {
            "complaint_no": f"T{place}",
            "archive_no": self.one(*self.cars, ""),
            "received_on": received,
            "nature": self.one("", "投诉", "要求", "希望"),
            "acceptor": "张三",
            "reported_on": self.after(received, 5, blank=0.4),
            "solved_on": solved,
            "told_on": told,
            "confirmed_on": self.after(told, 6, blank=0.2),
            "confirmed_score": self.one("", "80", "79", "95.5"),
            "parts_wait_days": self.one("", "2", "1.5"),
            "status": self.one("处理中", "已解决", "已关闭"),
        }

    def appointment(self, place: int) -> dict[str, str]:
        return {
            "appointment_no": f"Y{place}",
            "due_on": self.day(ahead=20),
            "name": "客户",
            "services": "保养",
            "status": self.one("待到店", "已到店", "取消", "失约"),
        }

    def letter(self, place: int) -> dict[str, str]:
        return {
            "letter_no": f"X{place}",
            "sent_on": self.day(),
            "kind": "通知",
            "archive_no": self.one(*self.cars),
            "name": "客户",
            "clerk": "张三",
        }

    def event(self, number: str) -> dict[str, str]:
        return {
            "event_no": number,
            "name": f"活动{number[-1]}号",
            "kind": self.one("汽车讲堂", "联谊活动", ""),
            "starts_on": self.day(ahead=30),
            "place": "本店",
            "content": "检测",
        }

    def invitees(self) -> Rows:
        return [
            {
                "event_no": event,
                "archive_no": car,
                "promise": self.one("是", "否", "未定", ""),
                "came": self.one("是", "否", ""),
            }
            for event in self.events
            for car in self.cars[:6]
        ]

    def task(self, place: int) -> dict[str, str]:
        kinds = BY_NAME["Tasks"].column("kind").choices
        return {
            "task_no": f"P{place}",
            "month": self.day()[:7],
            "kind": self.one("汽车讲堂", *kinds),
            "content": self.one("礼仪", "办好HD01", "活动2号的讲堂"),
            "done_on": self.day(blank=0.2),
        }

    def own_figures(self) -> Rows:
        months = sorted({self.day()[:7] for _ in range(15)})
        return [
            {
                "month": month,
                "label": name,
                "value": f"{self.random.randrange(5, 900) / 10}",
                "roll_up": how,
            }
            for name, how in (("毛利", ""), ("配件库存", "期末"), ("人员编制", "平均"))
            for month in months
            if self.random.random() < 0.8
        ]

    def settings(self) -> Rows:
        return [
            {"key": "day_count", "value": self.one("自然日", "自然日", "工作日")},
            {"key": "lost_months", "value": self.one("12", "6")},
            {"key": "loyal_visits", "value": self.one("4", "2")},
            {"key": "drifting_months", "value": self.one("9", "4")},
            {"key": "satisfied_from", "value": self.one("80", "90")},
        ]
