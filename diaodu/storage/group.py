"""The groups units are ranked in."""

from sqlmodel import Session, select

from models.group import Group


def group_ids(session: Session, scheme_id: int) -> dict[str, int]:
    """Ids of a scheme's groups by name."""
    found = session.exec(select(Group.name, Group.id).where(Group.scheme_id == scheme_id))
    return {name: group_id for name, group_id in found if group_id is not None}
