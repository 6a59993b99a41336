"""Putting the office's rules into force: read, appended as a revision, and written into the audit."""

from datetime import date, datetime

from sqlmodel import Session

from diaodu.rules.policy import read_policy
from diaodu.storage.audit import record
from diaodu.storage.policy import add_policy, policies
from models.policy_version import PolicyVersion


def apply_policy(
    session: Session, scheme_id: int, code: str, text: str, effective_from: date, actor: str, now: datetime
) -> PolicyVersion | None:
    """The new revision in force from a day on; None when these rules are already the newest ones for that day.

    Raises PolicyFaults. What was judged before keeps the revision it was judged by.
    """
    policy = read_policy(text, code)
    applied = policies(session, scheme_id, now)
    newest = next((version for version in applied if version.effective_from == effective_from), None)
    if newest is not None and (newest.code, newest.document) == (code, text):
        return None
    version = add_policy(session, scheme_id, code, text, effective_from, now, actor)
    detail = {"name": policy.name, "revision": version.revision, "effective_from": effective_from}
    record(session, actor, "policy.apply", f"policy {code}", detail, now)
    return version
