"""The English edition tells the same facts, and nothing of ours in it stays Chinese but the word it explains."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from diaodu.briefing.compose import Composed, compose
from diaodu.briefing.document import Attachment, Chart, Level, Paragraph, Table, Title, texts
from diaodu.briefing.kind_document import read_kind
from diaodu.briefing.kind_folder import shipped
from diaodu.rules.toml_table import TomlFaults
from tests.briefing import district
from tests.briefing.assessments import stored, zhejiang
from tests.briefing.months import told
from tests.briefing.situations import SITUATIONS

ENGLISH, MONTHLY = shipped("english"), shipped("monthly")
CHINESE = re.compile(r"[\u4e00-\u9fff]+|[，。；：（）、]")
EXPLAINED = "序时进度"


def _names(facts: Any) -> Iterator[str]:
    """Every text that the facts hold: names, units, people's words."""
    if isinstance(facts, str):
        yield facts
    elif isinstance(facts, dict | list):
        for part in facts.values() if isinstance(facts, dict) else facts:
            yield from _names(part)


def _strange(composed: Composed, facts: str) -> list[str]:
    """Chinese of our own in what is printed."""
    names = sorted(set(_names(json.loads(facts))) | {EXPLAINED}, key=len, reverse=True)
    ours = re.sub("|".join(map(re.escape, filter(None, names))), "", "\n".join(texts(composed.document)))
    return CHINESE.findall(ours)


@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_of_ours_stays_chinese(name: str) -> None:
    facts = SITUATIONS[name]()
    assert _strange(compose(facts, 3, ENGLISH), facts) == []


def test_zhejiangs_november_in_english() -> None:
    document = compose(stored(zhejiang()), 3, ENGLISH).document
    blocks = document.blocks
    assert (document.masthead.number, document.masthead.right) == ("No. 3", "5 December 2023")
    title = next(block for block in blocks if isinstance(block, Title))
    assert title.lines == ("2023年浙江省中央水利投资计划执行:", "progress by 30 November 2023")
    headings = [b.text for b in blocks if isinstance(b, Paragraph) and b.level is Level.FIRST]
    assert headings == ["I. Overview", "II. Main features", "III. Problems", "IV. Warnings", "V. What is asked next"]
    text = "\n".join(b.text for b in blocks if isinstance(b, Paragraph))
    assert (
        "总计 has a target of 708315 万元 and has reached 695475 万元, 98.2% complete, 6.5 percentage points ahead of "
        "schedule, 5.5 percentage points more than on 31 October 2023."
    ) in text
    assert "1 unit is overdue: 水土流失治理." in text
    table = next(block for block in blocks if isinstance(block, Table))
    assert [c.heading for c in table.columns] == [
        "Rank", "Unit", "Target", "Done", "Share done", "Gap", "Move", "Level",
    ]  # fmt: skip
    assert table.note == "Unit: 万元; schedule: 91.7%; gaps in percentage points"
    assert [cell.text for cell in table.rows[-1].cells][-1] == "not reported"
    chart = next(block for block in blocks if isinstance(block, Chart))
    assert (chart.caption, chart.mark_label) == ("Units by completion", "Schedule: 91.7%")
    assert [b.title for b in blocks if isinstance(b, Attachment)] == ["中央水利投资计划完成投资: results"]


def test_both_editions_print_the_same_table() -> None:
    facts = stored(zhejiang())
    chinese, english = (
        next(b for b in compose(facts, 3, kind).document.blocks if isinstance(b, Table)) for kind in (MONTHLY, ENGLISH)
    )
    figures = [[[c.text for c in row.cells[:-2]] for row in table.rows] for table in (chinese, english)]
    assert figures[0] == figures[1]


def test_a_correction_is_told_in_english_too() -> None:
    facts = json.loads(stored(zhejiang()))
    change = {
        "unit": "总计", "indicator": "中央水利投资计划完成投资", "what": "actual", "before": 1_000_000,
        "after": 2_000_000, "causes": ["corrected", "retargeted"], "details": [], "decimals": 0, "measure_unit": "万元",
    }  # fmt: skip
    facts["correction"] = {"number": "第2期", "issued_on": "2023-12-01", "reason": "误报", "changes": [change]}
    told = compose(json.dumps(facts), 3, ENGLISH)
    assert (
        "Correction: this issue replaces 第2期, issued on 1 December 2023. Reason: 误报. "
        "Figures before and after follow." in texts(told.document)
    )
    assert _strange(told, json.dumps(facts)) == []


def test_a_passage_without_an_english_writer_is_refused() -> None:
    text = ENGLISH.text.replace('["overview"]', '["leader_overview"]')
    with pytest.raises(TomlFaults, match="leader_overview"):
        read_kind(text, "english")


def test_every_table_and_chart_has_its_english_words() -> None:
    attachments = 'attachments = ["league", "bars", "heat_map", "trend", "movement", "by_category"]'
    kind = read_kind(re.sub("^attachments = .*$", attachments, ENGLISH.text, flags=re.MULTILINE), "own")
    for facts in (told(9), told(3, None), district.facts()):
        assert _strange(compose(facts, 3, kind), facts) == []
    titles = [b.title for b in compose(told(9), 3, kind).document.blocks if isinstance(b, Attachment)]
    assert titles == ["重点项目投资: results", "Units period by period", "Completion by period"]
