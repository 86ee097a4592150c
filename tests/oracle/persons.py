"""Who is one person, who refused, and how a letter greets him (section 11)."""

from collections import defaultdict

from oracle import words
from oracle.cells import Row, text
from oracle.shop import Shop


def links(row: Row) -> list[tuple[str, ...]]:
    """Return what joins two rows: "the same name with an equal phone …, or the same phone and address"."""
    name, phone = words.bare_name(text(row, "客户名称")), words.phone(text(row, "联系电话"))
    address = words.usable_address(text(row, "地址"))
    found: list[tuple[str, ...]] = []
    if phone and name:
        found.append(("name", name, phone))
    if phone and address:
        found.append(("address", address, phone))
    return found


def persons(rows: list[Row]) -> list[int]:
    """Return for each archive row the place of the first row of the same person ("taken transitively")."""
    joined: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for link in links(row):
            joined[link].append(place)
    person = list(range(len(rows)))
    changed = True
    while changed:
        changed = False
        for places in joined.values():
            first = min(person[place] for place in places)
            for place in places:
                changed = changed or person[place] != first
                person[place] = first
    return person


def person_numbers(shop: Shop) -> dict[str, int]:
    """Return the person of each 档案号."""
    rows = shop.rows("Customers")
    found: dict[str, int] = {}
    for row, person in zip(rows, persons(rows), strict=True):
        found.setdefault(text(row, "档案号"), person)
    return found


def refused_persons(shop: Shop) -> set[int]:
    """Return the persons one of whose rows says 拒绝 ("A refusal on any car of a person is a refusal")."""
    rows = shop.rows("Customers")
    return {
        person for row, person in zip(rows, persons(rows), strict=True) if text(row, "营销同意") == "拒绝"
    }


def refused_numbers(shop: Shop) -> set[str]:
    """Return the 档案号 of all cars of persons who refused."""
    rows, refused = shop.rows("Customers"), refused_persons(shop)
    return {
        text(row, "档案号") for row, person in zip(rows, persons(rows), strict=True) if person in refused
    } - {""}


def greeting(row: Row) -> str:
    """Return the greeting of a letter: 尊敬的张伟先生：, 尊敬的张伟，您好：, 尊敬的…公司： ("never doubled")."""
    name, contact = text(row, "客户名称"), text(row, "联系人")
    if words.is_company(text(row, "客户类型"), name):
        return f"尊敬的{name}：" if not contact else greet_person(contact, text(row, "称呼"))
    return greet_person(name, text(row, "称呼"))


def greet_person(name: str, title: str) -> str:
    """Return the greeting of a person; "A title typed into a name … is kept and never doubled"."""
    if words.has_title(words.plain(name)):
        return f"尊敬的{name}："
    return f"尊敬的{name}{title}：" if title else f"尊敬的{name}，您好："


def company_line(row: Row) -> str:
    """Return the company that stands above the greeting of its contact, "" for others."""
    company = words.is_company(text(row, "客户类型"), text(row, "客户名称"))
    return text(row, "客户名称") if company and text(row, "联系人") else ""
