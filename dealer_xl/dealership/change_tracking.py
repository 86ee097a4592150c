"""What the last check saw of each customer's contact data, so that a change is noticed and kept (AR-10)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.tables import CUSTOMERS

PLACE = "备份/上次校验所见.json"
"""Where it is kept, inside the store: it holds personal data, as the workbooks beside it do."""

WATCHED = ("phone", "address", "contact", "insured_until")


def changes(dataset: Dataset, seen: bytes | None) -> list[dict[str, object]]:
    """List rows for 变更记录: what differs from what the last check saw; the first check sees nothing new."""
    before = _read(seen)
    return [
        {
            "changed_on": dataset.today.date(),
            "archive_no": number,
            "field": CUSTOMERS.heading(key),
            "old": old,
            "new": new,
        }
        for number, facts in _facts(dataset, before)
        for key, new in facts.items()
        if number in before and (old := before[number].get(key, "")) != new
    ]


def snapshot_of(dataset: Dataset, seen: bytes | None) -> bytes:
    """Write down what is seen now; customers that are gone are forgotten."""
    facts = dict(_facts(dataset, _read(seen)))
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=0).encode()


def _read(seen: bytes | None) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(seen) if seen else {}
    except (ValueError, RecursionError):
        known = {}
    # A damaged memory is no reason to stop: the check begins anew.
    facts = known.items() if isinstance(known, dict) else ()
    return {number: fact for number, fact in facts if _are_texts(fact)}


def _are_texts(fact: object) -> bool:
    return isinstance(fact, dict) and all(isinstance(value, str) for value in fact.values())


def _facts(dataset: Dataset, before: dict[str, dict[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each customer's watched values; of a wrong cell what was seen before."""
    customers = dataset.tables["Customers"].dropna(subset=["archive_no"])
    wrong = dataset.error_masks["Customers"].loc[customers.index, list(WATCHED)].to_dict("records")
    for facts, faults in zip(customers.to_dict("records"), wrong, strict=True):
        known = before.get(facts["archive_no"], {})
        yield (
            facts["archive_no"],
            {key: known.get(key, "") if faults[key] else _text(facts[key]) for key in WATCHED},
        )


def _text(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
