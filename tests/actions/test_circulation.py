"""A briefing goes to whom the list names and may have it when it leaves; whoever got it hears of its end."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from diaodu.actions.briefing import as_printed
from diaodu.actions.circulation import circulate, recall
from diaodu.actions.distribution import NotListed, add, remove
from diaodu.briefing.document import texts
from diaodu.briefing.issue import document
from diaodu.rules.access import Role
from diaodu.rules.briefing import BriefingAct, Circulation
from diaodu.rules.distribution import Edition
from diaodu.rules.routing import DeliveryState
from diaodu.storage import distribution as store
from diaodu.storage.briefing import files_of
from diaodu.storage.session import transaction
from models.briefing import Briefing
from models.delivery import Delivery
from models.person import Person
from notifications.outbox import Outbox
from tests.drafting import SIGNER, Drafting
from tests.notifications.post import Clock, Scripted
from tests.small_office import OCT

_HOUR = timedelta(hours=1)


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Drafting:
    """A leader of the office's, and people of both districts, all on the list for the whole briefing."""
    desk = Drafting(session, tmp_path)
    plan = desk.office.plan
    desk.office.person("赵某", None, Role.LEADER, mail="leader@example.cn")
    desk.office.person("东某", plan.east, Role.REPORTER, mail="east@example.cn")
    desk.office.person("西某", plan.west, Role.REPORTER, mail="west@example.cn")
    for role in (Role.LEADER, Role.REPORTER):
        add(session, desk.scheme_id, Edition.FULL, role, None, None, SIGNER, desk.now)
    return desk


def _sent(desk: Drafting, briefing: Briefing) -> list[Delivery]:
    circulate(desk.session, desk.office.issuer(OCT, desk.now), briefing)
    return list(desk.session.exec(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]


def test_everybody_on_the_list_is_sent_the_pdf(desk: Drafting) -> None:
    sent = _sent(desk, desk.issued())
    assert [delivery.address for delivery in sent] == ["leader@example.cn", "east@example.cn", "west@example.cn"]
    assert {delivery.subject for delivery in sent} == {"考核工作简报第1期"}
    assert all((desk.home / (delivery.attachment or "")).read_bytes().startswith(b"%PDF") for delivery in sent)


def test_an_internal_one_does_not_go_to_units(desk: Drafting) -> None:
    issued = desk.issued()
    issued.circulation = Circulation.INTERNAL
    assert [delivery.address for delivery in _sent(desk, issued)] == ["leader@example.cn"]


def test_leaders_get_their_page_and_each_unit_its_own_sheet_and_no_other(desk: Drafting) -> None:
    for line in store.lines(desk.session, desk.scheme_id):
        remove(desk.session, desk.scheme_id, line.id or 0, SIGNER, desk.now)
    for edition in (Edition.LEADER, Edition.UNIT):
        for role in (Role.LEADER, Role.REPORTER):
            add(desk.session, desk.scheme_id, edition, role, None, None, SIGNER, desk.now)
    issued = desk.issued()
    got = {delivery.address: (delivery.attachment or "").rpartition("-")[2] for delivery in _sent(desk, issued)}
    assert got == {"leader@example.cn": "领导专页.pdf", "east@example.cn": "east.pdf", "west@example.cn": "west.pdf"}
    kept = files_of(desk.session, issued.id or 0)
    assert {file.edition for file in kept} == {"full", "leader", "unit:east", "unit:west"}
    assert all(sha256((desk.home / file.path).read_bytes()).hexdigest() == file.digest for file in kept)
    sheet = texts(document(as_printed(desk.session, issued), "unit:east"))
    assert "东区" in "".join(sheet)
    assert "西区" not in "".join(sheet)


def test_rights_are_asked_again_when_it_leaves(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        desk = Drafting(session, tmp_path)
        plan = desk.office.plan
        for name, unit in (("赵某", None), ("东某", plan.east), ("西某", plan.west)):
            desk.office.person(name, unit, Role.LEADER, mail=f"{name}@example.cn")
        line = add(session, desk.scheme_id, Edition.FULL, Role.LEADER, None, None, SIGNER, desk.now)
        _sent(desk, desk.issued())
        session.exec(select(Person).where(Person.name == "东某")).one().active = False
    channel = Scripted()
    with transaction(engine) as session:
        session.exec(select(Delivery).where(Delivery.address == "西某@example.cn")).one().not_before += _HOUR
    outbox = Outbox(engine, {"mail": channel}, tmp_path, "x", Clock(desk.now))
    assert (outbox.drain().sent, [message.address for message in channel.sent]) == (1, ["赵某@example.cn"])
    with transaction(engine) as session:
        remove(session, desk.scheme_id, line.id or 0, SIGNER, desk.now)
    outbox = Outbox(engine, {"mail": channel}, tmp_path, "x", Clock(desk.now + _HOUR))
    assert outbox.drain().dropped == 1
    with transaction(engine) as session:
        kept = {d.address: (d.state, d.error_code) for d in session.exec(select(Delivery))}
    assert kept["东某@example.cn"] == kept["西某@example.cn"] == (DeliveryState.FAILED, "withheld")


def test_whoever_received_it_is_told_when_it_is_withdrawn_and_the_rest_never_get_it(desk: Drafting) -> None:
    issued = desk.issued()
    first, *_others = _sent(desk, issued)
    first.state, first.sent_at = DeliveryState.SENT, desk.now
    desk.session.add(first)
    desk.act(issued, BriefingAct.WITHDRAW, SIGNER, "数字有误")
    assert recall(desk.session, desk.office.issuer(OCT, desk.now), issued, "数字有误") == 1
    last = desk.session.exec(select(Delivery).order_by(Delivery.id.desc())).first()  # type: ignore[union-attr]
    assert last is not None
    assert (last.address, last.subject, last.attachment) == ("leader@example.cn", "考核工作简报第1期已撤回", None)
    assert "原因：数字有误" in last.text
    waiting = desk.session.exec(select(Delivery).where(Delivery.address == "east@example.cn")).one()
    assert store.withheld_now(desk.session, waiting) == "withdrawn"
    assert store.withheld_now(desk.session, last) is None


def test_a_line_is_not_put_on_twice_nor_for_nobody(desk: Drafting) -> None:
    at = desk.now
    with pytest.raises(NotListed, match="已有这一行"):
        add(desk.session, desk.scheme_id, Edition.FULL, Role.LEADER, None, None, SIGNER, at)
    with pytest.raises(NotListed, match="名为“无名”的联系人；现有：赵某、东某、西某"):
        add(desk.session, desk.scheme_id, Edition.FULL, None, "无名", None, SIGNER, at)
    with pytest.raises(NotListed, match="角色或联系人之一"):
        add(desk.session, desk.scheme_id, Edition.FULL, None, None, None, SIGNER, at)
    with pytest.raises(NotListed, match="没有编号为 99"):
        remove(desk.session, desk.scheme_id, 99, SIGNER, at)
