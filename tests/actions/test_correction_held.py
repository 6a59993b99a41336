"""A correction is held against what entry demands, and whom its decision concerns hears of it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.correction import Refused
from diaodu.rules.access import Role
from diaodu.rules.correction import CorrectionState, Refusal
from diaodu.rules.indicator import Kind
from models.definition import Definition
from models.delivery import Delivery
from tests.reviewing import LATER, MUCH_LATER, NOVEMBER, Reviewing

SOON = MUCH_LATER + timedelta(hours=1)


@pytest.fixture
def house(session: Session, tmp_path: Path) -> Reviewing:
    """East at 110 of 120 (green, first), west at 64 of 80 (11.7 points behind: yellow, second), both confirmed."""
    house = Reviewing(session, tmp_path)
    house.confirm(east="110", west="64")
    house.check()
    return house


def demand(house: Reviewing, **columns: Any) -> None:
    """Let every definition demand this."""
    for definition in house.session.exec(select(Definition)):
        definition.sqlmodel_update(columns)


WRONG = (
    # what is demanded, the wish, and what is wrong with it
    ({}, {"value": "64.05"}, ("小数太多，本指标最多 1 位",)),
    ({"evidence_required": True}, {"evidence": " "}, ("本指标须附佐证，请填文件名或网址",)),
    ({"lowest": 80_000_000}, {}, ("低于本指标的下限 80",)),
    (
        {"highest": 70_000_000, "evidence_required": True},
        {"evidence": None},
        ("高于本指标的上限 70", "本指标须附佐证，请填文件名或网址"),
    ),
    ({"kind": Kind.COUNT}, {"value": "79.5"}, ("个数、位次和完成的节点数应为整数",)),
)


@pytest.mark.parametrize(("demanded", "wish", "words"), WRONG)
def test_what_would_not_be_taken_at_entry_is_no_correction_either(
    house: Reviewing, demanded: dict[str, Any], wish: dict[str, Any], words: tuple[str, ...]
) -> None:
    """And no comment helps."""
    demand(house, **demanded)
    with pytest.raises(Refused) as refused:
        house.wish(**({"value": "79"} | wish), justification="已核实")
    assert (refused.value.why, refused.value.words) == (Refusal.INVALID, words)


DOUBTFUL = (
    # what is demanded, the value, and what is doubtful about it
    ({}, "10", ("较 2023-10-31 的 50 减少 40，累计数不应减少",)),
    ({"most_change": 50_000_000}, "90", ("较 2023-10-31 的 50 变动 80%，超过 50%",)),
    ({"most_excess": 5_000_000}, "88", ("完成率 110%，超出 100% 达 10 个百分点，多于 5 个",)),
)


@pytest.mark.parametrize(("demanded", "value", "words"), DOUBTFUL)
def test_what_is_doubted_at_entry_wants_a_comment(
    house: Reviewing, demanded: dict[str, Any], value: str, words: tuple[str, ...]
) -> None:
    demand(house, **demanded)
    with pytest.raises(Refused) as refused:
        house.wish(value)
    assert (refused.value.why, refused.value.words) == (Refusal.DOUBTFUL, words)
    house.decide(house.wish(value, justification="逐项目核对台账"), at=SOON)
    newest, *_older = house.numbers("west", SOON)
    assert newest.justification == "逐项目核对台账"


def test_what_became_wrong_or_doubtful_while_it_waited_is_not_approved(house: Reviewing) -> None:
    asked = house.wish("79")
    house.office.plan.report(house.request("west").target_id, date(2023, 12, 10), "70", MUCH_LATER)
    with pytest.raises(Refused) as refused:
        house.decide(asked, at=SOON)
    assert refused.value.why is Refusal.DOUBTFUL
    assert refused.value.words == ("比后一期 2023-12-10 的 70 多 9，累计数不应减少",)
    assert house.decide(asked, approved=False, at=SOON).state is CorrectionState.REFUSED


def letters(house: Reviewing) -> dict[str, Delivery]:
    """What was written about corrections, by address."""
    found = house.session.exec(select(Delivery).where(col(Delivery.subject).contains("更正")))
    return {one.address: one for one in found}


@pytest.fixture
def people(house: Reviewing) -> None:
    house.office.person("王某", house.office.plan.west, mail="west@example.cn")
    house.office.person("赵某", house.office.plan.east, mail="east@example.cn")
    house.office.person("李某", role=Role.OFFICE, mail="office@example.cn")


@pytest.mark.usefixtures("people")
def test_the_unit_and_who_asked_hear_what_was_decided_and_what_it_moved(house: Reviewing) -> None:
    house.office.warn(NOVEMBER, LATER)
    house.decide(house.wish("79"))
    found = letters(house)
    assert set(found) == {"west@example.cn", "office@example.cn", "east@example.cn", "reporter@east.cn"}
    told = found["west@example.cn"]
    assert told.subject == "西区：截至11月30日的重点项目投资更正已批准"
    assert "李某申请将截至11月30日的重点项目投资由64更正为79（更正第1号），考核办已批准。" in told.text
    assert "理由：佐证属实" in told.text
    assert "研判由黄灯变为绿灯，位次由第2变为第1" in told.text
    assert "预警下次研判时恢复销号" in told.text
    assert found["office@example.cn"].text == told.text
    assert "位次由第1变为第2" in found["east@example.cn"].text
    assert "79" in found["east@example.cn"].text


@pytest.mark.usefixtures("people")
def test_a_refusal_is_told_with_its_reason_and_to_nobody_else(house: Reviewing) -> None:
    house.decide(house.wish("79"), approved=False, reason="佐证不足")
    found = letters(house)
    assert set(found) == {"west@example.cn", "office@example.cn"}
    assert "考核办未批准，原数不变" in found["west@example.cn"].text
    assert "理由：佐证不足" in found["west@example.cn"].text
    assert "变动" not in found["west@example.cn"].text
