import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

import pytest

from dealer_xl.dealership.tables import BY_NAME
from dealer_xl.sample import Cell, Sample, make_sample
from dealer_xl.sample.date_span import day_between
from dealer_xl.sample.random_streams import each_once, random_stream
from dealer_xl.schema import FilledBy, Kind

VEHICLES = 90
DAYS = (date(2026, 3, 18), date(2024, 2, 29), date(2026, 1, 1), date(2025, 10, 5))
CODES = {
    "missing",
    "not-a-date",
    "not-a-number",
    "not-in-list",
    "duplicate",
    "phone-format",
    "plate-format",
    "vin-format",
    "vin-check-digit",
    "unknown-reference",
    "unknown-staff",
    "date-in-future",
    "out-of-range",
    "archive-late",
    "first-call-early",
    "first-call-late",
    "second-call-early",
    "second-call-late",
}
VIN_LETTERS = dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), 1, 2, 3, 4, 5, 7, 9, *range(2, 10)), strict=True)
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)

Line: TypeAlias = Mapping[str, Cell]


class Read:
    """A sample as a careful reader sees it: planted cells blank, untidy ones brought to their plain form."""

    def __init__(self, today: date, seed: int = 1) -> None:
        self.today = today
        self.sample: Sample = make_sample(today, seed, VEHICLES)
        planted = {(wrong.table, wrong.place, wrong.column) for wrong in self.sample.planted}
        self.rows: dict[str, list[dict[str, Cell]]] = {
            name: [
                {
                    key: None
                    if (name, place, key) in planted
                    else plain(BY_NAME[name].column(key).kind, cell)
                    for key, cell in row.items()
                }
                for place, row in enumerate(rows)
            ]
            for name, rows in self.sample.rows.items()
        }

    def by(self, table: str, key: str) -> dict[Cell, dict[str, Cell]]:
        """Look rows up by the number that one of their columns holds."""
        return {row[key]: row for row in self.rows[table] if row[key] is not None}


def plain(kind: Kind, cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = unicodedata.normalize("NFKC", cell)
    if kind is Kind.DATE:
        year, month, day = re.findall(r"(\d{4})\D?(\d\d?)\D?(\d\d?)", text)[0]
        return date(int(year), int(month), int(day))
    if kind in {Kind.NUMBER, Kind.MONEY}:
        return float(text.replace(",", ""))
    if kind in {Kind.PHONE, Kind.PLATE, Kind.VIN}:
        return re.sub(r"[ ·]", "", text).upper()
    return cell


def day(cell: Cell) -> date:
    assert isinstance(cell, date)
    return cell


def number(cell: Cell) -> float:
    assert isinstance(cell, int | float)
    return cell


@pytest.fixture(params=DAYS, ids=str, scope="module")
def read(request: pytest.FixtureRequest) -> Read:
    return Read(request.param)


def test_the_same_seed_and_day_make_the_same_store() -> None:
    assert make_sample(DAYS[0], 3, 30) == make_sample(DAYS[0], 3, 30)


def test_another_seed_makes_another_store() -> None:
    assert make_sample(DAYS[0], 3, 30).rows["Customers"] != make_sample(DAYS[0], 4, 30).rows["Customers"]


def test_what_is_drawn_again_is_left_out() -> None:
    assert list(each_once(("鲁J12345", "鲁J1A345", "鲁J12345"))) == ["鲁J12345", "鲁J1A345"]


def test_a_clerk_calls_on_a_sunday_only_when_nothing_else_is_left() -> None:
    sunday, dice = date(2026, 3, 15), random_stream("sundays", 1)
    assert day_between(dice, sunday, sunday) == sunday
    assert day_between(dice, sunday, sunday + timedelta(days=1)) != sunday
    assert day_between(dice, sunday - timedelta(days=1), sunday) != sunday


@pytest.mark.parametrize("vehicles", [0, 1, 2, 5, 12])
def test_a_store_may_be_tiny(vehicles: int) -> None:
    assert len(make_sample(DAYS[0], 1, vehicles).rows["Customers"]) == vehicles


def test_every_table_but_the_prefilled_ones_is_there(read: Read) -> None:
    assert set(read.rows) == set(BY_NAME) - {"Targets", "Settings", "LetterForms"}


def test_only_breakdown_is_empty(read: Read) -> None:
    assert [name for name, rows in read.rows.items() if not rows] == ["Breakdown"]


def test_rows_hold_only_columns_that_staff_fill(read: Read) -> None:
    for name, rows in read.rows.items():
        entered = {column.key for column in BY_NAME[name].columns if column.filled_by is FilledBy.STAFF}
        assert all(set(row) <= entered for row in rows), name


def test_every_code_is_planted(read: Read) -> None:
    assert {planted.code for planted in read.sample.planted} == CODES


def test_no_two_mistakes_are_planted_in_one_row(read: Read) -> None:
    places = [(planted.table, planted.place) for planted in read.sample.planted]
    assert len(places) == len(set(places))


def test_some_entries_are_untidy_and_can_be_read(read: Read) -> None:
    customers = read.sample.rows["Customers"]
    assert any(isinstance(row["bought_on"], str) and row["bought_on"][:2] == "20" for row in customers)
    assert any(str(row["vin"]).islower() for row in customers)
    assert any(isinstance(row["amount"], str) and "." in row["amount"] for row in read.sample.rows["Visits"])


def test_no_required_cell_is_blank(read: Read) -> None:
    for name, column, row in cells_of(read):
        assert row.get(column) is not None or not BY_NAME[name].column(column).required, (name, row)


def test_every_choice_is_in_its_list(read: Read) -> None:
    for name, column, row in cells_of(read):
        choices = BY_NAME[name].column(column).choices
        assert not choices or row.get(column) is None or row[column] in choices, (name, row)


def test_every_reference_holds(read: Read) -> None:
    known = {
        name: set(read.by(name, BY_NAME[name].key_column.key))
        for name in read.rows
        if BY_NAME[name].name in KEYED
    }
    for name, column, row in cells_of(read):
        target = BY_NAME[name].column(column).refers_to
        assert not target or row.get(column) is None or row[column] in known[target], (name, column, row)


def test_no_number_is_given_twice(read: Read) -> None:
    for name in KEYED:
        key = BY_NAME[name].key_column.key
        numbers = [row[key] for row in read.rows[name] if row[key] is not None]
        assert len(numbers) == len(set(numbers)), name


def test_nothing_has_happened_in_the_future(read: Read) -> None:
    for name, column, row in cells_of(read):
        if BY_NAME[name].column(column).happened and row.get(column) is not None:
            assert day(row[column]) <= read.today, (name, column, row)


def test_every_number_is_within_its_bounds(read: Read) -> None:
    for name, column, row in cells_of(read):
        shape = BY_NAME[name].column(column)
        if shape.kind in {Kind.NUMBER, Kind.MONEY} and row.get(column) is not None:
            assert (shape.low or 0) <= number(row[column]) <= (shape.high or 1e9), (name, column, row)


def test_every_vin_has_its_check_digit(read: Read) -> None:
    for row in read.rows["Customers"]:
        if row["vin"] is not None:
            vin = str(row["vin"])
            values = [int(sign) if sign.isdigit() else VIN_LETTERS[sign] for sign in vin]
            rest = sum(value * weight for value, weight in zip(values, VIN_WEIGHTS, strict=True)) % 11
            assert vin[8] == "0123456789X"[rest]


def test_every_plate_is_right_in_form(read: Read) -> None:
    usual = re.compile(r"鲁J[A-HJ-NP-Z0-9]{5}|鲁J[DF][A-HJ-NP-Z0-9]\d{4}")
    for name, column, row in cells_of(read):
        if BY_NAME[name].column(column).kind is Kind.PLATE and row[column] is not None:
            assert usual.fullmatch(str(row[column])), row


def test_electric_cars_have_plates_of_eight_signs(read: Read) -> None:
    for row in read.rows["Customers"]:
        if row["plate"] is not None:
            assert (len(str(row["plate"])) == 8) == (row["vehicle_kind"] == "新能源")


def test_every_phone_is_right_in_form_and_plainly_invented(read: Read) -> None:
    invented = re.compile(r"1[3-9]\d0000\d{4}|0538-200\d{4}")
    for name, column, row in cells_of(read):
        if BY_NAME[name].column(column).kind is Kind.PHONE and row[column] is not None:
            assert invented.fullmatch(str(row[column])), row


def test_one_plate_belongs_to_one_vin(read: Read) -> None:
    pairs = {(row["plate"], row["vin"]) for row in read.rows["Customers"] if row["plate"] and row["vin"]}
    assert len(pairs) == len({plate for plate, _ in pairs}) == len({vin for _, vin in pairs})


def test_customers_of_different_names_share_no_phone(read: Read) -> None:
    names = defaultdict(set)
    for row in read.rows["Customers"]:
        names[row["phone"]].add(row["name"])
    assert all(len(shared) == 1 for phone, shared in names.items() if phone)


def test_every_firm_has_a_contact(read: Read) -> None:
    assert all(row["contact"] for row in read.rows["Customers"] if row["customer_kind"] == "单位")


def test_customers_are_filed_within_two_days(read: Read) -> None:
    for row in read.rows["Customers"]:
        if row["archived_on"] is not None:
            assert 0 <= (day(row["archived_on"]) - day(row["came_on"])).days <= 2


def test_the_last_service_is_the_last_service_visit(read: Read) -> None:
    last: dict[Cell, Line] = {row["archive_no"]: row for row in read.rows["Visits"] if row["kind"] == "保养"}
    for row in read.rows["Customers"]:
        visit: Line = last.get(row["archive_no"], {"came_on": None, "km": None})
        assert (row["last_service_on"], row["last_service_km"]) == (visit["came_on"], visit["km"])


def test_no_car_leaves_before_it_came(read: Read) -> None:
    for row in read.rows["Visits"]:
        assert row["left_on"] is None or day(row["left_on"]) >= day(row["came_on"])


def test_the_kilometres_of_a_car_never_go_back(read: Read) -> None:
    reached: dict[Cell, float] = defaultdict(float)
    for row in sorted(read.rows["Visits"], key=lambda row: day(row["came_on"])):
        if row["km"] is not None and row["archive_no"] is not None:
            assert number(row["km"]) >= reached[row["archive_no"]]
            reached[row["archive_no"]] = number(row["km"])


def test_orders_that_left_have_all_three_slips(read: Read) -> None:
    for row in read.rows["Visits"]:
        if row["left_on"] is not None:
            assert all(row[slip] for slip in ("repair_slip", "dispatch_slip", "settlement_slip"))


def test_warranty_claims_that_left_have_a_result(read: Read) -> None:
    assert all(row["claim"] for row in read.rows["Visits"] if row["kind"] == "保修索赔" and row["left_on"])


def test_first_calls_are_made_between_the_third_and_the_seventh_day(read: Read) -> None:
    left = {order: row["left_on"] for order, row in read.by("Visits", "order_no").items()}
    for order, calls in follow_ups(read, "第一次跟踪").items():
        assert all((made - day(left[order])).days >= 3 for made, _ in calls)
        assert (calls[0][0] - day(left[order])).days <= 7


def test_second_calls_are_made_between_the_eighth_and_the_fourteenth_day_after_the_first(read: Read) -> None:
    firsts = follow_ups(read, "第一次跟踪")
    for order, calls in follow_ups(read, "第二次跟踪").items():
        answered = [made for made, result in firsts[order] if result == "接通"]
        if answered:
            assert all((made - answered[0]).days >= 8 for made, _ in calls)
            assert (calls[0][0] - answered[0]).days <= 14


def test_few_first_calls_are_overdue(read: Read) -> None:
    called = {row["order_no"] for row in read.rows["Calls"] if row["kind"] == "第一次跟踪"}
    due = [
        row
        for row in read.rows["Visits"]
        if row["left_on"] and day(row["left_on"]) < read.today - timedelta(days=7)
    ]
    assert 0 < len([row for row in due if row["order_no"] not in called]) < 5


def test_nobody_has_telephoned_today(read: Read) -> None:
    assert all(row["called_on"] is None or day(row["called_on"]) < read.today for row in read.rows["Calls"])


def test_the_deputy_calls_while_the_clerk_is_away(read: Read) -> None:
    away = next(row for row in read.rows["Staff"] if row.get("away_from"))
    assert day(away["away_from"]) <= read.today <= day(away["away_to"])
    for row in read.rows["Calls"]:
        if row["called_on"] is not None and row["clerk"] == away["name"]:
            assert day(row["called_on"]) < day(away["away_from"])


def test_every_complaint_by_telephone_is_tracked(read: Read) -> None:
    tracked = {row["call_no"] for row in read.rows["Complaints"]}
    assert all(row["call_no"] in tracked for row in read.rows["Calls"] if row["complaint"] == "是")


def test_complaints_are_reported_within_two_days_and_told_on_the_day_of_the_solution(read: Read) -> None:
    for row in read.rows["Complaints"]:
        reported_on = row["reported_on"] or read.today
        assert 0 <= (day(reported_on) - day(row["received_on"])).days <= 2
        assert row["told_on"] in {row["solved_on"], None}
        assert row["told_on"] is not None or row["solved_on"] in {None, read.today}


def test_every_complaint_has_its_five_roles(read: Read) -> None:
    for row in read.rows["Complaints"]:
        assert all(row[role] for role in ("acceptor", "handler", "informant", "tracker", "recorder"))


def test_closed_complaints_are_confirmed(read: Read) -> None:
    assert all(row["confirmed_on"] for row in read.rows["Complaints"] if row["status"] == "已关闭")


def test_guests_are_telephoned_two_weeks_ahead(read: Read) -> None:
    begins = {event: row["starts_on"] for event, row in read.by("Events", "event_no").items()}
    for row in read.rows["Calls"]:
        if row["kind"] == "活动通知" and row["called_on"]:
            assert (day(begins[row["event_no"]]) - day(row["called_on"])).days >= 14


def test_letters_follow_the_telephone_within_two_days(read: Read) -> None:
    for row in read.rows["Letters"]:
        if row["phoned_on"] is not None and row["sent_on"] is not None:
            assert 0 <= (day(row["sent_on"]) - day(row["phoned_on"])).days <= 2


def test_letters_go_only_to_customers_who_agreed(read: Read) -> None:
    customers = read.by("Customers", "archive_no")
    for row in read.rows["Letters"]:
        assert row["archive_no"] is None or customers[row["archive_no"]]["consent"] == "同意"


def test_nobody_gets_two_letters_about_one_event(read: Read) -> None:
    sent = [(row["event_no"], row["archive_no"]) for row in read.rows["Letters"] if row["event_no"]]
    assert len(sent) == len(set(sent))


def test_the_coming_event_has_no_letters_yet(read: Read) -> None:
    coming = [row for row in read.rows["Events"] if day(row["starts_on"]) > read.today]
    assert len(coming) == 1
    assert 19 <= (day(coming[0]["starts_on"]) - read.today).days <= 25
    assert coming[0]["event_no"] not in {row["event_no"] for row in read.rows["Letters"]}


def test_renewals_prolong_the_insurance_that_the_archive_holds(read: Read) -> None:
    customers = read.by("Customers", "archive_no")
    renewals = [row for row in read.rows["Changes"] if row["field"] == "保险到期日"]
    assert renewals
    for row in renewals:
        assert str(row["old"]) < str(row["new"]) == str(customers[row["archive_no"]]["insured_until"])


KEYED = tuple(
    name
    for name, table in BY_NAME.items()
    if name not in {"Settings", "LetterForms"} and any(column.unique for column in table.columns)
)


def cells_of(read: Read) -> Iterator[tuple[str, str, Line]]:
    """Go through every column of every row that holds no mistake."""
    wrong = {(planted.table, planted.place) for planted in read.sample.planted}
    for name, rows in read.rows.items():
        for place, row in enumerate(rows):
            if (name, place) not in wrong:
                yield from ((name, column.key, row) for column in BY_NAME[name].columns)


def follow_ups(read: Read, kind: str) -> dict[Cell, list[tuple[date, Cell]]]:
    """List the outbound calls of a kind for each order: day and result, the earliest first."""
    calls = defaultdict(list)
    for row in read.rows["Calls"]:
        if row["kind"] == kind and row["direction"] == "呼出" and row["called_on"] is not None:
            calls[row["order_no"]].append((day(row["called_on"]), row["result"]))
    return {order: sorted(made, key=lambda call: call[0]) for order, made in calls.items()}
