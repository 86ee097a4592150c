"""Each thing stands in one place: what repeats it elsewhere is held against that place."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import openpyxl
import pytest

from dealer_xl import addin
from dealer_xl.actions import ACTIONS, Place, actions_in
from dealer_xl.dealership.figure_names import FIGURE_NAMES, OWN
from dealer_xl.dealership.kpis import KPIS
from dealer_xl.dealership.letter_fields import FIELDS
from dealer_xl.dealership.letter_forms import LETTER_FORMS
from dealer_xl.dealership.narrative import PARAGRAPHS
from dealer_xl.dealership.reference_docs import DOCUMENTS
from dealer_xl.dealership.settings import REQUEST, SETTINGS
from dealer_xl.dealership.tables import BOOKS, TABLES
from dealer_xl.dealership.targets import TARGETS
from dealer_xl.frontends import button_files, questionnaires, ribbon
from dealer_xl.frontends.dispatch import PRESENTERS
from dealer_xl.office.word import templates
from dealer_xl.office.word.rendering import Template
from dealer_xl.requests import REQUESTS

HOUSE = Path(__file__).resolve().parents[1]
BUTTONS = {action.name: action for action in actions_in(Place.BUTTON)}


def test_the_shipped_workbooks_are_what_the_tables_say_today(shipped: Path) -> None:
    stale = [
        name for name in BOOKS if (HOUSE / "workbooks" / name).read_bytes() != (shipped / name).read_bytes()
    ]

    assert not stale, "run `make build`"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_sheet_has_the_headings_of_its_table(table: object, shipped: Path) -> None:
    sheet = openpyxl.load_workbook(shipped / table.workbook)[table.sheet]  # type: ignore[attr-defined]

    assert tuple(cell.value for cell in sheet[3]) == table.headings  # type: ignore[attr-defined]
    assert sheet["A1"].value == table.title  # type: ignore[attr-defined]


def test_each_command_is_an_action_a_request_and_a_presenter() -> None:
    names = {action.name for action in actions_in(Place.TYPED)}

    assert {*PRESENTERS, "watch", "menu"} == set(REQUESTS) == names


def test_each_button_names_a_function_of_the_add_in_and_the_reverse() -> None:
    assert all(callable(getattr(addin, name)) for name in BUTTONS)
    assert not any(hasattr(addin, action.name) for action in ACTIONS if not action.is_button)


@pytest.mark.parametrize("name", button_files.FILES)
def test_each_file_that_repeats_the_buttons_is_what_the_actions_say(name: str) -> None:
    content = (HOUSE / name).read_text(encoding="utf-8")

    assert content == button_files.FILES[name](content), "run `make build`"


def test_each_button_has_a_look_and_nothing_else_has() -> None:
    assert [action.name for action, _ in button_files.buttons()] == list(BUTTONS)
    assert all(action.is_button for action in ACTIONS if action.look)


def test_each_button_is_a_command_with_a_presenter_or_runs_without_a_job() -> None:
    for name, action in BUTTONS.items():
        assert (name in ribbon.WITHOUT_JOB) != (name in PRESENTERS), name
        assert action.is_typed == (name in PRESENTERS), name


def test_each_questionnaire_and_each_variant_is_of_an_action() -> None:
    assert {*questionnaires.QUESTIONNAIRES, *questionnaires.VARIANTS} <= {action.name for action in ACTIONS}


def test_each_action_of_menu_and_cell_makes_a_request() -> None:
    for action in actions_in(Place.CELL | Place.MENU):
        assert action.name in {*REQUESTS, *questionnaires.VARIANTS}


def test_each_letter_form_has_a_template_and_uses_only_known_fields() -> None:
    known = {field.name for field in FIELDS}

    for form in LETTER_FORMS:
        template = Template(form.template, (HOUSE / "templates" / f"{form.template}.docx").read_bytes())
        assert template.fields() <= known


def test_each_target_is_of_a_known_figure() -> None:
    assert {target.code for target in TARGETS if not target.code.startswith(OWN)} <= set(FIGURE_NAMES)


def test_each_figure_has_a_name_and_each_name_is_of_one_figure() -> None:
    labels = [name.label for name in FIGURE_NAMES.values()]

    assert {kpi.code for kpi in KPIS} <= set(FIGURE_NAMES)
    assert len(set(labels)) == len(labels)


def test_each_figure_is_told_in_exactly_one_paragraph() -> None:
    told = [code for _, codes in PARAGRAPHS for code in codes]

    assert sorted(told) == sorted(kpi.code for kpi in KPIS)


def test_codes_of_figures_settings_and_fields_are_unique() -> None:
    for codes in (
        [kpi.code for kpi in KPIS],
        [each.key for each in SETTINGS],
        [field.name for field in FIELDS],
    ):
        assert len(codes) == len(set(codes))


def test_the_readme_names_each_command() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")

    for action in actions_in(Place.TYPED):
        assert f"`dealer-xl {action.name}" in readme


NOT_READ_YET = {
    "archive_drop_days",
    "call_tries",
    "confirm_days",
    "consult_drop_days",
    "drifting_months",
    "first_service_months",
    "follow_up_drop_days",
    "level1_visit_months",
    "lost_call_days",
    "lost_drop_months",
    "plan_ahead_days",
    "promise_drop_days",
    "renewal_ahead_days",
    "renewal_call_days",
    "renewal_drop_days",
    "rework_days",
    "service_drop_days",
    "slot_cars",
    "vip_visit_months",
    "visit_ahead_days",
    "warranty_km",
    "warranty_months",
}
"""Settings of reminders that are not built yet; each leaves this set with the reminder that reads it."""


def test_each_setting_is_read_by_something() -> None:
    read = {REQUEST}  # found by its row, when staff ask in a cell
    for path in sorted((HOUSE / "dealer_xl").rglob("*.py")):
        if path.name != "settings.py" and "sample" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute):
                    read.add(node.attr)
                elif isinstance(node, ast.Constant):
                    read.add(str(node.value))

    assert {each.key for each in SETTINGS} - read == NOT_READ_YET


def test_the_readme_says_of_each_runtime_dependency_what_it_is_for_and_of_nothing_else() -> None:
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| Package | What for |\n|---|---|\n")[2].partition("\n\n")[0]
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    needed = {re.split("[<>=]", dependency)[0] for dependency in project["dependencies"]}
    assert dict(re.findall(r"^\| `([\w-]+)` \| (\w.+) \|$", table, re.MULTILINE)).keys() == needed
    assert table.count("\n") + 1 == len(needed)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_guide_in_the_docs_is_what_its_source_says(name: str) -> None:
    assert (HOUSE / "docs" / f"{name}.md").read_text(encoding="utf-8") == DOCUMENTS[name](), (
        "run `make build`"
    )


def test_the_shipped_templates_are_what_their_source_draws(tmp_path: Path) -> None:
    templates.build(tmp_path)

    for name in templates.TEMPLATES:
        assert (HOUSE / "templates" / name).read_bytes() == (tmp_path / name).read_bytes(), "run `make build`"
