"""The shop as the rules read it: typed rows, settings with their defaults, today, and what is not there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from oracle import words
from oracle.cells import Row, day, readable, text
from oracle.days import Calendar
from oracle.defaults import DEFAULTS

Tables = Mapping[str, Sequence[Mapping[str, object]]]
Columns = Mapping[str, set[str]]
Needs = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Shop:
    """All that a rule may look at."""

    tables: dict[str, list[Row]]
    settings: dict[str, object]
    today: date
    columns: dict[str, set[str]]

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table; a table that is absent counts as empty."""
        return self.tables.get(table, [])

    def clean(self, table: str, *headings: str) -> list[Row]:
        """Return the rows whose cells under these headings have no error."""
        return [row for row in self.rows(table) if readable(row, *headings)]

    def has(self, table: str, *headings: str) -> bool:
        """Return whether the table is there with all of these columns; no set of columns means all are there."""
        there = self.columns.get(table)
        return table in self.tables and (there is None or set(headings) <= there)

    def lacks(self, needs: Needs) -> list[tuple[str, str]]:
        """Return the (table, heading) that are not there."""
        return [
            (table, heading) for table in needs for heading in needs[table] if not self.has(table, heading)
        ]

    def can_list(self, needs: Needs) -> bool:
        """Return whether a task kind can be listed: an absent table is empty, an absent column of one is not."""
        return not self.lacks({table: headings for table, headings in needs.items() if table in self.tables})

    def setting(self, name: str) -> int:
        """Return a setting that is a whole number."""
        return int(str(self.settings[name]))

    @cached_property
    def calendar(self) -> Calendar:
        """The shop's way of counting days."""
        typed = {}
        for row in self.rows("Calendar"):
            when = day(row, "日期")
            if when and text(row, "类型") in ("上班", "休息"):
                typed[when] = text(row, "类型") == "上班"
        return Calendar(str(self.settings["day_count"]), typed)

    def later(self, first: date, days: int) -> date:
        """Return the day some counted days on."""
        return self.calendar.later(first, days)

    @cached_property
    def archive(self) -> dict[str, Row]:
        """The archive row of each 档案号, the first where two have it."""
        found: dict[str, Row] = {}
        for row in self.rows("Customers"):
            found.setdefault(text(row, "档案号"), row)
        found.pop("", None)
        return found

    @cached_property
    def visits_by_number(self) -> dict[str, list[Row]]:
        """The visits of each 档案号, as they stand."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("Visits"):
            if text(row, "档案号"):
                found[text(row, "档案号")].append(row)
        return found

    @cached_property
    def visits_by_order(self) -> dict[str, list[Row]]:
        """The visits of each 工单号 (more than one only where it stands twice)."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("Visits"):
            found[text(row, "工单号")].append(row)
        return found

    @cached_property
    def call_places(self) -> dict[int, int]:
        """The place of each call in its table, by the identity of its row."""
        return {id(row): place for place, row in enumerate(self.rows("Calls"))}

    @cached_property
    def calls_by_number(self) -> dict[str, list[Row]]:
        """The calls of each 档案号; "" has those without one."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("Calls"):
            found[text(row, "档案号")].append(row)
        return found

    @cached_property
    def calls_by_phone(self) -> dict[str, list[Row]]:
        """The calls of each 联系电话, whatever its spelling."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("Calls"):
            found[words.phone(text(row, "联系电话"))].append(row)
        return found

    def visits_of(self, archive_no: str) -> list[Row]:
        """Return the visits of the same 档案号 with a 进厂日期, which is the day of a visit."""
        return [row for row in self.visits_by_number.get(archive_no, []) if day(row, "进厂日期")]

    def visit_days(self, archive_no: str) -> list[date]:
        """Return the days of the customer's visits, earliest first."""
        return sorted(came for row in self.visits_of(archive_no) if (came := day(row, "进厂日期")))


def number_rows(tables: dict[str, list[Row]], columns: Columns) -> None:
    """Write 档案号 into rows of tables without that column: "the plate stands for it, else the VIN".

    Where the archive has numbers, the number of the archive row with that plate (else VIN) stands for it.
    """
    order = sorted(tables, key=lambda table: table != "Customers")  # the others look theirs up in the archive
    for table in order:
        if "档案号" in columns.get(table, {"档案号"}):
            continue
        for row in tables[table]:
            own = words.plate(text(row, "车牌号")), words.plate(text(row, "VIN码"))
            row["档案号"] = look_up(own, tables.get("Customers", [])) or own[0] or own[1]


def look_up(own: tuple[str, str], archive: list[Row]) -> str:
    """Return the 档案号 of the first archive row with this plate, else this VIN, else ""."""
    for wanted, heading in zip(own, ("车牌号", "VIN码"), strict=True):
        for row in archive:
            if wanted and words.plate(text(row, heading)) == wanted and text(row, "档案号"):
                return text(row, "档案号")
    return ""


def open_shop(
    tables: Tables, settings: Mapping[str, object], today: date, columns: Columns | None = None
) -> Shop:
    """Return the shop with the default settings filled in.

    tables: bracketed table name → rows (Chinese heading → typed value, "_row", and "_errors": headings whose cell is
    wrong by itself); columns: table → the headings that are there (a table without a set has all of them).
    """
    own = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    there = {table: set(headings) for table, headings in (columns or {}).items()}
    number_rows(own, there)
    for headings in there.values():
        if headings & {"车牌号", "VIN码"}:
            headings.add("档案号")
    return Shop(own, {**DEFAULTS, **settings}, today, there)
