"""What an act on a warning is noted as, and why one was refused, in words for the person who asked."""

from datetime import date

from diaodu.actions.warning_post import Held
from diaodu.actions.wording import ACTS, EXEMPTIONS, STATES
from diaodu.language import _
from diaodu.rules.act import Asked, Refusal, leads_to
from diaodu.rules.level import Level
from diaodu.rules.warning import TRANSITIONS, Act
from diaodu.storage.warning import Known


def note_words(asked: Asked, exempt_until: date | None, reason: str | None) -> str | None:
    """The event's note: the reason, and what the act names besides it."""
    if asked.act is Act.EXEMPT and asked.exemption is not None:
        return _("{ground}，豁免至{day}，{approver}批准：{reason}").format(
            ground=EXEMPTIONS[asked.exemption], day=exempt_until, approver=asked.approver, reason=reason
        )
    words = {
        Act.PLAN: _("{day}前完成：{reason}"),
        Act.POSTPONE: _("暂缓至{day}：{reason}"),
        Act.HAND_OVER: _("移交{owner}：{reason}"),
    }.get(asked.act)
    return words.format(day=asked.until, owner=asked.owner, reason=reason) if words else reason


def refusal_words(why: Refusal, known: Known, asked: Asked, level: Level | None) -> str:
    """Why not, and what would be right."""
    act, warning = ACTS[asked.act], known.warning
    if why is Refusal.NOT_FROM_HERE:
        others = [a for a in Act if a not in TRANSITIONS[warning.state] and leads_to(warning.state, a, level)]
        possible = "、".join(ACTS[a] for a in (*TRANSITIONS[warning.state], *others)) or _("无")
        return _("预警 {id} 现为“{state}”，不能{act}；此时可以：{possible}。").format(
            id=warning.id, state=STATES[warning.state], act=act, possible=possible
        )
    return {
        Refusal.NO_NAME: _("请写明经办人。"),
        Refusal.NO_REASON: _("{act}须写明理由或内容。"),
        Refusal.OWN_WORK: _("{actor}报送过预警 {id} 的整改计划或佐证，或是其责任人，不能由本人{act}。"),
        Refusal.NOTHING_HELD: _("预警 {id} 尚未发出过，没有可以退回的等级；不同意发出的，请撤回。"),
        Refusal.ENDS_TOO_EARLY: _("{act}的日期不能早于今天；暂缓的，须晚于今天。"),
        Refusal.NO_DAY: _("{act}须写明日期：整改计划的完成日，或暂缓到哪一天。"),
        Refusal.NO_LEVEL: _("{act}须写明改为哪个等级。"),
        Refusal.NO_GROUND: _("豁免须写明类型：{grounds}。"),
        Refusal.NO_APPROVER: _("豁免须写明批准人。"),
        Refusal.NO_OWNER: _("移交须写明由谁接办。"),
        Refusal.NO_SIGNER: _("这个等级的通知书由{signer}签发，请写明签发人姓名。"),
        Refusal.NO_OPINION: _("这个等级的核验须写明书面意见。"),
        Refusal.TOO_LATE: _("预警 {id} 应于{rectify_due}前整改到位，整改计划的完成日不能更晚。"),
        Refusal.NO_PLACE: _("写了约谈时间，请一并写明地点。"),
    }[why].format(
        act=act,
        actor=asked.actor.strip(),
        id=warning.id,
        grounds="、".join(EXEMPTIONS.values()),
        signer=level.duty.signer if level else None,
        rectify_due=warning.rectify_due,
    )


def held_words(held: Held) -> str:
    """What a unit was not told, why, and when it can go at last."""
    return _("本周给该单位的消息已满 {most} 条，{warnings} 件预警的催办最早 {day} 再发").format(
        most=held.most, warnings=held.warnings, day=held.goes_on
    )
