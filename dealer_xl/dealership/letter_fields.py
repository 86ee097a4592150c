"""What the letter templates may use between {{ }}; a new field is an entry in FIELDS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dealer_xl.dealership.greetings import company_above, greeting, title_to_print
from dealer_xl.dealership.recipients import blank
from dealer_xl.dealership.sent_letters import Row
from dealer_xl.dealership.tables import TABLES


@dataclass(frozen=True)
class Case:
    """Everything that one letter is about."""

    customer: Row
    event: Row
    complaint: Row
    visit: Row  # the latest
    letter_no: str
    clerk: str
    phoned_on: date | None  # when the customer was told of the event
    due: pd.Timestamp | None  # of the task
    today: pd.Timestamp
    shop: Mapping[str, str]  # name, address, phone


@dataclass(frozen=True)
class Field:
    """One field of the letter templates."""

    name: str
    description: str
    value: Callable[[Case], str]


def _of_customer(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.customer.get(key))


def _of_event(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.event.get(key))


def _of_complaint(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.complaint.get(key))


def _of_visit(key: str) -> Callable[[Case], str]:
    return lambda case: written(case.visit.get(key))


def _of_shop(key: str) -> Callable[[Case], str]:
    return lambda case: case.shop[key]


def written(value: object) -> str:
    """Write a cell as a letter does: a day in Chinese, a whole number without its point, nothing for a blank."""
    if isinstance(value, pd.Timestamp):
        return chinese_day(value)
    return f"{value:.10g}" if isinstance(value, float) and pd.notna(value) else blank(value)


def chinese_day(day: pd.Timestamp) -> str:
    """Write a day as a letter does."""
    return f"{day.year}年{day.month}月{day.day}日"


def event_days(event: Row) -> str:
    """Write when an event takes place: a day, or from day to day."""
    starts, ends = event.get("starts_on"), event.get("ends_on")
    if not isinstance(starts, pd.Timestamp) or pd.isna(starts):
        return ""
    if not isinstance(ends, pd.Timestamp) or pd.isna(ends) or ends == starts:
        return chinese_day(starts)
    return f"{chinese_day(starts)}至{chinese_day(ends)}"


def addressed(customer: Row) -> tuple[str, str, str, str]:
    """Return what a customer is addressed by: kind, name, contact, title."""
    kind, name, contact, title = (
        blank(customer.get(key)).strip() for key in ("customer_kind", "name", "contact", "title")
    )
    return kind, name, contact, title


def greeting_of(customer: Row) -> str:
    """Return the greeting of a customer's letter."""
    return greeting(*addressed(customer))


def _company(case: Case) -> str:
    kind, name, contact, _ = addressed(case.customer)
    return company_above(kind, name, contact)


def _title(case: Case) -> str:
    kind, name, _, title = addressed(case.customer)
    return title_to_print(kind, name, title)


def _due(case: Case) -> str:
    return chinese_day(case.due) if case.due is not None else written(case.customer.get("next_service_on"))


FIELDS = (
    Field("店名", "本店名称（设置）", _of_shop("name")),
    Field("店址", "本店地址（设置）", _of_shop("address")),
    Field("店电话", "本店服务电话（设置）", _of_shop("phone")),
    Field(
        "问候",
        "信的第一行，如 尊敬的张伟先生：；没有称呼时是 尊敬的张伟，您好：；单位写给联系人",
        lambda case: greeting_of(case.customer),
    ),
    Field("单位名称", "写给单位的联系人时，印在问候上面的单位；其他信为空", _company),
    Field("客户名称", "客户档案的客户名称", _of_customer("name")),
    Field("称呼", "先生、女士；单位、名称里已经带称呼的为空", _title),
    Field("客户类型", "个人或单位", _of_customer("customer_kind")),
    Field("客户等级", "客户档案的客户等级", _of_customer("grade")),
    Field("联系人", "单位的联系人", _of_customer("contact")),
    Field("联系电话", "客户档案的联系电话", _of_customer("phone")),
    Field("地区", "客户档案的地区", _of_customer("region")),
    Field("地址", "客户档案的地址", _of_customer("address")),
    Field("邮政编码", "客户档案的邮政编码", _of_customer("postcode")),
    Field("车牌号", "客户档案的车牌号", _of_customer("plate")),
    Field("车型", "客户档案的车型", _of_customer("model")),
    Field("VIN码", "客户档案的VIN码", _of_customer("vin")),
    Field("档案号", "客户档案的档案号", _of_customer("archive_no")),
    Field("购车日期", "客户档案的购车日期", _of_customer("bought_on")),
    Field("保养周期月", "几个月保养一次", _of_customer("cycle_months")),
    Field("保养周期公里", "多少公里保养一次", _of_customer("cycle_km")),
    Field("上次保养日期", "客户档案的上次保养日期", _of_customer("last_service_on")),
    Field("上次保养里程", "客户档案的上次保养里程", _of_customer("last_service_km")),
    Field("应做日期", "该首保、保养、续保、回访的日子；没有这类事项时是下次保养日期", _due),
    Field("保险到期日", "客户档案的保险到期日", _of_customer("insured_until")),
    Field("上次进厂日期", "最近一次维修记录的进厂日期", _of_visit("came_on")),
    Field("上次进厂里程", "最近一次维修记录的进厂里程", _of_visit("km")),
    Field(
        "上次进厂项目",
        "最近一次维修记录的维修养护项目，没有时是业务类型",
        lambda case: _last_work(case.visit),
    ),
    Field("登记号", "信函登记的登记号", lambda case: case.letter_no),
    Field("发函日期", "生成信函的日期", lambda case: chinese_day(case.today)),
    Field("活动编号", "活动计划的活动编号", _of_event("event_no")),
    Field("活动名称", "活动计划的活动名称", _of_event("name")),
    Field("活动类型", "活动计划的活动类型", _of_event("kind")),
    Field("活动时间", "活动的开始到结束日期", lambda case: event_days(case.event)),
    Field("活动地点", "活动计划的地点", _of_event("place")),
    Field("活动内容", "活动计划的内容", _of_event("content")),
    Field("负责人", "活动的负责人", _of_event("owner")),
    Field("投诉号", "投诉跟踪的投诉号", _of_complaint("complaint_no")),
    Field("受理日期", "投诉跟踪的受理日期", _of_complaint("received_on")),
    Field("投诉内容", "投诉跟踪的投诉内容", _of_complaint("content")),
    Field("产生原因", "投诉跟踪的产生原因", _of_complaint("cause")),
    Field("解决办法", "投诉跟踪的解决办法", _of_complaint("solution")),
    Field("解决办法日期", "投诉跟踪的解决办法日期", _of_complaint("solved_on")),
    Field("处理人", "投诉跟踪的处理人", _of_complaint("handler")),
    Field("业务员", "经办这封信的业务员", lambda case: case.clerk),
)
"""What the letter templates may use between {{ }}."""


def _last_work(visit: Row) -> str:
    return written(visit.get("services")) or written(visit.get("kind"))


def field_names() -> frozenset[str]:
    """Return the names by which staff know the fields, other names of their headings among them."""
    names = {field.name for field in FIELDS}
    columns = (column for table in TABLES for column in table.columns if column.heading in names)
    return frozenset(names | {alias for column in columns for alias in column.aliases})


def words_of(case: Case) -> dict[str, str]:
    """Return what each field reads in a letter."""
    return {field.name: field.value(case) for field in FIELDS}
