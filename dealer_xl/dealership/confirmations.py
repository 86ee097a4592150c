"""What staff are asked before a job: which event or complaint, and whether so many letters shall be made."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.letters import Mailing
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.recipients import REASONS, reason_text

MOST_NAMES = 5
"""So many names make clear who is meant; a box holds no list of hundreds."""


@dataclass(frozen=True)
class ComingEvent:
    """An event to which people can still be invited."""

    event_no: str
    name: str
    starts_on: pd.Timestamp

    def __str__(self) -> str:
        return f"{self.event_no} {self.name}（{self.starts_on:%Y-%m-%d}）"


@dataclass(frozen=True)
class OpenComplaint:
    """A complaint that can still be answered."""

    complaint_no: str
    customer: str
    received_on: pd.Timestamp

    def __str__(self) -> str:
        return f"{self.complaint_no} {self.customer}（{self.received_on:%Y-%m-%d}）"


def open_complaints(dataset: Dataset) -> list[OpenComplaint]:
    """Return the complaints that are not closed and whose customer is known, the latest first."""
    complaints = dataset.tables["Complaints"].dropna(subset=["complaint_no", "archive_no", "received_on"])
    waiting = complaints[complaints["status"] != "已关闭"]
    latest_first = waiting.sort_values("received_on", ascending=False, kind="stable")
    names = dataset.tables["Customers"].dropna(subset=["archive_no", "name"]).set_index("archive_no")["name"]
    customers = look_up(latest_first["archive_no"], names).fillna("")
    told = zip(latest_first["complaint_no"], customers, latest_first["received_on"], strict=True)
    return [OpenComplaint(str(number), str(name), day) for number, name, day in told]


def coming_events(dataset: Dataset) -> list[ComingEvent]:
    """List the events that are not over, the next first."""
    events = dataset.tables["Events"].dropna(subset=["event_no", "name", "starts_on"])
    last = events["ends_on"].fillna(events["starts_on"])
    coming = events[last >= dataset.today].sort_values("starts_on", kind="stable")
    return [
        ComingEvent(str(row["event_no"]), str(row["name"]), row["starts_on"])
        for row in coming.to_dict("records")
    ]


def whether_to_send(mailing: Mailing) -> str:
    """Ask whether the letters shall be made: how many of how many, to whom, who is left out and why."""
    names = [letter.customer for letter in mailing.letters]
    shown = "、".join(names[:MOST_NAMES]) + ("等" if len(names) > MOST_NAMES else "")
    what = "补发" if mailing.order.again else "生成"
    lines = [f"将{what}{len(names)}封{mailing.form.template}（看了{mailing.asked}条档案），发给：{shown}。"]
    reasons = Counter(skipped.reason for skipped in mailing.skipped)
    if reasons:
        lines.append(f"不发给{len(mailing.skipped)}位客户，名字写在“未发名单”：")
        lines += [
            f"· {reason_text(reason, mailing.form)}：{reasons[reason]}位"
            for reason in REASONS
            if reason in reasons
        ]
    return "\n".join([*lines, "信函会登记到“信函登记”表。现在生成吗？"])


def whether_to_add_row(template: str) -> str:
    """Ask whether 信函模板 shall get a row for a Word file that has none."""
    return (
        f"“{template}”还没有登记在“信函模板”表里，不知道它发给谁。现在替您加一行吗？"
        "加好以后请核对“用于”“营销”“一户一封”。"
    )


def not_sent_rows(mailing: Mailing) -> list[dict[str, object]]:
    """Return the rows of 未发名单: who is left out of a mailing and why, in the order of the reasons."""
    place = {reason: number for number, reason in enumerate(REASONS)}
    return [
        {
            "template": mailing.form.template,
            "event_no": mailing.order.event_no,
            "archive_no": each.archive_no,
            "name": each.customer,
            "plate": each.plate,
            "phone": each.phone,
            "reason": reason_text(each.reason, mailing.form),
            "detail": each.detail,
            "origin": f"客户档案 第{each.row}行",
        }
        for each in sorted(mailing.skipped, key=lambda each: place[each.reason])
    ]
