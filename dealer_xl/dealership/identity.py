"""What stands for the archive number where a shop keeps none: the plate, else the VIN (4b, "what is needed")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from dealer_xl.dealership.lookup import look_up
from dealer_xl.dealership.parsed_table import ParsedTable

NUMBER = "archive_no"


def with_archive_numbers(parsed: Mapping[str, ParsedTable]) -> dict[str, ParsedTable]:
    """Return the tables with an archive number in every row that can have one, where a sheet lacks the column.

    A customer's is the plate, else the VIN. A record's is that of its order, of the car with its plate, or of the
    only customer with its phone; a plate that no customer has stands for itself where customers have no numbers.
    """
    customers = parsed["Customers"]
    numbered = _lacks_numbers(customers)
    if numbered:
        customers = _derived(customers, customers.rows["plate"].fillna(customers.rows["vin"]))
    found = {**parsed, "Customers": customers}
    for name in _records(parsed):  # visits before calls: a call may name its order only
        found[name] = _derived(parsed[name], _numbers_of(parsed[name], found, plate_serves=numbered))
    return found


def _lacks_numbers(table: ParsedTable) -> bool:
    heading = next((column.heading for column in table.table.columns if column.key == NUMBER), None)
    return heading is not None and bool(table.typed) and heading not in table.typed


def _records(parsed: Mapping[str, ParsedTable]) -> Iterator[str]:
    return (name for name, table in parsed.items() if name != "Customers" and _lacks_numbers(table))


def _derived(table: ParsedTable, numbers: pd.Series) -> ParsedTable:
    derived = table.derived | {table.table.heading(NUMBER)}
    return replace(table, rows=table.rows.assign(**{NUMBER: numbers.astype("str")}), derived=derived)


def _numbers_of(table: ParsedTable, tables: Mapping[str, ParsedTable], *, plate_serves: bool) -> pd.Series:
    rows, customers = table.rows, tables["Customers"].rows
    numbers = pd.Series(pd.NA, index=rows.index, dtype="str")
    if "order_no" in rows and table.table.name != "Visits":
        visits = tables["Visits"].rows.dropna(subset=["order_no"]).drop_duplicates("order_no")
        numbers = numbers.fillna(look_up(rows["order_no"], visits.set_index("order_no")[NUMBER]))
    for key in ("plate", "phone"):
        if key in rows:
            known = customers.dropna(subset=[key, NUMBER]).drop_duplicates(key, keep=False)
            numbers = numbers.fillna(look_up(rows[key], known.set_index(key)[NUMBER]))
    return numbers.fillna(rows["plate"]) if plate_serves and "plate" in rows else numbers
