"""分发名单: the office says which edition goes to which role or person; lines are added and removed, never changed."""

from datetime import datetime

from sqlmodel import Session

from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.rules.distribution import Edition
from diaodu.storage import audit
from diaodu.storage import distribution as store
from diaodu.storage.person import people
from models.distribution import Distribution


class NotListed(Exception):
    """The list is not changed, and why, in words for the person who asked."""


def add(
    session: Session,
    scheme_id: int,
    edition: Edition,
    role: Role | None,
    person: str | None,
    kind: str | None,
    actor: str,
    at: datetime,
) -> Distribution:
    """Put a role or a person, by name, on the list. Raises NotListed."""
    if (role is None) == (person is None):
        raise NotListed(_("请写明角色或联系人之一。"))
    person_id = None if person is None else _person(session, scheme_id, person)
    said = (edition, role, person_id, kind)
    for line in store.lines(session, scheme_id):
        if (line.edition, line.role, line.person_id, line.kind) == said:
            raise NotListed(_("名单里已有这一行，编号 {id}。").format(id=line.id))
    line = Distribution(
        scheme_id=scheme_id,
        edition=edition,
        role=role,
        person_id=person_id,
        kind=kind,
        added_by=actor.strip(),
        added_at=at,
    )
    session.add(line)
    session.flush()
    _record(session, "distribution.add", line, actor, at)
    return line


def remove(session: Session, scheme_id: int, number: int, actor: str, at: datetime) -> Distribution:
    """Take a line off the list; messages that wait by it do not leave. Raises NotListed."""
    line = store.line(session, scheme_id, number)
    if line is None:
        raise NotListed(_("名单里没有编号为 {id} 的行。").format(id=number))
    line.removed_by, line.removed_at = actor.strip(), at
    session.add(line)
    session.flush()
    _record(session, "distribution.remove", line, actor, at)
    return line


def _person(session: Session, scheme_id: int, name: str) -> int:
    found = [one for one in people(session, scheme_id) if one.name == name.strip()]
    if len(found) != 1 or found[0].id is None:
        known = "、".join(dict.fromkeys(one.name for one in people(session, scheme_id))) or _("无")
        right = _("没有（或不止一个）名为“{name}”的联系人；现有：{known}").format(name=name, known=known)
        raise NotListed(right)
    return found[0].id


def _record(session: Session, action: str, line: Distribution, actor: str, at: datetime) -> None:
    detail = line.model_dump(include={"edition", "role", "person_id", "kind"})
    audit.record(session, actor.strip(), action, f"distribution {line.id}", detail, at)
