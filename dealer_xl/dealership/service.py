"""When a car's next service is due: by the months of its cycle or by the kilometres it runs, whichever comes first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.months import days_of, edate


def next_services(dataset: Dataset) -> pd.DataFrame:
    """Return when each car's next service is due: due (blank where unknown), by_months, by_km, serviced_on.

    Index: Excel row of the archive, of the cars that have a number.
    """
    cars = _cars(dataset)
    cars["by_months"] = _months_later(cars["serviced_on"], cars["cycle_months"])
    cars["by_km"] = _day_of_km(cars)
    cars["due"] = cars[["by_months", "by_km"]].min(axis=1)
    return cars[["due", "by_months", "by_km", "serviced_on"]]


def _cars(dataset: Dataset) -> pd.DataFrame:
    """Return each car's cycle, its last service (archive or repair orders, the later) and its readings.

    Columns: archive_no, cycle_months, cycle_km, serviced_on, serviced_km, read_on, read_km, passed (days between the first and the last reading), driven.
    """
    cars = dataset.tables["Customers"].dropna(subset=["archive_no"])
    cars = cars[["archive_no", "cycle_months", "cycle_km", "last_service_on", "last_service_km"]]
    services = _last_services(dataset).reindex(cars["archive_no"]).set_axis(cars.index)
    readings = _readings(dataset).reindex(cars["archive_no"]).set_axis(cars.index)
    newer = services["came_on"].notna() & ~(services["came_on"] <= cars["last_service_on"])
    same = services["came_on"] == cars["last_service_on"]
    # A newer service whose kilometres nobody noted leaves nothing to count from.
    serviced_km = cars["last_service_km"].mask(newer, services["km"])
    return cars.assign(
        serviced_on=cars["last_service_on"].mask(newer, services["came_on"]),
        serviced_km=serviced_km.mask(same & serviced_km.isna(), services["km"]),
    ).join(readings)


def _last_services(dataset: Dataset) -> pd.DataFrame:
    visits = dataset.tables["Visits"].dropna(subset=["archive_no", "came_on"])
    services = visits[visits["kind"] == "保养"].sort_values("came_on", kind="stable")
    return services.drop_duplicates("archive_no", keep="last").set_index("archive_no")[["came_on", "km"]]


def _readings(dataset: Dataset) -> pd.DataFrame:
    """Read the latest kilometres of each car, and how many it runs a day, from its own visits."""
    visits = (
        dataset.tables["Visits"]
        .dropna(subset=["archive_no", "came_on", "km"])
        .sort_values("came_on", kind="stable")
    )
    by_car = visits.groupby("archive_no")
    first, last = by_car[["came_on", "km"]].first(), by_car[["came_on", "km"]].last()
    days, driven = (last["came_on"] - first["came_on"]).dt.days, last["km"] - first["km"]
    return pd.DataFrame(
        {
            "read_on": last["came_on"],
            "read_km": last["km"],
            "passed": days.where(days > 0),
            "driven": driven.where(driven > 0),
        }
    )


def _months_later(days: pd.Series, months: pd.Series) -> pd.Series:
    known = days.notna() & months.notna()
    later = pd.Series(pd.NaT, index=days.index, dtype="datetime64[s]")
    count = months[known].to_numpy("int64")
    later[known] = edate(days_of(days[known]), count).astype("datetime64[s]")
    return later


def _day_of_km(cars: pd.DataFrame) -> pd.Series:
    """Project the day on which the cycle's kilometres are reached; not before the last reading."""
    left = (cars["serviced_km"] + cars["cycle_km"] - cars["read_km"]).clip(lower=0)
    days = pd.to_timedelta(np.ceil(left * cars["passed"] / cars["driven"]), unit="D")
    return (cars["read_on"] + days).astype("datetime64[s]")
