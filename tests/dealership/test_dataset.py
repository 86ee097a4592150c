import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_fixtures import TODAY, Cells, cells_of, dataset_of, places

from dealer_xl.dealership.dataset import read_dataset
from dealer_xl.dealership.issues import WARNING, status_texts
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.narrative import paragraphs
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.reminders import reminders_of
from dealer_xl.dealership.report_rows import summary_rows, today_rows
from dealer_xl.dealership.rules import apply_rules
from dealer_xl.dealership.settings import SETTINGS, UNFILLED, Settings
from dealer_xl.dealership.summary import summarise
from dealer_xl.dealership.tables import TABLES
from dealer_xl.schema import Kind

DEFAULTS = {
    "archive_days": ("建档期限", 2),
    "archive_drop_days": ("建档提醒放弃", 60),
    "first_call_from": ("首访最早", 3),
    "first_call_to": ("首访最晚", 7),
    "second_call_from": ("二访最早", 8),
    "second_call_to": ("二访最晚", 14),
    "follow_up_drop_days": ("跟踪放弃", 30),
    "consult_drop_days": ("咨询放弃", 60),
    "promise_drop_days": ("约定放弃", 90),
    "call_tries": ("最多拨打次数", 3),
    "report_days": ("投诉上报期限", 2),
    "tell_days": ("答复告知期限", 0),
    "confirm_days": ("再次确认期限", 3),
    "event_notice_days": ("活动通知提前", 14),
    "event_call_days": ("活动通知历时", 7),
    "letter_days": ("寄信期限", 2),
    "letter_gap_days": ("信函间隔", 30),
    "day_count": ("天数算法", "自然日"),
    "lost_months": ("流失期限", 12),
    "drifting_months": ("漂移期限", 9),
    "loyal_visits": ("忠诚次数", 4),
    "lost_call_days": ("流失回访期限", 14),
    "lost_drop_months": ("流失回访放弃", 12),
    "vip_visit_months": ("VIP拜访间隔", 1),
    "level1_visit_months": ("一级拜访间隔", 2),
    "visit_ahead_days": ("拜访提前", 7),
    "service_ahead_days": ("保养提醒提前", 14),
    "service_drop_days": ("保养提醒放弃", 60),
    "first_service_months": ("首保期限", 3),
    "renewal_ahead_days": ("续保提醒提前", 60),
    "renewal_call_days": ("续保致电期限", 30),
    "renewal_drop_days": ("续保放弃", 90),
    "plan_ahead_days": ("计划提前", 7),
    "satisfied_from": ("满意分数线", 80),
    "warranty_months": ("保修期限", 36),
    "warranty_km": ("保修里程", 60_000),
    "rework_days": ("返修判断天数", 10),
    "slot_cars": ("时段容量", 10),
    "backup_keep": ("备份份数", 30),
}


def set_to(key: str, value: str) -> tuple[Settings, list[tuple[str, int, str, str]]]:
    """Read a store with one setting in row 4."""
    dataset = dataset_of(Settings=f"row | key | value\n4 | {key} | {value}")
    return dataset.settings, places(dataset.issues)


def test_the_defaults_are_those_of_the_design() -> None:
    shop = {"store_name", "store_address", "store_phone", "命令"}

    assert {each.key: (each.label, each.default) for each in SETTINGS if each.key not in shop} == DEFAULTS


@pytest.mark.parametrize("typed", ["建档期限", "archive_days", "ARCHIVE_DAYS", " 建档 期限 "])
def test_a_setting_is_known_by_its_name_and_by_its_english_key(typed: str) -> None:
    assert set_to(typed, "5") == (Settings(archive_days=5), [])


def test_a_setting_typed_under_its_name_and_its_key_is_typed_twice() -> None:
    dataset = dataset_of(Settings="row | key | value\n4 | 建档期限 | 3\n5 | archive_days | 9")

    assert places(dataset.issues) == [("Settings", 5, "key", "duplicate")]
    assert dataset.settings.archive_days == 3


def test_a_distance_may_be_larger_than_any_number_of_days() -> None:
    assert set_to("保修里程", "100000") == (Settings(warranty_km=100_000), [])
    assert set_to("建档期限", "1201")[1] == [("Settings", 4, "value", "out-of-range")]


@pytest.mark.parametrize(
    ("label", "code", "known"),
    [
        ("客户满意度CSI", "", ("客户满意度CSI", "csi")),
        (" 客户满意度 csi", "", ("客户满意度CSI", "csi")),
        ("", "csi", ("客户满意度CSI", "csi")),  # as in a workbook that had the codes in front
        ("毛利", "", ("毛利", "own:毛利")),
        ("毛利", "csi", ("毛利", "own:毛利")),  # the code is left from the name before
        ("投诉件数", "csi", ("投诉件数", "complaints")),
    ],
)
def test_a_figure_is_known_by_its_name_or_else_by_its_code(
    label: str, code: str, known: tuple[str, str]
) -> None:
    dataset = dataset_of(Targets=f"row | year | label | code\n4 | 2026 | {label} | {code}")

    assert tuple(dataset.tables["Targets"].loc[4, ["label", "code"]]) == known
    assert dataset.issues == ()


def test_the_names_and_codes_that_a_sheet_lacks_are_told() -> None:
    dataset = dataset_of(
        Targets="row | year | label | code\n4 | 2026 | 投诉件数 |\n5 | 2026 | | csi\n6 | 2026 | 预约率 | appointment_rate",
        Settings="row | key | value | code\n4 | 建档期限 | 3 |\n5 | 命令 | 校验 |",
    )

    assert dataset.filled == {
        "Targets": {"label": {5: "客户满意度CSI"}, "code": {4: "complaints"}},
        "Settings": {"code": {4: "archive_days"}},
    }


def test_an_empty_sheet_gives_the_defaults() -> None:
    dataset = dataset_of()

    assert dataset.settings == Settings()
    assert dataset.issues == ()


@pytest.mark.parametrize("typed", ["5", " 5 ", "５", "05"])
def test_a_setting_is_what_the_shop_typed(typed: str) -> None:
    assert set_to("archive_days", typed) == (Settings(archive_days=5), [])


def test_a_setting_typed_as_a_number_is_a_number() -> None:
    cells = cells_of(Settings="row | key | value\n4 | archive_days |")
    cells["Settings"].loc[4, "值"] = 5.0

    assert read_dataset(cells, TODAY).settings.archive_days == 5


@pytest.mark.parametrize("typed", ["两天", "-1", "2.5", "2天", "²"])
def test_a_setting_that_counts_takes_whole_numbers_only_and_else_its_default_serves(typed: str) -> None:
    assert set_to("archive_days", typed) == (Settings(), [("Settings", 4, "value", "not-a-number")])


def test_a_setting_that_is_picked_takes_its_choices_only() -> None:
    assert set_to("day_count", "工作天") == (Settings(), [("Settings", 4, "value", "not-in-list")])
    assert set_to("day_count", "工作日") == (Settings(day_count="工作日"), [])


def test_an_unknown_setting_is_told() -> None:
    assert set_to("archive_day", "3") == (Settings(), [("Settings", 4, "key", "not-in-list")])


def test_a_setting_left_blank_is_told_and_its_default_serves() -> None:
    assert set_to("archive_days", "") == (Settings(), [("Settings", 4, "value", "missing")])


def test_of_a_setting_typed_twice_the_first_row_rules_because_the_second_is_marked_wrong() -> None:
    dataset = dataset_of(Settings="row | key | value\n4 | archive_days | 3\n5 | archive_days | 9")

    assert places(dataset.issues) == [("Settings", 5, "key", "duplicate")]
    assert dataset.settings.archive_days == 3


def test_words_that_the_shop_has_not_filled_in_are_blank() -> None:
    assert Settings().filled("store_address") == ""
    assert set_to("store_phone", UNFILLED)[0].filled("store_phone") == ""
    assert set_to("store_phone", "020-12345678")[0].filled("store_phone") == "020-12345678"


STORE = {
    "Customers": """
        row | archive_no | vin               | bought_on  | came_on    | archived_on | cycle_months | cycle_km | last_service_on | last_service_km | insured_until | consent | address
        4   | A1         | LDC613P23A1305189 | 2024-01-01 | 2025-09-01 | 2025-09-03  | 6            | 10000    | 2025-09-01      | 10000           | 2026-05-01    | 同意    | 一号
        5   | A2         |                   |            | 2026-03-10 | 2026-03-14  |              |          |                 |                 |               |         |
    """,
    "Visits": """
        row | order_no | archive_no | came_on    | left_on    | km    | kind     | amount | rework | booked | claim | first_service
        4   | G1       | A1         | 2025-09-01 | 2025-09-01 | 10000 | 保养     | 300    |        | 是     |       | 是
        5   | G2       | A1         | 2026-03-01 | 2026-03-02 | 18000 | 维修     | 0.1    | 是     |        |       |
        6   | G3       | A2         | 2026-03-10 | 2026-03-12 | 500   | 保修索赔 | 0.2    |        |        | 通过  |
    """,
    "Changes": "row | changed_on | archive_no | field | old | new\n4 | 2026-03-02 | A1 | 保险到期日 | 2025-05-01 | 2026-05-01",
    "Calls": """
        row | call_no | called_on  | kind       | archive_no | order_no | event_no | satisfaction | points
        4   | D1      | 2026-03-06 | 第一次跟踪 | A1         | G2       |          | 90           | 用车情况
        5   | D2      | 2026-03-16 | 第二次跟踪 | A1         | G2       |          | 80           |
        6   | D3      | 2026-03-17 | 活动通知   | A2         |          | H1       |              |
        7   | D4      | 2026-01-05 | 保养提醒   | A1         |          |          |              |
    """,
    "Complaints": "row | call_no | received_on | reported_on | solved_on | told_on\n4 | D1 | 2026-03-06 | 2026-03-07 | 2026-03-08 | 2026-03-08",
    "Letters": "row | event_no | archive_no\n4 | H1 | A1",
    "Events": "row | event_no | starts_on | ends_on | owner\n4 | H1 | 2026-04-11 | 2026-04-12 | 张三",
    "Renewals": "row | archive_no | ours\n4 | A1 | 是",
    "Appointments": "row | archive_no | at\n4 | A1 | 9:30",
    "Invitees": "row | event_no | archive_no\n4 | H1 | A1",
    "LetterForms": "row | template\n4 | 邀请函",
    "OwnFigures": "row | month | label\n4 | 2026-03 | 毛利",
    "Trainings": "row | name\n4 | 张三",
    "Rewards": "row | name\n4 | 张三",
    "Measures": "row | owner\n4 | 张三",
    "Targets": "row | year | code | target | direction\n4 | 2026 | csi | 0.93 | ≥\n5 | 2026 | revenue_total | 6000000 | ≥",
    "Breakdown": "row | year | code | month_3\n4 | 2026 | revenue_total | 500000",
    "Tasks": "row | task_no | kind | done_on\n4 | P1 | 汽车讲堂 | 2026-03-05",
    "Settings": "row | key | value\n4 | archive_days | 2\n5 | first_call_to | 7",
    "Staff": "row | name | deputy | away_from | away_to\n4 | 张三 | 李四 | 2026-03-01 | 2026-03-31\n5 | 李四 | | |",
    "Calendar": "row | day | kind\n4 | 2026-03-08 | 休息",
}
"""A little of everything, all of it right but for one archive that is a day or two late."""

LEANED_ON = ("Customers", "Visits", "Calls", "Complaints", "Letters", "Events", "Staff")
"""Tables of which several others or the tasks make use."""

PLACES = [(table.name, heading) for table in TABLES for heading in table.headings]

cell = (
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(
        [
            "A1",
            "G1",
            "D1",
            "H1",
            "张三",
            "csi",
            "2026-02-30",
            "9999-12-31",
            "0001-01-01",
            "999999999999",
            "工作日",
            "9" * 400,
        ]
    )
    | st.floats()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**30, -(10**30), 10**400])
    | st.dates()
    | st.datetimes()
    | st.times()
)


def whole_store() -> Cells:
    return cells_of(**STORE)


def answer(cells: Cells, *periods: str) -> None:
    """Have the program do everything that it does with a store's cells; a whole summary only of named periods."""
    dataset = read_dataset(cells, TODAY)
    status_texts((*dataset.issues, *apply_rules(dataset)))
    today_rows(reminders_of(dataset))
    for kpi in KPIS:
        kpi.measure(dataset, period_of("2026-03"))
    for period in periods:
        summary = summarise(dataset, period_of(period))
        summary_rows(summary)
        paragraphs(summary)


def test_the_store_into_which_anything_is_typed_is_right_before() -> None:
    dataset = read_dataset(whole_store(), TODAY)

    assert dataset.issues == ()
    assert all(issue.severity == WARNING for issue in apply_rules(dataset))


def test_an_empty_store_is_answered() -> None:
    answer(cells_of(), "2026-03", "2026")


@pytest.mark.parametrize("table", LEANED_ON)
def test_a_store_is_answered_when_one_of_its_tables_is_empty(table: str) -> None:
    cells = whole_store()
    cells[table] = cells[table].iloc[:0]

    answer(cells)


@pytest.mark.parametrize("table", LEANED_ON)
def test_a_store_is_answered_when_only_one_of_its_tables_is_filled(table: str) -> None:
    cells = {name: rows if name == table else rows.iloc[:0] for name, rows in whole_store().items()}

    answer(cells)


anywhere = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 3), cell), min_size=1, max_size=12)
in_one_column = st.builds(
    lambda place, values: [(place, row, value) for row, value in enumerate(values)],
    st.sampled_from(PLACES),
    st.lists(cell, min_size=1, max_size=4),
)


@given(anywhere | in_one_column, st.sampled_from(["2026-03", "2026"]))
@settings(max_examples=25, deadline=None)
def test_whatever_staff_type_the_dataset_answers(
    typed: list[tuple[tuple[str, str], int, object]], period: str
) -> None:
    cells = whole_store()
    for (table, heading), place, value in typed:
        rows = cells[table]
        rows.loc[rows.index[place % len(rows)], heading] = value  # type: ignore[call-overload]  # anything at all

    answer(cells, period)


@pytest.mark.parametrize("value", ["0", "999999", "999999999999", "9" * 5000], ids=len)
def test_settings_of_any_size_are_answered(value: str) -> None:
    numbers = [each.key for each in SETTINGS if each.is_number]
    rows = "\n".join(f"{row} | {key} | {value}" for row, key in enumerate(numbers, start=4))

    answer(cells_of(**{**STORE, "Settings": f"row | key | value\n{rows}"}))


def test_a_car_that_hardly_runs_is_answered() -> None:
    """One kilometre in half a year makes ten thousand a matter of five thousand years."""
    visits = "row | archive_no | came_on | km\n4 | A1 | 2025-09-01 | 10000\n5 | A1 | 2026-03-01 | 10001"
    customers = (
        "row | archive_no | cycle_km | last_service_km | last_service_on\n4 | A1 | 10000 | 10000 | 2025-09-01"
    )

    answer(cells_of(Customers=customers, Visits=visits))


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-10", "1900-01-01", "9999-12-31"])
@pytest.mark.parametrize("day_count", ["自然日", "工作日"])
def test_days_of_another_age_are_answered(day: str, day_count: str) -> None:
    cells = cells_of(**{**STORE, "Settings": f"row | key | value\n4 | day_count | {day_count}"})
    for table in TABLES:
        for column in table.columns:
            if column.kind is Kind.DATE:
                cells[table.name].loc[:, column.heading] = day

    answer(cells)


def test_a_window_that_ends_before_it_begins_is_told_and_its_default_serves() -> None:
    dataset = dataset_of(Settings="row | key | value\n4 | first_call_from | 9\n5 | second_call_to | 3")

    assert places(dataset.issues) == [
        ("Settings", 4, "value", "out-of-range"),
        ("Settings", 5, "value", "out-of-range"),
    ]
    assert dataset.settings == Settings()


def test_an_error_of_a_formula_is_no_entry() -> None:
    (issue,) = dataset_of(Customers="row | address\n4 | #N/A").issues

    assert (issue.column, issue.code, issue.value) == ("address", "missing", "#N/A")
