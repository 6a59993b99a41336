"""Asking for help must not cost the database, the frames or the engine: looked at in the modules, not on a watch."""

import json
import subprocess
import sys

import pytest

HEAVY = {"prefect", "sqlmodel", "sqlalchemy", "polars", "alembic", "fastapi", "rich", "typst", "docx"}
PROGRAM = """
import json, sys
from typer.testing import CliRunner
from diaodu.cli import app
result = CliRunner().invoke(app.app, sys.argv[1:])
print(json.dumps([result.exit_code, sorted(name for name in sys.modules if "." not in name)]))
"""


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["cycle", "--help"],
        ["plan", "--help"],
        ["source", "add", "--help"],
        ["schedule", "change", "--help"],
    ],
)
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM, *words], capture_output=True, text=True, check=True)
    code, modules = json.loads(done.stdout)
    assert code == 0
    assert HEAVY & set(modules) == set()


def test_a_run_by_hand_does_without_the_engine() -> None:
    program = "import sys, flows.cycle, diaodu.storage.ledger, diaodu.cli.run; print('prefect' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
