"""The tutorial is true: every command in it runs, in order, in one empty folder, and prints what the page shows."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.house import ROOT

TUTORIAL = ROOT / "docs/tutorial.md"


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines the page shows after it; `…` stands for any text, also for any lines."""

    command: str
    shown: list[str]

    def missing(self, printed: str) -> list[str]:
        """Lines shown that the command did not print, in this order."""
        rest, lost = [" ".join(line.split()) for line in printed.splitlines()], []
        for line in filter(lambda line: line.strip("… "), self.shown):
            pattern = ".*".join(re.escape(" ".join(part.split())) for part in line.split("…"))
            found = next((i for i, candidate in enumerate(rest) if re.search(pattern, candidate)), None)
            if found is None:
                lost.append(line)
            else:
                rest = rest[found + 1 :]
        return lost


def steps(page: str) -> list[Step]:
    """Commands in blocks marked `console`; they begin with a dollar sign."""
    found: list[Step] = []
    for block in re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:], []))
            else:
                found[-1].shown.append(line)
    return found


def test_the_tutorial_is_true(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = os.environ | {"PATH": path, "PYTHONUTF8": "1", "COLUMNS": "200", "DIAODU_LANG": "zh"}
    env.pop("DIAODU_HOME", None)
    taken = steps(TUTORIAL.read_text(encoding="utf-8"))
    assert len(taken) >= 8
    for step in taken:
        done = subprocess.run(
            step.command, shell=True, cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        printed = done.stdout + done.stderr
        assert done.returncode == (2 if step.command == "diaodu report import broken.csv" else 0), (
            f"{step.command}\n{printed}"
        )
        assert step.missing(printed) == [], f"{step.command}\n{printed}"


def test_a_page_that_shows_what_is_not_printed_is_found() -> None:
    (step,) = steps("```console\n$ echo a\na 1\n…\nb … c\n```\n")
    assert step.missing("x\na   1\ny\nb 2 c\n") == []
    assert step.missing("b 2 c\na 1\n") == ["b … c"]
    assert step.missing("") == ["a 1", "b … c"]
