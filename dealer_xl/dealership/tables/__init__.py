"""Every table of the four workbooks: the one place where a column or a choice is declared, a module a workbook.

The workbooks, the drop-downs, the checks, the typed tables and the column guide all come from here.
Sheet and heading names are exact. Sources: AR-04, AR-05, FC-09, FC-10, LE-03 and section 6 of the domain
notes: no source prints the columns of the forms, so the house designed them.
"""

from __future__ import annotations

from dealer_xl.dealership.tables.adoption import FOUND, MAPPING, WORDS
from dealer_xl.dealership.tables.archive import CHANGES, CUSTOMERS, RENEWALS, VISITS
from dealer_xl.dealership.tables.calls import APPOINTMENTS, CALLS, COMPLAINTS, THIS_WEEK, TODAY
from dealer_xl.dealership.tables.letter_register import EVENTS, INVITEES, LETTER_TEMPLATES, LETTERS, NOT_SENT
from dealer_xl.dealership.tables.plan import (
    BREAKDOWN,
    CALENDAR,
    MEASURES,
    OWN_FIGURES,
    REWARDS,
    SETTINGS,
    STAFF,
    TARGETS,
    TRAININGS,
    WORK_PLAN,
)
from dealer_xl.dealership.tables.summaries import (
    SUMMARY,
    SUMMARY_TEXT,
    TREND,
    YEAR_SUMMARY,
    YEAR_TEXT,
    YEAR_TREND,
)
from dealer_xl.dealership.tables.words import ARCHIVE_BOOK, BOOKS, CALLS_BOOK, LETTERS_BOOK, PLAN_BOOK

TABLES = (
    CUSTOMERS,
    VISITS,
    RENEWALS,
    CHANGES,
    CALLS,
    COMPLAINTS,
    APPOINTMENTS,
    LETTERS,
    EVENTS,
    INVITEES,
    LETTER_TEMPLATES,
    TARGETS,
    BREAKDOWN,
    WORK_PLAN,
    OWN_FIGURES,
    TRAININGS,
    REWARDS,
    MEASURES,
    SETTINGS,
    STAFF,
    CALENDAR,
)
"""The tables that are read and checked, in the order of the workbooks."""

EXTRAS = (RENEWALS, APPOINTMENTS, TRAININGS, REWARDS, MEASURES)
"""Those of TABLES that a shop gets only when it asks for them."""

WRITTEN = (
    TODAY,
    THIS_WEEK,
    NOT_SENT,
    FOUND,
    SUMMARY,
    YEAR_SUMMARY,
    TREND,
    YEAR_TREND,
    SUMMARY_TEXT,
    YEAR_TEXT,
)
"""The tables that the program writes as a whole."""

ADOPTED = (MAPPING, WORDS)
"""What the program knows of a shop's own workbooks; made when the shop has some."""

BY_NAME = {table.name: table for table in TABLES}

__all__ = [
    "ADOPTED",
    "APPOINTMENTS",
    "ARCHIVE_BOOK",
    "BOOKS",
    "BREAKDOWN",
    "BY_NAME",
    "CALENDAR",
    "CALLS",
    "CALLS_BOOK",
    "CHANGES",
    "COMPLAINTS",
    "CUSTOMERS",
    "EVENTS",
    "EXTRAS",
    "FOUND",
    "INVITEES",
    "LETTERS",
    "LETTERS_BOOK",
    "LETTER_TEMPLATES",
    "MAPPING",
    "MEASURES",
    "NOT_SENT",
    "OWN_FIGURES",
    "PLAN_BOOK",
    "RENEWALS",
    "REWARDS",
    "SETTINGS",
    "STAFF",
    "SUMMARY",
    "SUMMARY_TEXT",
    "TABLES",
    "TARGETS",
    "THIS_WEEK",
    "TODAY",
    "TRAININGS",
    "TREND",
    "VISITS",
    "WORDS",
    "WORK_PLAN",
    "WRITTEN",
    "YEAR_SUMMARY",
    "YEAR_TEXT",
    "YEAR_TREND",
]
