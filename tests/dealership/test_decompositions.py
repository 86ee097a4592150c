"""Whatever moved the month adds up to the whole change, to the last fen."""

from collections.abc import Callable

import pytest
from random_store import RandomStore

from dealer_xl.dealership import decompositions
from dealer_xl.dealership.dataset import Dataset, read_dataset
from dealer_xl.dealership.decompositions import Part, revenue_change
from dealer_xl.dealership.kpis import revenue
from dealer_xl.dealership.period_words import period_of
from dealer_xl.dealership.periods import Period

Split = Callable[[Dataset, Period, Period], tuple[Part, ...]]
SPLITS = ("by_kind", "by_person", "by_customers", "by_cars_and_ticket", "by_open_days")


@pytest.mark.parametrize("seed", range(60))
def test_the_parts_of_a_change_add_up(seed: int) -> None:
    store = RandomStore(seed)
    dataset = read_dataset(store.cells(), store.today)
    for typed in ("本月", "上月", "今年"):
        period = period_of(typed, store.today)
        now, before = period.up_to(dataset.today), period.before(dataset.today)
        change = revenue(dataset, now) - revenue(dataset, before)
        assert revenue_change(dataset, now, before) == change
        for name in SPLITS:
            parts = getattr(decompositions, name)(dataset, now, before)
            assert not parts or sum(part.change for part in parts) == change, name
