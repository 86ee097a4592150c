"""The jobs: read from the workbooks, decide in the dealership, write back; one module a button.

Here and in the context they are given the two rooms meet, and nowhere else. Each job takes a Context (whose store, which
day, what time) and what was asked for; it returns what it found and made, and the front ends present it to staff.
"""

from dealer_xl.dealership.summary import last_full_month
from dealer_xl.jobs.check_job import Checked, check_entries
from dealer_xl.jobs.letters_job import (
    Mailed,
    complaints_to_answer,
    events_to_invite_to,
    letter_forms,
    write_letters,
)
from dealer_xl.jobs.new_and_demo import (
    FIRST_ROW,
    FolderTakenError,
    NewBooks,
    UnknownTableError,
    blank_book,
    make_books,
    make_sample_store,
)
from dealer_xl.jobs.plan_job import Planned, plan_months
from dealer_xl.jobs.summary_job import Summarised, write_summary
from dealer_xl.jobs.today_job import Listed, list_today
from dealer_xl.jobs.undo_job import list_undoable, recover_folder, redo_last, undo_last

__all__ = [
    "FIRST_ROW",
    "Checked",
    "FolderTakenError",
    "Listed",
    "Mailed",
    "NewBooks",
    "Planned",
    "Summarised",
    "UnknownTableError",
    "blank_book",
    "check_entries",
    "complaints_to_answer",
    "events_to_invite_to",
    "last_full_month",
    "letter_forms",
    "list_today",
    "list_undoable",
    "make_books",
    "make_sample_store",
    "plan_months",
    "recover_folder",
    "redo_last",
    "undo_last",
    "write_letters",
    "write_summary",
]
