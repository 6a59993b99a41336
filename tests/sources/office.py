"""LibreOffice as units use it: open a form, type into it, save it under another name and in another format."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OFFICE = shutil.which("soffice")
HAND = Path(__file__).with_name("office_hand.py")
XLSX, XLS = "Calc MS Excel 2007 XML", "MS Excel 97"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the program shows: texts of cells, notes by "column,row" from 0, and whether each sheet is visible."""

    said: dict[str, str]
    notes: dict[str, str]
    sheets: dict[str, bool]


def typed(
    file: Path, out: Path, cells: Mapping[str, str], look: Sequence[str] = (), form: str = XLSX, sheet: str = "填报"
) -> Seen:
    """`file` with these texts typed into these cells, saved as `out`."""
    assert OFFICE, "LibreOffice is needed in CI"
    home = out.parent / "office home"
    home.mkdir(exist_ok=True)
    asked = {"file": str(file), "out": str(out), "filter": form, "sheet": sheet, "cells": dict(cells), "look": [*look]}
    surroundings = {"HOME": str(home), "UNO_PATH": str(Path(OFFICE).parent), "SAL_USE_VCLPLUGIN": "svp"}
    done = subprocess.run(
        ["/usr/bin/python3", HAND],
        input=json.dumps(asked),
        env={**{k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}, **surroundings},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Seen(**json.loads(done.stdout))
