"""When a car's next service is due: by the months of its cycle or by the kilometres it runs, whichever comes first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dealer_xl.dealership.dataset import Dataset
from dealer_xl.dealership.lookup import look_up


def due_soon(dataset: Dataset) -> pd.DataFrame:
    """Find cars whose service is due within `service_ahead_days` and whose owner was not reminded yet."""
    cars = _cars(dataset)
    cars["by_months"] = _months_later(cars["serviced_on"], cars["cycle_months"])
    cars["by_km"] = _day_of_km(cars)
    cars["due"] = cars[["by_months", "by_km"]].min(axis=1)
    cars["earliest"] = cars["due"] - pd.Timedelta(days=dataset.settings.service_ahead_days)
    reminded_on = look_up(cars["archive_no"], _last_reminder(dataset))
    waiting = cars[cars["due"].notna() & ~(reminded_on >= cars["earliest"])]
    return waiting.assign(
        why=[_why(*row) for row in waiting[["by_months", "by_km", "serviced_on"]].itertuples(index=False)]
    )


def _why(by_months: pd.Timestamp, by_km: pd.Timestamp, serviced_on: pd.Timestamp) -> str:
    last = "" if pd.isna(serviced_on) else f"上次保养 {serviced_on:%Y-%m-%d}，"
    if pd.isna(by_months) or by_km < by_months:
        return f"{last}按行驶里程推算该保养了"
    return f"{last}保养周期到期"


def _cars(dataset: Dataset) -> pd.DataFrame:
    """Return each car's cycle, its last service (archive or repair orders, the later) and its readings.

    Columns: archive_no, cycle_months, cycle_km, serviced_on, serviced_km, read_on, read_km, km_a_day.
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
    days = (last["came_on"] - first["came_on"]).dt.days
    km_a_day = ((last["km"] - first["km"]) / days.where(days > 0)).where(last["km"] > first["km"])
    return pd.DataFrame({"read_on": last["came_on"], "read_km": last["km"], "km_a_day": km_a_day})


def _months_later(days: pd.Series, months: pd.Series) -> pd.Series:
    later = [
        day + pd.DateOffset(months=int(count)) if pd.notna(day) and pd.notna(count) else pd.NaT
        for day, count in zip(days, months, strict=True)
    ]
    return pd.Series(later, index=days.index, dtype="datetime64[s]")


def _day_of_km(cars: pd.DataFrame) -> pd.Series:
    """Project the day on which the cycle's kilometres are reached; not before the last reading."""
    left = (cars["serviced_km"] + cars["cycle_km"] - cars["read_km"]).clip(lower=0)
    days = pd.to_timedelta(np.ceil(left / cars["km_a_day"]), unit="D")
    return (cars["read_on"] + days).astype("datetime64[s]")


def _last_reminder(dataset: Dataset) -> pd.Series:
    """Look up when each customer was last reminded of a service and answered."""
    calls = dataset.tables["Calls"].dropna(subset=["archive_no"])
    reminded = (calls["kind"] == "保养提醒") & (calls["direction"] == "呼出") & (calls["result"] == "接通")
    return calls[reminded].groupby("archive_no")["called_on"].max()
