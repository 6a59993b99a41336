"""What `diaodu notice` shows: a row a notice, and all the ledger keeps of one."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.rules.notice import Body
    from models.delivery import Delivery
    from models.receipt import Receipt

COLUMNS = {
    "id": _("编号"), "number": _("文号"), "title": _("文书"), "unit_name": _("单位"), "items": _("事项"),
    "issued_at": _("发出"), "reply_due": _("答复时限"), "delivered": _("送达"), "read": _("阅读"), "signed": _("签收"),
}  # fmt: skip
LETTERS = {
    "channel": _("渠道"),
    "address": _("地址"),
    "state_name": _("状态"),
    "sent_at": _("送达时间"),
    "error": _("原因"),
}
RECEIPTS = {"act_name": _("事项"), "person": _("姓名"), "at": _("时间")}


def rows(session: "Session", scheme_id: int, at: datetime) -> list[dict[str, Any]]:
    """Every notice issued by a moment, the newest first, and how far it has come."""
    from diaodu.rules.notice import from_json
    from diaodu.storage.delivery import deliveries_of
    from diaodu.storage.notice import issued
    from diaodu.storage.receipt import receipts
    from diaodu.storage.unit import unit_ids

    found = issued(session, scheme_id, at)
    ids = [notice.id for notice in found if notice.id is not None]
    received, codes = receipts(session, ids, at), {i: code for code, i in unit_ids(session, scheme_id).items()}
    letters: dict[int | None, list[Delivery]] = {}
    for letter in deliveries_of(session, ids):
        letters.setdefault(letter.notice_id, []).append(letter)
    listed = []
    for notice in found:
        body = from_json(notice.body)
        sent, acts = letters.get(notice.id, []), received.get(notice.id or 0, [])
        listed.append(
            {
                "id": notice.id,
                "number": notice.number,
                "kind": notice.kind,
                "title": body.title,
                "unit": codes.get(notice.unit_id),
                "unit_name": body.unit,
                "as_of": notice.as_of,
                "items": len(body.items),
                "issued_at": _moment(notice.issued_at),
                "reply_due": notice.reply_due,
                "delivered": f"{sum(d.sent_at is not None and d.sent_at <= at for d in sent)}/{len(sent)}",
                "read": _names(acts, "read"),
                "signed": _names(acts, "signed"),
                "file": notice.file,
                "digest": notice.digest,
            }
        )
    return listed


def details(session: "Session", number: int, at: datetime) -> dict[str, Any]:
    """Exact words, what they rest on, recipients and receipts of one notice."""
    import json

    from diaodu.actions.wording import DELIVERIES
    from diaodu.rules.notice import from_json
    from diaodu.storage.delivery import deliveries_of
    from diaodu.storage.notice import items_of, policy_versions
    from diaodu.storage.receipt import receipts
    from models.notice import Notice

    notice = session.get(Notice, number)
    assert notice is not None
    body, items = json.loads(notice.body), items_of(session, number)
    said = [item["words"] for item in body["items"]] + [body["demand"], *_duties(from_json(notice.body))]
    grounds = _("依据：规则版本 {policies}，研判 {verdicts}").format(
        policies="、".join(map(str, policy_versions(session, number))) or "—",
        verdicts="、".join(str(item.verdict_id) for item in items if item.verdict_id) or "—",
    )
    return {
        "body": body,
        "policy_versions": policy_versions(session, number),
        "warnings": [{"warning_id": item.warning_id, "verdict_id": item.verdict_id} for item in items],
        "lines": [*said, grounds],
        "deliveries": [
            {
                "channel": letter.channel,
                "address": letter.address,
                "subject": letter.subject,
                "text": letter.text,
                "state": letter.state,
                "state_name": DELIVERIES[letter.state],
                "sent_at": _moment(letter.sent_at) if letter.sent_at else None,
                "error": letter.error,
            }
            for letter in deliveries_of(session, [number])
        ],
        "receipts": [
            {"act": r.act, "act_name": ACT_NAMES[r.act], "person": r.person, "at": _moment(r.at)}
            for r in receipts(session, [number], at).get(number, [])
        ],
    }


def _duties(body: "Body") -> list[str]:
    """What the level obliges to, and the places its notice could not reach."""
    said = (
        (_("签发人"), body.signer),
        (_("送达对象"), body.recipients),
        (_("无人担任"), "、".join(body.unfilled)),
        (_("约谈"), body.talk),
        (_("扣分"), body.points),
        (_("通报"), body.publicity),
    )
    return [f"{what}：{words}" for what, words in said if words]


ACT_NAMES = {"read": _("阅读"), "signed": _("签收")}


def _names(acts: "list[Receipt]", act: str) -> str | None:
    return "、".join(f"{r.person} {_moment(r.at)}" for r in acts if r.act == act) or None


def _moment(at: datetime) -> str:
    from diaodu.clock import OFFICE_ZONE

    return f"{at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}"
