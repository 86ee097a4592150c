"""What to talk about: a topic that suits the call and that the last call did not use (FC-04, FC-11)."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up

TOPICS = {
    "用车情况": "询问用车情况",
    "服务意见": "征求对本次服务的意见",
    "服务需求": "了解近期有无新的服务需求",
    "用车知识": "告知用车知识和注意事项",
    "近期服务": "介绍本店近期的服务项目",
    "活动": "告知近期活动",
    "保养": "提醒按期保养并约定时间",
}
"""A word by which a topic is known in 通话要点, and the topic."""

FITTING = {
    "first-follow-up": ("用车情况", "服务意见", "用车知识"),
    "second-follow-up": ("服务需求", "用车知识", "近期服务", "活动"),
    "service-due": ("保养", "近期服务", "用车知识"),
}
"""Topics that suit a kind of task, the most fitting first."""


def topics_for(dataset: Dataset, kind: str, archives: pd.Series) -> dict[int, str]:
    """Suggest a topic for each row (index) of these archive numbers."""
    fitting = FITTING.get(kind, ())
    if not fitting:
        return {}
    said = look_up(archives, _last_points(dataset)).fillna("")
    return {int(row): TOPICS[_unused(fitting, points)] for row, points in said.items()}  # type: ignore[call-overload]


def _unused(fitting: tuple[str, ...], points: str) -> str:
    return next((word for word in fitting if word not in points), fitting[0])


def _last_points(dataset: Dataset) -> pd.Series:
    """Look up what was said in each customer's last call that was answered."""
    calls = dataset.tables["Calls"].dropna(subset=["archive_no", "called_on"])
    answered = calls[calls["result"] == "接通"].sort_values("called_on", kind="stable")
    return answered.drop_duplicates("archive_no", keep="last").set_index("archive_no")["points"]
