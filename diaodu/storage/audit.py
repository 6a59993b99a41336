"""Who did what, when (审计): rows that are only ever added, each sealed with the hash of the one before."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select, text

from models.audit import Audit

FIRST = "0" * 64
"""What the first row stands on."""
WRITE_LOCK = 0x61756474
"""Key of the PostgreSQL advisory lock that lets one writer at a time extend the chain; SQLite has one writer anyway."""


def record(session: Session, actor: str, action: str, subject: str, detail: Mapping[str, Any], at: datetime) -> Audit:
    """Add one row in the transaction of what it tells of; other writers wait until that transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITE_LOCK})
    words = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    row = Audit(at=at, actor=actor, action=action, subject=subject, detail=words, previous=newest(session), digest="")
    row.digest = _digest(row)
    session.add(row)
    session.flush()
    return row


def recorded(session: Session, action: str, subject: str) -> bool:
    """Whether this was ever done."""
    return session.exec(select(Audit.id).where(Audit.action == action, Audit.subject == subject)).first() is not None


def newest(session: Session) -> str:
    """The digest of the last row. Written down elsewhere it proves later that no row was cut off the end."""
    return session.exec(select(Audit.digest).order_by(col(Audit.id).desc()).limit(1)).first() or FIRST


def verify(session: Session) -> Audit | None:
    """The first row that does not follow from the one before it, or whose words were changed; None when all is well."""
    previous = FIRST
    with session.exec(select(Audit).order_by(col(Audit.id)).execution_options(yield_per=1000)) as rows:
        for row in rows:
            if row.previous != previous or row.digest != _digest(row):
                return row
            previous = row.digest
    return None


def _digest(row: Audit) -> str:
    """SHA-256 over the row before and everything this one says."""
    moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    words = [row.previous, moment, row.actor, row.action, row.subject, row.detail]
    return sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()
