"""签收: who read and signed a notice, once each; to sign is to acknowledge, and to acknowledge is to sign."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.receipt import read, sign
from diaodu.actions.warning import Refused
from diaodu.rules.routing import ReceiptAct
from diaodu.rules.warning import Act, WarningState
from diaodu.storage.notice import items_of, policy_versions
from diaodu.storage.receipt import receipts
from diaodu.templating import environment
from models.audit import Audit
from models.notice import Notice
from notifications.inbox import Inbox
from tests.small_office import IN_NOVEMBER, Office

LATER = IN_NOVEMBER + timedelta(days=1)
WAYS = [("inbox", Inbox().reach)]


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    made = Office(session, tmp_path)
    made.warn()
    return made


def received(office: Office, notice: Notice) -> list[tuple[ReceiptAct, str]]:
    found = receipts(office.session, [notice.id or 0], LATER).get(notice.id or 0, [])
    return [(receipt.act, receipt.person) for receipt in found]


def test_reading_is_put_down_once_and_signs_nothing(office: Office) -> None:
    (notice,) = office.notices()
    assert read(office.session, notice, "王某", IN_NOVEMBER)
    assert not read(office.session, notice, " 王某 ", LATER)
    assert read(office.session, notice, "赵某", LATER)
    assert received(office, notice) == [(ReceiptAct.READ, "王某"), (ReceiptAct.READ, "赵某")]
    assert [w.state for w in office.warnings()] == [WarningState.ISSUED]
    assert receipts(office.session, [notice.id or 0], IN_NOVEMBER)[notice.id or 0][0].at == IN_NOVEMBER


def test_to_sign_a_notice_acknowledges_its_warnings(office: Office) -> None:
    (notice,) = office.notices()
    assert sign(office.session, notice, "王某", WAYS, environment(), IN_NOVEMBER)
    assert [w.state for w in office.warnings()] == [WarningState.ACKNOWLEDGED]
    assert received(office, notice) == [(ReceiptAct.SIGNED, "王某")]
    assert not sign(office.session, notice, "王某", WAYS, environment(), LATER)
    assert office.events()[-1].actor == "王某"
    actions = [audit.action for audit in office.session.exec(select(Audit))]
    assert {"notice.signed", "warning.acknowledge"} <= set(actions)


def test_to_acknowledge_a_warning_signs_the_notice_that_told_of_it(office: Office) -> None:
    office.act(Act.ACKNOWLEDGE, "王某")
    (notice,) = office.notices()
    assert received(office, notice) == [(ReceiptAct.SIGNED, "王某")]


def test_nobody_signs_without_a_name(office: Office) -> None:
    (notice,) = office.notices()
    with pytest.raises(Refused, match="签收人"):
        sign(office.session, notice, "  ", WAYS, environment(), IN_NOVEMBER)
    assert received(office, notice) == []


def test_a_notice_knows_the_judgements_and_the_policy_it_rests_on(office: Office) -> None:
    (notice,) = office.notices()
    (item,) = items_of(office.session, notice.id or 0)
    assert item.verdict_id == office.events()[-1].verdict_id
    assert item.verdict_id is not None
    assert len(policy_versions(office.session, notice.id or 0)) == 1
