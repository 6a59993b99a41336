"""Reading a notice and signing for it (签收): who and when; to sign is to acknowledge every warning it lists."""

from datetime import datetime

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.actions.notice import Ways
from diaodu.actions.warning import Refused, act
from diaodu.language import _
from diaodu.rules.act import Asked
from diaodu.rules.routing import ReceiptAct
from diaodu.rules.warning import Act, WarningState
from diaodu.storage import audit, fire
from diaodu.storage.notice import items_of
from diaodu.storage.receipt import receive
from diaodu.storage.warning import known
from models.notice import Notice


def read(session: Session, notice: Notice, person: str, at: datetime) -> bool:
    """Put down that someone has read a notice; False when they had. Raises Refused without a name."""
    return _receive(session, notice, ReceiptAct.READ, person, at)


def sign(
    session: Session, notice: Notice, person: str, ways: Ways, templates: SandboxedEnvironment, at: datetime
) -> bool:
    """Sign for a notice, and so for each of its warnings that waits for it; False when they had. Raises Refused."""
    fire.lock(session, notice.scheme_id)
    assert notice.id is not None
    listed = [item.warning_id for item in items_of(session, notice.id)]
    found = known(session, notice.scheme_id, listed)
    waiting = [i for i in listed if i in found and found[i].warning.state is WarningState.ISSUED]
    signed = _receive(session, notice, ReceiptAct.SIGNED, person, at)
    if waiting:
        act(session, notice.scheme_id, waiting, Asked(Act.ACKNOWLEDGE, person), ways, templates, at)
    return signed


def _receive(session: Session, notice: Notice, done: ReceiptAct, person: str, at: datetime) -> bool:
    name = person.strip()
    if not name:
        raise Refused(_("请写明签收人。"))
    assert notice.id is not None
    if not receive(session, notice.id, done, name, at):
        return False
    audit.record(session, name, f"notice.{done}", f"notice {notice.id}", {"number": notice.number}, at)
    return True
