"""The jobs: gather from the workbooks, decide in the dealership, write back; one module a button.

Here and nowhere else the two rooms meet. Each job takes a Run (whose store, which day, what time) and returns
what it found and made; the doors tell it to staff.
"""

from dealer_xl.dealership.summary import last_full_month
from dealer_xl.jobs.check_job import Checked, check_entries
from dealer_xl.jobs.letters_job import Mailed, Wanted, events_to_invite_to, write_letters
from dealer_xl.jobs.plan_job import Planned, plan_months
from dealer_xl.jobs.run import Agree, Run, Tell, closed_files, silence, yes
from dealer_xl.jobs.summary_job import Summarised, write_summary
from dealer_xl.jobs.today_job import Listed, list_today
from dealer_xl.jobs.undo_job import bring_back, list_undoable, mend, take_back
from dealer_xl.jobs.workbooks_job import (
    FIRST_ROW,
    FolderTakenError,
    UnknownTableError,
    blank_book,
    make_books,
    make_sample_store,
)
from dealer_xl.office.folder.folder_store import FolderStore

__all__ = [
    "FIRST_ROW",
    "Agree",
    "Checked",
    "FolderStore",
    "FolderTakenError",
    "Listed",
    "Mailed",
    "Planned",
    "Run",
    "Summarised",
    "Tell",
    "UnknownTableError",
    "Wanted",
    "blank_book",
    "bring_back",
    "check_entries",
    "closed_files",
    "events_to_invite_to",
    "last_full_month",
    "list_today",
    "list_undoable",
    "make_books",
    "make_sample_store",
    "mend",
    "plan_months",
    "silence",
    "take_back",
    "write_letters",
    "write_summary",
    "yes",
]
