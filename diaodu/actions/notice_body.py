"""The words of one notice, put together from all it tells of and from who signed it (通知书正文)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from diaodu.actions.addressing import Addressed
from diaodu.actions.matter import Matter
from diaodu.rules.notice import LATER, Body, demand
from diaodu.rules.quantity import plain, to_micro
from diaodu.rules.series import number
from diaodu.rules.workday import Workdays
from models.scheme_version import SchemeVersion


@dataclass(frozen=True, slots=True)
class Issued:
    """By whom a notice was signed, and when and where the talk it announces is to be; nothing of one that leaves by
    itself."""

    signer: str | None = None
    meeting: str | None = None


BY_ITSELF = Issued()


@dataclass(frozen=True, slots=True)
class Head:
    """What a notice bears besides its items."""

    serial: int
    contact: str
    sent: Addressed
    issued: Issued


def body_of(
    scheme: SchemeVersion, as_of: date, day: date, workdays: Workdays, head: Head, listed: Sequence[Matter]
) -> Body:
    """One notice of all that is listed, dated `day`; the earliest of its items' terms is its own."""
    first = listed[0]
    reply, rectify = _earliest(m.reply_due for m in listed), _earliest(m.rectify_due for m in listed)
    provisional = any(due is not None and workdays.is_provisional(due) for due in (reply, rectify))
    return Body(
        kind=first.kind,
        serial=head.serial,
        number=number(scheme.number_prefix, first.kind, day.year, head.serial),
        issuer=scheme.issuer,
        unit=first.unit_name,
        as_of=as_of.isoformat(),
        day=day.isoformat(),
        demand=demand(first.kind, reply, provisional, rectify, head.issued.meeting),
        contact=head.contact,
        items=tuple(m.item for m in listed),
        reply_due=reply.isoformat() if reply else None,
        provisional=provisional,
        rectify_due=rectify.isoformat() if rectify else None,
        signer=_signer(listed, head.issued.signer),
        recipients=head.sent.words,
        unfilled=head.sent.unfilled,
        points=_points(listed),
        talk=_talk(listed, head.issued.meeting),
        publicity=_joined(m.duty.publicity for m in listed),
    )


def _earliest(days: Iterable[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _joined(words: Iterable[str | None]) -> str | None:
    return "、".join(dict.fromkeys(word for word in words if word)) or None


def _signer(listed: Sequence[Matter], name: str | None) -> str | None:
    """Who the policy wants to sign, and who did: 分管副县长 张某."""
    return " ".join(said for said in (_joined(m.duty.signer for m in listed), name) if said) or None


def _points(listed: Sequence[Matter]) -> str | None:
    """What all items cost together; None where none does."""
    costs = [to_micro(m.item.points) for m in listed if m.item.points is not None]
    return f"{plain(sum(costs))}分" if costs else None


def _talk(listed: Sequence[Matter], meeting: str | None) -> str | None:
    """Who talks to whom, when and where."""
    talks = [m.duty.interview for m in listed if m.duty.interview is not None]
    if not talks:
        return None
    return f"{_joined(f'{talk.by}约谈{talk.whom}' for talk in talks)}，{meeting or LATER}"
