"""What a rule over several cells finds: (table, row, heading, code)."""

from collections.abc import Callable, Iterator

from oracle.cells import Row, readable, text
from oracle.shop import Shop

Issue = tuple[str, object, str, str]
Check = Callable[[Shop], Iterator[Issue]]


def rows(shop: Shop, table: str, *headings: str) -> list[Row]:
    """Return the rows a rule may judge.

    "If one [column] is absent: a rule is silent"; it "is silent where a cell it reads already has an error".
    """
    return shop.clean(table, *headings) if shop.has(table, *headings) else []


def archive_of(shop: Shop, row: Row, *headings: str) -> Row | None:
    """Return the archive row of a record's 档案号 if those cells of it can be judged, else None."""
    found = shop.archive.get(text(row, "档案号"))
    if found is None or not shop.has("Customers", *headings) or not readable(found, "档案号", *headings):
        return None
    return found


def issue(table: str, row: Row, heading: str, code: str) -> Issue:
    """Return an issue on "the cell to be changed"."""
    return (table, row.get("_row"), heading, code)
