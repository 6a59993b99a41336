"""Notices as official documents: the rows of the form, and the same words whenever they are written."""

from dataclasses import replace
from datetime import date

import pytest

from diaodu.actions.notice_document import document
from diaodu.briefing import as_word
from diaodu.briefing.document import Attachment, Signature, Title, texts
from diaodu.rules.notice import TITLES, Body, Item, demand, from_json, number, to_json
from diaodu.rules.routing import NoticeKind

ITEM = Item(
    warning_id=1,
    indicator="重点项目投资",
    words="截至10月31日完成重点项目投资50.0亿元，低于序时进度20.8个百分点，亮黄灯。",
    required="66.7亿元（83.3%）",
    actual="50.0亿元（62.5%）",
    gap="低于序时进度20.8个百分点",
    level="黄灯",
    colour="yellow",
    clause="《红黄绿灯》“黄灯”：与序时差距（个百分点）<-10",
    reply_due="2023-11-13",
)
BODY = Body(
    kind=NoticeKind.WARNING,
    serial=5,
    number="某考办预警〔2023〕5号",
    issuer="某区考核办",
    unit="西区",
    as_of="2023-10-31",
    day="2023-11-08",
    demand=demand(NoticeKind.WARNING, date(2023, 11, 13), False),
    contact="王某，0571-12345678",
    items=(ITEM, replace(ITEM, warning_id=2, indicator="开工项目")),
    reply_due="2023-11-13",
)


def test_a_warning_notice_has_every_row_of_the_form() -> None:
    said = texts(document(BODY))
    for row in (
        "编号",
        "被预警单位",
        "序时要求",
        "实际完成",
        "差距",
        "预警级别",
        "依据条款",
        "整改要求与时限",
        "反馈联系人",
        "回执",
    ):
        assert row in said
    for fact in (BODY.number, "西区", ITEM.required, ITEM.actual, ITEM.gap, ITEM.clause, BODY.demand, BODY.contact):
        assert fact in said
    assert said.count(ITEM.clause) == 1
    assert "2023年11月13日前" in BODY.demand


def test_it_ends_with_a_slip_to_send_back() -> None:
    *_, slip, table = document(BODY).blocks
    assert slip == Attachment("附件", "预警通知单回执")
    assert [row.cells[0].text for row in table.rows][2:] == [  # type: ignore[union-attr]
        "签收人及时间",
        "原因分析",
        "整改措施",
        "责任人",
        "预计完成日",
        "单位意见（盖章）",
    ]


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_each_kind_has_its_title_number_and_signature(kind: NoticeKind) -> None:
    blocks = document(replace(BODY, kind=kind)).blocks
    assert blocks[0] == Title((TITLES[kind],))
    assert Signature("某区考核办", "2023年11月8日") in blocks
    assert any(isinstance(block, Attachment) for block in blocks) == (kind is not NoticeKind.CHASE)


def test_kinds_are_numbered_apart() -> None:
    numbers = {number("浙水考办", kind, 2023, 5) for kind in NoticeKind}
    assert "浙水考办预警〔2023〕5号" in numbers
    assert len(numbers) == len(NoticeKind)


def test_a_deadline_in_a_year_not_announced_says_so() -> None:
    assert "时限为暂定" in demand(NoticeKind.WARNING, date(2027, 1, 8), True)
    assert demand(NoticeKind.CHASE, None, False).endswith("研判进度。")


def test_the_words_kept_give_the_same_file_again() -> None:
    assert from_json(to_json(BODY)) == BODY
    assert as_word.write(document(from_json(to_json(BODY)))) == as_word.write(document(BODY))
