"""The manual of the plan's tables names every sheet, column and word there is, and its examples are taken."""

import re
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.import_plan import import_plan
from diaodu.sources.columns import SHEETS
from diaodu.sources.wording import NO, WORDS, YES

MANUAL = (Path(__file__).parents[2] / "docs" / "plan-workbook.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## \S+ `(\w+)`\n(.*?)(?=^## )", MANUAL, re.MULTILINE | re.DOTALL))


def test_every_sheet_and_column_is_described() -> None:
    assert list(SECTIONS) == [kind.key for kind in SHEETS]
    for kind in SHEETS:
        rows = re.findall(r"^\| (\S+) \| `(\w+)` \| (.+) \| (.*) \|$", SECTIONS[kind.key], re.MULTILINE)
        assert [(chinese, key) for chinese, key, *_ in rows] == [(c.chinese, c.key) for c in kind.columns]
        assert [also for *_, also, _note in rows] == ["、".join(c.also) or "—" for c in kind.columns]
        assert all(column.note in note for column, (*_, note) in zip(kind.columns, rows, strict=True))


def test_every_word_of_every_choice_is_listed() -> None:
    for member, words in (pair for kind in WORDS.values() for pair in kind.items()):
        assert f"| {'、'.join(words)} | `{member.value}` |" in MANUAL
    for words in (YES, NO):
        assert f"| {'、'.join(words)} |" in MANUAL


def test_the_examples_make_a_plan(session: Session, tmp_path: Path) -> None:
    for key, section in SECTIONS.items():
        (example,) = re.findall(r"```csv\n(.*?)```", section, re.DOTALL)
        (tmp_path / f"{key}.csv").write_text(example, encoding="utf-8")
    outcome = import_plan(session, tmp_path, None, "考核办", datetime(2023, 11, 3, 4, tzinfo=UTC))
    assert set(outcome.tallies) == {kind.key for kind in SHEETS} | {"contacts"}
