"""月度分解 of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_fixtures import Drawing, dataset_of

from dealer_xl.dealership.annual_plan import NoTargetsError, Plan, plan_year
from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.kpis import BY_CODE, KPIS
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.tables import BREAKDOWN
from dealer_xl.dealership.target_allocation import FIGURES, MONTHS, QUARTERS, share_out
from dealer_xl.dealership.targets import TARGETS, aim_of

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DEFAULTS = {target.code: float(target.target) for target in TARGETS}
Row = Mapping[str, object]

sums = st.sampled_from([kpi.code for kpi in KPIS if kpi.adds_up])
amounts = st.one_of(st.integers(0, 10**8).map(float), st.integers(0, 10**8).map(lambda fen: fen / 100))
few = settings(max_examples=25, deadline=None)  # each reads a whole dataset, or more
open_days = st.lists(st.integers(0, 31), min_size=1, max_size=12)


def aims(targets: Mapping[str, float | str | None], year: int = 2026) -> str:
    """Draw 年度目标."""
    rows = [
        f"{row} | {year} | {code} | {'' if target is None else target}"
        for row, (code, target) in enumerate(targets.items(), 4)
    ]
    return "\n".join(["row | year | code | target", *rows])


def split(*rows: Row) -> pd.DataFrame:
    """Lay rows into 月度分解, from Excel row 4 on."""
    keys = [column.key for column in BREAKDOWN.columns]
    cells = [[row.get(key) for key in keys] for row in rows]
    return pd.DataFrame(cells, columns=keys, index=range(4, 4 + len(rows)), dtype="object")


def dataset(targets: Mapping[str, float | str | None], *rows: Row, **tables: Drawing) -> Dataset:
    return dataset_of(Targets=aims(targets), Breakdown=split(*rows), **tables)


def plan(targets: Mapping[str, float | str | None], *rows: Row, **tables: Drawing) -> Plan:
    return plan_year(dataset(targets, *rows, **tables), 2026)


def only(planned: Plan) -> Row:
    (row,) = planned.rows
    return row


def line(planned: Plan, code: str) -> Row:
    (row,) = [row for row in planned.rows if row["code"] == code]
    return row


def months(row: Row) -> list[object]:
    return [row[key] for key in MONTHS]


def quarters(row: Row) -> list[object]:
    return [row[key] for key in QUARTERS]


def fen(value: object) -> int:
    assert isinstance(value, float)
    return round(value * 100)


def typed(code: str, *values: float | None, year: int = 2026, **more: object) -> Row:
    """Make a row whose months staff typed."""
    return {"year": year, "code": code, **dict(zip(MONTHS, values, strict=False)), **more}


def messages(planned: Plan) -> str:
    return "".join(finding.message for finding in planned.findings)


@pytest.fixture(scope="module")
def defaults() -> Plan:
    return plan(DEFAULTS)


def test_every_target_gets_a_row_in_the_order_of_the_figures(defaults: Plan) -> None:
    assert [row["code"] for row in defaults.rows] == [kpi.code for kpi in KPIS if kpi.code in DEFAULTS]
    assert defaults.added == defaults.rows


def test_a_row_has_the_keys_of_its_table_and_the_words_of_its_figure(defaults: Plan) -> None:
    keys = [column.key for column in BREAKDOWN.columns if column.key not in {"note", "mark"}]

    assert all(set(row) <= {column.key for column in BREAKDOWN.columns} for row in defaults.rows)
    assert list(line(defaults, "csi")) == keys[: len(line(defaults, "csi"))]
    assert [line(defaults, "csi")[key] for key in ("year", "label", "unit")] == [2026, "客户满意度CSI", "%"]


def test_the_cars_of_a_year_go_by_the_days_of_the_months(defaults: Plan) -> None:
    # By hand: 7800 × days up to the month's end ÷ 365, rounded down, less what the months before have.
    up_to = [662, 1260, 1923, 2564, 3226, 3867, 4530, 5192, 5833, 6496, 7137, 7800]

    row = line(defaults, "cars_received")
    assert months(row) == [662, 598, 663, 641, 662, 641, 663, 662, 641, 663, 641, 663]
    assert [sum(months(row)[: place + 1]) for place in range(12)] == up_to  # type: ignore[arg-type]  # numbers
    assert quarters(row) == [1923, 1944, 1966, 1967]
    assert row["whole_year"] == 7800


def test_money_is_shared_out_in_hundreds_of_yuan(defaults: Plan) -> None:
    assert all(fen(value) % 10_000 == 0 for value in months(line(defaults, "revenue_workshop")))
    assert line(defaults, "revenue_accessories")["month_2"] == 23_000  # 300,000 × 28 ÷ 365 = 23,013


def test_a_day_on_which_the_shop_is_closed_asks_for_nothing() -> None:
    row = only(plan({"cars_received": 3640}, Calendar="row | day | kind\n4 | 2026-02-17 | 休息"))

    assert months(row) == [10 * (days - (place == 1)) for place, days in enumerate(DAYS)]


def test_a_month_in_which_the_shop_is_closed_gets_nothing() -> None:
    february = "\n".join(f"{day} | 2026-02-{day:02} | 休息" for day in range(1, 29))

    planned = plan(
        {"cars_received": 3370, "trainings_done": 11, "csi": 0.93}, Calendar=f"row | day | kind\n{february}"
    )
    assert [row["month_2"] for row in planned.rows] == [0, 0.93, 0]
    assert months(line(planned, "trainings_done")) == [1, 0, *[1] * 10]


def test_working_days_count_when_the_shop_counts_them() -> None:
    row = only(plan({"cars_received": 2480}, Settings="row | key | value\n4 | day_count | 工作日"))

    # The State Council's notice for 2026: 21 working days in January, 16 in February, 248 in all.
    assert (row["month_1"], row["month_2"], row["whole_year"]) == (210, 160, 2480)


@pytest.mark.parametrize(
    ("yearly", "expected"),
    [
        (1, [12]),
        (2, [6, 12]),
        (3, [4, 8, 12]),
        (4, [3, 6, 9, 12]),
        (6, [2, 4, 6, 8, 10, 12]),
        (12, list(range(1, 13))),
    ],
)
def test_a_few_lectures_a_year_fall_each_on_the_end_of_its_part_of_the_year(
    yearly: int, expected: list[int]
) -> None:
    row = only(plan({"lectures_done": yearly}))

    assert months(row) == [float(month in expected) for month in range(1, 13)]


def test_what_happens_less_than_once_a_day_is_the_same_each_month() -> None:
    assert months(only(plan({"letters_sent": 240}))) == [20] * 12


@pytest.mark.parametrize("code", [kpi.code for kpi in KPIS if not kpi.adds_up])
def test_what_does_not_add_up_must_hold_in_each_month_as_in_the_year(code: str) -> None:
    row = only(plan({code: 0.9}))

    assert {row[key] for key in FIGURES} == {0.9}


def test_the_total_is_the_sum_of_its_parts_in_each_month(defaults: Plan) -> None:
    total, insurance, workshop = (
        line(defaults, f"revenue_{name}") for name in ("total", "insurance", "workshop")
    )

    assert all(fen(total[key]) == fen(insurance[key]) + fen(workshop[key]) for key in FIGURES)


def test_the_total_goes_its_own_way_when_its_parts_do_not_make_it() -> None:
    planned = plan({"revenue_total": 7_000_000, "revenue_insurance": 2e6, "revenue_workshop": 4e6})

    assert line(planned, "revenue_total")["whole_year"] == 7_000_000


@few
@given(code=sums, target=amounts)
def test_the_months_and_the_quarters_make_exactly_the_year(code: str, target: float) -> None:
    row = only(plan({code: target}))

    shares = [fen(value) for value in months(row)]
    assert sum(shares) == fen(row["whole_year"]) == round(target * 100)
    assert [fen(value) for value in quarters(row)] == [sum(shares[at : at + 3]) for at in (0, 3, 6, 9)]
    assert min(shares) >= 0


@few
@given(target=st.integers(0, 10**6))
def test_whole_cars_are_never_cut(target: int) -> None:
    assert all(fen(value) % 100 == 0 for value in months(only(plan({"cars_received": target}))))


@given(whole=st.integers(0, 10**12), days=open_days, money=st.booleans())
def test_what_is_shared_out_is_all_of_it_and_never_less_than_nothing(
    whole: int, days: list[int], money: bool
) -> None:
    shares = share_out(whole, days, money=money)

    assert sum(shares) == whole
    assert min(shares) >= 0
    assert not any(days) or all(share == 0 for share, day in zip(shares, days, strict=True) if not day)


@given(pieces=st.integers(0, 10**6), days=open_days.filter(any))
def test_money_lies_within_a_step_of_its_exact_part(pieces: int, days: list[int]) -> None:
    shares = share_out(10_000 * pieces, days, money=True)

    exact = [10_000 * pieces * day / sum(days) for day in days]
    assert all(abs(share - part) <= 10_000 for share, part in zip(shares, exact, strict=True))


@few
@given(targets=st.dictionaries(sums, amounts, min_size=1))
def test_planning_what_was_planned_changes_nothing(targets: dict[str, float]) -> None:
    first = plan(targets)
    again = plan(targets, *first.rows)

    assert (again.rows, again.added, again.changed, again.kept) == (first.rows, (), {}, ())


@few
@given(old=st.dictionaries(sums, amounts, min_size=1), data=st.data())
def test_rows_that_staff_left_alone_follow_a_new_target(old: dict[str, float], data: st.DataObject) -> None:
    new = {code: data.draw(amounts) for code in old}

    again = plan(new, *plan(old).rows)
    assert (again.rows, again.kept) == (plan(new).rows, ())


@few
@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 1000).map(float)), min_size=12, max_size=12),
    target=st.integers(0, 20_000),
)
def test_what_staff_typed_for_a_month_stays(values: list[float | None], target: int) -> None:
    planned = plan({"cars_received": target}, typed("cars_received", *values))
    row = only(planned)

    assert all(was in (None, now) for was, now in zip(values, months(row), strict=True))
    given_out = sum(value or 0 for value in values)
    room = None in values and given_out <= target
    assert row["whole_year"] == (target if room else given_out)
    assert ("不符" in messages(planned)) == (row["whole_year"] != target)


def test_a_row_that_staff_changed_is_kept_and_its_quarters_follow() -> None:
    row = {**only(plan({"cars_received": 3650})), "month_2": 180.0, "month_5": 410.0}

    planned = plan({"cars_received": 3650}, row)
    assert months(only(planned)) == months(row)
    assert planned.changed == {"quarter_1": {4: 800}, "quarter_2": {4: 1010}}
    (kept,) = planned.kept
    assert kept.message == (
        "进厂台次（第4行）：本店填的月份没有改动；"
        "按各月合计，一季度由900台改为800台、二季度由910台改为1,010台。"
    )
    assert planned.findings == ()


def test_a_row_that_does_not_make_its_target_any_more_is_kept_and_told() -> None:
    row = {**only(plan({"cars_received": 3650})), "month_2": 180.0}

    planned = plan({"cars_received": 4000}, row)
    assert months(only(planned)) == months(row)
    (finding,) = planned.findings
    assert finding.message == (
        "月度分解里进厂台次的各月合计3,550台，与年度目标4,000台不符。"
        "请改其中一个；要由程序重分，请清空那几格再点“本年计划”。"
    )


def test_empty_months_share_what_staff_left_over() -> None:
    planned = plan({"cars_received": 3650}, typed("cars_received", 310, 0, 310, *[None] * 9))

    assert sum(months(only(planned))[3:]) == 3650 - 620  # type: ignore[arg-type]  # numbers
    assert "空着的4月、5月、6月、7月、8月、9月、10月、11月、12月已补上" in planned.kept[0].message
    assert planned.changed["label"] == {4: "进厂台次"}


def test_a_row_whose_months_were_emptied_is_shared_out_anew() -> None:
    fresh = only(plan({"cars_received": 3650}))

    planned = plan({"cars_received": 3650}, {**fresh, **dict.fromkeys(MONTHS), "quarter_1": 1.0})
    assert (only(planned), planned.kept) == (fresh, ())


def test_a_share_that_staff_raised_for_a_month_stays() -> None:
    row = {**only(plan({"csi": 0.93})), "month_12": 0.96, "month_1": None}

    planned = plan({"csi": 0.93}, row)
    assert (only(planned)["month_12"], only(planned)["month_1"]) == (0.96, 0.93)
    assert planned.findings == ()


def test_a_share_that_staff_changed_is_told_when_the_year_s_target_has_moved() -> None:
    row = {**only(plan({"csi": 0.93})), "month_12": 0.96}

    assert "客户满意度CSI的全年93.0%，与年度目标93.1%不符" in messages(plan({"csi": 0.931}, row))


def test_the_total_follows_a_part_that_staff_changed() -> None:
    targets = {"revenue_total": 6e6, "revenue_insurance": 2.2e6, "revenue_workshop": 3.8e6}
    first = plan(targets)
    insurance = line(first, "revenue_insurance")
    moved = {**insurance, "month_2": 68_800.0, "month_5": 286_900.0}

    again = plan(targets, *(moved if row is insurance else row for row in first.rows))
    assert line(again, "revenue_total")["month_2"] == line(first, "revenue_total")["month_2"] - 1e5  # type: ignore[operator]
    assert [each.kpi.code for each in again.kept] == ["revenue_insurance"]
    assert again.findings == ()


def test_a_total_that_staff_changed_is_told_where_it_is_not_what_its_parts_make() -> None:
    targets = {"revenue_total": 6e6, "revenue_insurance": 2.2e6, "revenue_workshop": 3.8e6}
    total, *parts = plan(targets).rows
    moved = {**total, "month_2": 360_300.0, "month_5": 609_600.0}

    planned = plan(targets, moved, *parts)
    assert months(line(planned, "revenue_total")) == months(moved)
    assert "售后总营业额的2月、5月与保险理赔产值 + 车间维修及索赔产值的合计不符" in messages(planned)


def test_rows_of_other_years_and_of_figures_without_a_target_are_not_touched() -> None:
    rows = (typed("cars_received", *[1.0] * 12, year=2025), typed("letters_sent", *[1.0] * 12))

    planned = plan({"cars_received": 3650}, *rows)
    assert (len(planned.added), planned.changed) == (1, {})


def test_a_row_with_a_wrong_cell_is_left_alone_and_told() -> None:
    planned = plan({"cars_received": 3650}, typed("cars_received", 300, "三百"))  # type: ignore[arg-type]

    assert (planned.added, planned.changed, planned.kept) == ((), {}, ())
    assert "“月度分解”第4行（进厂台次）填写有误，没有改动" in messages(planned)


def test_the_total_goes_its_own_way_when_a_part_cannot_be_read() -> None:
    targets = {"revenue_total": 6e6, "revenue_insurance": 2.2e6, "revenue_workshop": 3.8e6}

    planned = plan(targets, typed("revenue_workshop", "三十万"))  # type: ignore[arg-type]
    assert line(planned, "revenue_total")["whole_year"] == 6e6


@pytest.mark.parametrize("targets", [{}, {"csi": None}, {"csi": "九成"}, {"没有的指标": 5}])
def test_a_year_without_targets_cannot_be_planned(targets: dict[str, str | None]) -> None:
    with pytest.raises(NoTargetsError, match="没有2026年能用的目标"):
        plan(targets)


def test_the_targets_of_another_year_are_not_this_year_s() -> None:
    with pytest.raises(NoTargetsError, match="2027年"):
        plan_year(dataset(DEFAULTS), 2027)


@pytest.mark.parametrize(
    ("code", "target", "told"),
    [
        ("parts_bought", "800000", "第5行的指标“parts_bought”不在各项指标中"),
        ("cars_received", "七千", "第5行的年度目标填写有误"),
        ("cars_received", "-5", "第5行的年度目标是负数（-5）"),
    ],
)
def test_a_target_that_cannot_be_shared_out_is_told(code: str, target: str, told: str) -> None:
    planned = plan({"csi": 0.93, code: target})

    assert [row["code"] for row in planned.rows] == ["csi"]
    assert told in messages(planned)


def test_a_target_that_is_not_set_yet_is_no_fault() -> None:
    planned = plan({"csi": 0.93, "renewals": None})

    assert (len(planned.rows), planned.findings) == (1, ())


def test_working_days_that_are_not_announced_yet_are_told_as_a_guess() -> None:
    working = dataset_of(
        Targets=aims({"csi": 0.9}, 2090), Settings="row | key | value\n4 | day_count | 工作日"
    )

    assert "2090年的放假安排还没有公布" in messages(plan_year(working, 2090))
    assert messages(plan_year(dataset_of(Targets=aims({"csi": 0.9}, 2090)), 2090)) == ""


def test_the_outcome_is_told_in_one_sentence(defaults: Plan) -> None:
    assert defaults.gist == "2026年27项目标已分到各月；目标核对有2处要看。"
    assert plan({"cars_received": 12}, typed("cars_received", *[1.0] * 11, 2.0)).gist == (
        "2026年1项目标已分到各月，其中1项保留了本店填的月份；目标核对有1处要看。"
    )
    assert plan({"csi": 0.93}).gist == "2026年1项目标已分到各月；目标之间没有发现矛盾。"


def test_the_summary_of_a_month_goes_by_the_plan(defaults: Plan) -> None:
    planned = dataset_of(date(2027, 1, 1), Targets=aims(DEFAULTS), Breakdown=split(*defaults.rows))

    for place, key in enumerate(MONTHS, 1):
        month = period_of(f"2026-{place:02}")
        for row in defaults.rows:
            aim = aim_of(planned, BY_CODE[str(row["code"])], month)
            adds_up = BY_CODE[str(row["code"])].adds_up
            assert (aim.value if aim else 0) == row[key]
            assert (aim is None) == (adds_up and row[key] == 0)
