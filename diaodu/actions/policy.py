"""Putting the office's rules into force: read, appended as a revision, and written into the audit."""

from datetime import date, datetime

from sqlmodel import Session

from diaodu.rules.policy import Policy, read_policy
from diaodu.storage.audit import record
from diaodu.storage.policy import add_policy, policies
from diaodu.templating import SHIPPED
from models.policy_version import PolicyVersion


def apply_policy(
    session: Session,
    scheme_id: int,
    code: str,
    text: str,
    effective_from: date,
    actor: str,
    now: datetime,
    recorded_at: datetime | None = None,
) -> PolicyVersion | None:
    """The new revision in force from a day on; None when these rules are already the newest ones for that day.

    `recorded_at` is given for rules of the past that are entered later. Raises PolicyFaults.
    """
    policy = read_policy(text, code)
    known_from = recorded_at or now
    applied = policies(session, scheme_id, known_from)
    newest = next((version for version in applied if version.effective_from == effective_from), None)
    if newest is not None and (newest.code, newest.document) == (code, text):
        return None
    version = add_policy(session, scheme_id, code, text, effective_from, known_from, actor)
    detail = {"name": policy.name, "revision": version.revision, "effective_from": effective_from}
    record(session, actor, "policy.apply", f"policy {code}", detail | {"recorded_at": known_from}, now)
    return version


def presets() -> dict[str, str]:
    """The texts of the policies shipped, by code."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((SHIPPED / "policies").glob("*.toml"))}


def preset_policies() -> list[Policy]:
    return [read_policy(text, code) for code, text in presets().items()]
