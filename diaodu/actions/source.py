"""What people do to sources."""

from datetime import datetime

from sqlmodel import Session

from diaodu.storage import audit
from diaodu.storage.source import add
from models.source import Source


def register(session: Session, source: Source, actor: str, at: datetime) -> None:
    """Have a source read at every collection from now on; raises NameTaken."""
    add(session, source)
    detail = {"kind": source.kind, "location": source.location}
    audit.record(session, actor, "source.add", f"{source.scheme_id} {source.name}", detail, at)
