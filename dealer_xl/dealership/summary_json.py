"""A summary as programs read it: one object with a figure a line (section 9 of the design)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from dealer_xl.dealership.kpi import Measured
from dealer_xl.dealership.person_figures import PERSON_FIGURES, Person
from dealer_xl.dealership.summary import Line, Summary


def summary_object(summary: Summary, people: Sequence[Person] = ()) -> dict[str, Any]:
    """Return a summary as one object; shares as fractions of one, money in yuan."""
    return {
        "month": summary.period.code,
        "until": f"{summary.until:%Y-%m-%d}",
        "kpis": [_line_object(line) for line in summary.lines],
        "persons": [_person_object(person) for person in people],
    }


def _line_object(line: Line) -> dict[str, Any]:
    return {
        "code": line.kpi.code,
        "label": line.kpi.label,
        "unit": line.kpi.unit,
        "value": line.value,
        "numerator": plain_number(line.numerator),
        "denominator": plain_number(line.denominator),
        "target": line.target,
        "last_month": line.last_month,
        "last_year": line.last_year,
        "meets": line.meets,
        "rows": line.rows,
        "left_out": line.left_out,
        "lacks": list(line.lacks),
        "formula": line.kpi.formula,
    }


def _person_object(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "figures": [_figure_object(code, person.figures[code]) for code in PERSON_FIGURES],
    }


def _figure_object(code: str, measured: Measured) -> dict[str, Any]:
    return {
        "code": code,
        "label": PERSON_FIGURES[code][0],
        "value": measured.value,
        "numerator": plain_number(measured.numerator),
        "denominator": plain_number(measured.denominator),
    }


def plain_number(value: Fraction | None) -> int | float | None:
    """Return a fraction as a whole number where it is one."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)
