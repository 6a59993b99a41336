"""Drafts, archives and life stories of briefings as rows to list."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.briefing import Briefing

COLUMNS = {"what": _("内容"), "value": _("是什么"), "digest": _("哈希或理由")}
DRAFT_COLUMNS = {
    "id": _("编号"),
    "as_of": _("截至日"),
    "kind": _("种类"),
    "state_name": _("状态"),
    "drafted_by": _("拟稿"),
    "drafted": _("拟稿时间"),
    "corrects": _("更正哪一期"),
    "next_step": _("下一步"),
}
EVENT_COLUMNS = {
    "position": _("序"),
    "when": _("时间"),
    "act_name": _("操作"),
    "actor": _("经办人"),
    "state_name": _("此后状态"),
    "reason": _("理由"),
    "original": _("原文"),
    "edited": _("改为"),
}


def said(moment: datetime) -> str:
    """A moment in the office's zone, to the second."""
    from diaodu.clock import OFFICE_ZONE

    return moment.astimezone(OFFICE_ZONE).isoformat(timespec="seconds")


def clock(moment: datetime) -> str:
    """A moment as a table shows it: 2026-03-10 09:00 in the office's zone."""
    from diaodu.clock import OFFICE_ZONE

    return moment.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")


def archived(session: "Session", briefing: "Briefing") -> list[dict[str, Any]]:
    """What is kept of an issue, each with the hash it can be checked by."""
    from diaodu.storage.briefing import files_of
    from models.policy_version import PolicyVersion

    version = session.get(PolicyVersion, briefing.policy_version_id) if briefing.policy_version_id else None
    policy = f"{version.code} {version.revision}" if version else None
    rows: list[tuple[str, str | None, str | None]] = [(_("事实"), clock(briefing.known_at), briefing.digest)]
    rows.append((_("规则版本"), policy, None))
    rows.append((_("数据版本"), clock(briefing.drafted_at), briefing.data_version))
    rows += [(file.edition, file.path, file.digest) for file in files_of(session, briefing.id or 0)]
    rows += [(row["act_name"], f"{row['actor']} {row['when']}", row["reason"]) for row in lived(session, briefing)]
    return [{"what": what, "value": value, "digest": digest} for what, value, digest in rows]


def lived(session: "Session", briefing: "Briefing") -> list[dict[str, Any]]:
    """Every step of a briefing's life."""
    from diaodu.actions.briefing_words import ACTS, STATES
    from diaodu.storage.briefing_life import events

    return [
        event.model_dump(exclude={"id", "briefing_id", "recorded_at"})
        | {
            "at": said(event.recorded_at),
            "when": clock(event.recorded_at),
            "act_name": ACTS[event.act],
            "state_name": STATES[event.to_state],
        }
        for event in events(session, briefing.id or 0)
    ]


def waiting(session: "Session", scheme_id: int) -> list[dict[str, Any]]:
    """Drafts that wait, and what for."""
    from diaodu.actions.briefing_words import STATES
    from diaodu.rules.briefing import BriefingState
    from diaodu.storage.briefing_life import drafts
    from models.briefing import Briefing

    steps = {
        BriefingState.DRAFTED: _("审核：diaodu briefing review {id}"),
        BriefingState.REVIEWED: _("签发：diaodu briefing issue {id}"),
    }
    rows = []
    for draft in drafts(session, scheme_id):
        original = session.get(Briefing, draft.corrects_id) if draft.corrects_id else None
        rows.append(
            draft.model_dump(include={"id", "as_of", "kind", "state", "drafted_by", "digest"})
            | {
                "state_name": STATES[draft.state],
                "drafted_at": said(draft.drafted_at),
                "drafted": clock(draft.drafted_at),
                "corrects": original.number if original else None,
                "next_step": steps[draft.state].format(id=draft.id),
            }
        )
    return rows
