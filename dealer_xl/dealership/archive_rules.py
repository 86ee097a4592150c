"""The rules of the customer archive: deadlines, contacts, and cars that cannot be two."""

from __future__ import annotations

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.issues import ERROR
from dealer_xl.dealership.persons import bare_name, persons, phone_digits
from dealer_xl.dealership.rule import Rule


def archived_late(dataset: Dataset) -> pd.Series:
    """Find customers archived more than `archive_days` after they came (AR-02)."""
    customers = dataset.tables["Customers"]
    return customers["archived_on"] > dataset.calendar.later(
        customers["came_on"], dataset.settings.archive_days
    )


def company_without_contact(dataset: Dataset) -> pd.Series:
    """Find companies of which nobody is named to call."""
    customers = dataset.tables["Customers"]
    return (customers["customer_kind"] == "单位") & customers["contact"].isna()


def plate_of_two_vins(dataset: Dataset) -> pd.Series:
    """Find plates that several cars bear."""
    return _shared_by_different(dataset.tables["Customers"], "plate", "vin")


def vin_of_two_plates(dataset: Dataset) -> pd.Series:
    """Find cars that bear several plates: owners may swap plates, so it is a reminder only."""
    return _shared_by_different(dataset.tables["Customers"], "vin", "plate")


def phone_shared(dataset: Dataset) -> pd.Series:
    """Find phone numbers under which customers of different names are kept."""
    customers = dataset.tables["Customers"]
    bare = customers.assign(
        name=customers["name"].map(bare_name, na_action="ignore"),
        phone=customers["phone"].map(phone_digits, na_action="ignore"),
    )
    return _shared_by_different(bare, "phone", "name")


def _shared_by_different(rows: pd.DataFrame, shared: str, different: str) -> pd.Series:
    known = rows.dropna(subset=[shared, different])
    return known.groupby(shared)[different].transform("nunique") > 1


def archived_twice(dataset: Dataset) -> pd.Series:
    """Find later rows of the same car: plate or VIN again under one person, or both again under another."""
    customers = dataset.tables["Customers"]
    judged = customers[~dataset.error_masks["Customers"][["plate", "vin"]].any(axis=1)]
    judged = judged.assign(person=persons(customers)[judged.index])
    repeats = (
        judged.dropna(subset=list(keys)).duplicated(list(keys))
        for keys in (("person", "plate"), ("person", "vin"), ("plate", "vin"))
    )
    found = pd.Series(False, index=judged.index)
    for repeated in repeats:
        found |= repeated.reindex(judged.index, fill_value=False)
    return found


def phone_dead(dataset: Dataset) -> pd.Series:
    """Find phones whose latest outbound call found no such number."""
    calls = dataset.tables["Calls"]
    known = calls[calls["direction"] == "呼出"].dropna(subset=["called_on", "result", "phone"])
    latest = known.sort_values("called_on", kind="stable")
    result = latest["result"].groupby(latest["phone"].map(phone_digits)).last()
    dead = set(result.index[result == "空号"])
    return dataset.tables["Customers"]["phone"].map(phone_digits, na_action="ignore").isin(dead)


ARCHIVE_RULES = (
    Rule(
        "archive-late",
        "Customers",
        ("archived_on", "came_on"),
        archived_late,
        lambda settings: {"days": settings.archive_days},
        message="建档晚了：应在送修或来访后{days}天内",
        source="AR-02",
    ),
    Rule(
        "contact-missing",
        "Customers",
        ("contact", "customer_kind"),
        company_without_contact,
        severity=ERROR,
        message="单位客户要写联系人，请补上",
    ),
    Rule(
        "plate-of-two-vins",
        "Customers",
        ("plate", "vin"),
        plate_of_two_vins,
        severity=ERROR,
        message="同一个车牌号登记了不同的VIN码，请核对",
    ),
    Rule(
        "vin-of-two-plates",
        "Customers",
        ("vin", "plate"),
        vin_of_two_plates,
        message="同一个VIN码登记了不同的车牌号，请核对是否换过牌",
    ),
    Rule(
        "phone-shared",
        "Customers",
        ("phone", "name"),
        phone_shared,
        message="这个电话还登记在别的客户名下，请核对",
    ),
    Rule(
        "archived-twice",
        "Customers",
        ("plate", "vin"),
        archived_twice,
        severity=ERROR,
        uses=("Customers.name", "Customers.phone", "Customers.address"),
        silenced_by=("plate", "vin"),
        message="这辆车前面已经建过档，请留下一行",
        source="AR-09",
    ),
    Rule(
        "phone-dead",
        "Customers",
        ("phone",),
        phone_dead,
        also_reads=("Calls.called_on", "Calls.direction", "Calls.result", "Calls.phone"),
        message="上次拨打是空号，请问到新号码",
    ),
)
