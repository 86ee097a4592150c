"""The rules of records that name a customer: name, plate, phone and order are those of his archive number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.persons import bare_name, phone_digits
from dealer_xl.dealership.rule import Rule

COMPANY = "单位"
COMPANY_ENDINGS = ("公司", "厂", "店", "局", "中心", "学校")

WITH_NAME = ("Visits", "Renewals", "Calls", "Complaints", "Appointments", "Letters", "Invitees")
WITH_PLATE = ("Visits", "Renewals", "Calls", "Complaints", "Appointments")
WITH_PHONE = ("Calls", "Complaints", "Appointments")
WITH_ORDER = ("Calls", "Appointments")


def name_differs(dataset: Dataset, table: str) -> pd.Series:
    """Find records under another name than their archive row's; a company's contact may stand for it."""
    rows, archive = _with_archive(dataset, table, "name", "contact")
    name = _spelled(rows["name"], bare_name)
    return _differ(name, _spelled(archive["name"], bare_name)) & (
        name != _spelled(archive["contact"], bare_name)
    )


def plate_differs(dataset: Dataset, table: str) -> pd.Series:
    """Find records with another plate than their archive row's."""
    rows, archive = _with_archive(dataset, table, "plate")
    return _differ(rows["plate"], archive["plate"])


def phone_differs(dataset: Dataset, table: str) -> pd.Series:
    """Find records with another phone than their archive row's; at a company several people may answer."""
    rows, archive = _with_archive(dataset, table, "phone", "name", "customer_kind")
    phones = (_spelled(each["phone"], phone_digits) for each in (rows, archive))
    return _differ(*phones) & ~_is_company(archive)


def order_of_another(dataset: Dataset, table: str) -> pd.Series:
    """Find records whose order belongs to another archive number."""
    rows, visits = dataset.tables[table], dataset.tables["Visits"].dropna(subset=["order_no", "archive_no"])
    owner = visits.drop_duplicates("order_no").set_index("order_no")["archive_no"]
    return _differ(rows["archive_no"], look_up(rows["order_no"], owner))


def _with_archive(dataset: Dataset, table: str, *keys: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of a table, and beside each some cells of the archive row of its number."""
    rows = dataset.tables[table]
    archive = dataset.tables["Customers"].dropna(subset=["archive_no"]).drop_duplicates("archive_no")
    by_number = archive.set_index("archive_no")
    return rows, pd.DataFrame({key: look_up(rows["archive_no"], by_number[key]) for key in keys})


def _spelled(texts: pd.Series, spell: Callable[[str], str]) -> pd.Series:
    return texts.map(spell, na_action="ignore")


def _differ(own: pd.Series, known: pd.Series) -> pd.Series:
    return own.notna() & known.notna() & (own != known)


def _is_company(archive: pd.DataFrame) -> pd.Series:
    """Return who is a company: by the kind of customer, where that is blank by the ending of the name."""
    named = archive["name"].str.endswith(COMPANY_ENDINGS).fillna(value=False).astype(bool)
    return (archive["customer_kind"] == COMPANY) | (archive["customer_kind"].isna() & named)


NAME_RULES = tuple(
    Rule(
        "name-mismatch",
        table,
        ("name", "archive_no"),
        partial(name_differs, table=table),
        also_reads=("Customers.archive_no", "Customers.name"),
        uses=("Customers.contact",),
        message="与档案号的客户不是同一个名称，请核对",
    )
    for table in WITH_NAME
)
PLATE_RULES = tuple(
    Rule(
        "plate-mismatch",
        table,
        ("plate", "archive_no"),
        partial(plate_differs, table=table),
        also_reads=("Customers.archive_no", "Customers.plate"),
        message="与档案号的车牌号不同，请核对",
    )
    for table in WITH_PLATE
)
PHONE_RULES = tuple(
    Rule(
        "phone-mismatch",
        table,
        ("phone", "archive_no"),
        partial(phone_differs, table=table),
        also_reads=("Customers.archive_no", "Customers.phone"),
        uses=("Customers.name", "Customers.customer_kind"),
        message="与档案里的电话不同，请核对或更新档案",
    )
    for table in WITH_PHONE
)
ORDER_RULES = tuple(
    Rule(
        "order-mismatch",
        table,
        ("order_no", "archive_no"),
        partial(order_of_another, table=table),
        also_reads=("Visits.order_no", "Visits.archive_no"),
        message="这张工单是别的档案号的，请核对",
    )
    for table in WITH_ORDER
)
RECORD_RULES = (*NAME_RULES, *PLATE_RULES, *PHONE_RULES, *ORDER_RULES)
