"""The fields of a notice's template (模板字段): what the office may write between braces, and what each becomes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaodu.briefing.document import Tone, chinese_day
from diaodu.briefing.word_table import FILLS
from diaodu.rules.notice import WHOLE_UNIT, Body, Item
from diaodu.rules.routing import NoticeKind

ITEMS, CLAUSES = "事项表", "依据表"
"""Lists: what a template may go through with `for`."""
NO_FILL = "FFFFFF"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A name with its meaning and how it is read from the facts."""

    name: str
    meaning: str
    read: Callable[[Any], str]
    required: bool = False


def _day(iso: str | None) -> str:
    return chinese_day(date.fromisoformat(iso)) if iso else "—"


def _fill(colour: str | None) -> str:
    return FILLS[Tone(colour)] if colour in {tone.value for tone in Tone} else NO_FILL


def worst(body: Body) -> Item | None:
    """The item of the most severe level, the first of several."""
    return max(body.items, key=lambda item: item.severity, default=None)


def _worst(read: Callable[[Item], str]) -> Callable[[Body], str]:
    return lambda body: read(found) if (found := worst(body)) else "—"


def _measures(body: Body) -> str:
    """What follows for the unit, in one line of sentences."""
    said = {
        "约谈安排": body.talk,
        "本次扣分": body.points,
        "通报范围": body.publicity,
        "送达": body.recipients,
    }
    return "".join(f"{what}：{words}。" for what, words in said.items() if words)


def _about(body: Body) -> str:
    """What a letter is about; a unit as a whole is no task of its list."""
    tasks = sum(item.indicator != WHOLE_UNIT for item in body.items)
    said = ["整体进度"] if tasks < len(body.items) else []
    return "及".join(said + ([f"下列{tasks}项任务"] if tasks else []))


FIELDS = (
    Field("文种", "文书名称", lambda b: b.title),
    Field("文号", "发文字号，不编虚位", lambda b: b.number, required=True),
    Field("发文机关", "方案里的发文机关", lambda b: b.issuer, required=True),
    Field("单位", "收文单位", lambda b: b.unit, required=True),
    Field("截至日", "数据截至的日子", lambda b: _day(b.as_of)),
    Field("日期", "成文日期", lambda b: _day(b.day), required=True),
    Field("要求", "整改要求与时限", lambda b: b.demand, required=True),
    Field("答复期限", "最早的答复时限；不要求答复的为“—”", lambda b: _day(b.reply_due)),
    Field("整改期限", "最早的整改时限；没有的为“—”", lambda b: _day(b.rectify_due)),
    Field("签发人", "规则写明的签发人和签发人姓名；没有的为空，由人手签", lambda b: b.signer or ""),
    Field("送达对象", "规则写明的送达对象和姓名；没有的为空", lambda b: b.recipients or ""),
    Field("扣分", "所列事项这一次共扣几分；不扣分的为空", lambda b: b.points or ""),
    Field("约谈", "谁约谈谁，时间、地点；没有约谈的为空", lambda b: b.talk or ""),
    Field("通报", "通报范围；规则没有写明的为空", lambda b: b.publicity or ""),
    Field("措施", "约谈、扣分、通报、送达，有的写成一段；都没有的为空", _measures),
    Field("联系人", "反馈联系人和电话", lambda b: b.contact, required=True),
    Field("事项数", "事项表有几行", lambda b: str(len(b.items))),
    Field("所涉事项", "下列几项任务；单位整体预警的写明整体进度", _about),
    Field("等级", "所列事项里最重的等级", _worst(lambda item: item.level)),
    Field(
        "底色", "最重等级的底色，只用于 {% cellbg 底色 %}；颜色不能代替文字", _worst(lambda item: _fill(item.colour))
    ),
)
ITEM_FIELDS = (
    Field("指标", "指标名称", lambda i: i.indicator),
    Field("情况", "一句话说明情况", lambda i: i.words),
    Field("序时要求", "截至日应完成多少", lambda i: i.required),
    Field("实际完成", "截至日实际完成多少", lambda i: i.actual),
    Field("差距", "与序时的差距", lambda i: i.gap),
    Field("等级", "这一项的等级", lambda i: i.level),
    Field("底色", "这一等级的底色，只用于 {% cellbg 事项.底色 %}", lambda i: _fill(i.colour)),
    Field("依据", "依据的条款；分维度的，只是这次研判的那一维度", lambda i: i.clause),
    Field("答复期限", "这一项的答复时限", lambda i: _day(i.reply_due)),
    Field("整改期限", "这一项的整改时限；没有的为“—”", lambda i: _day(i.rectify_due)),
    Field("连续次数", "连同本期，连续几期处于预警等级", lambda i: str(i.streak) if i.streak else "—"),
    Field(
        "连续说明", "连续两期以上的，写成一句；否则为空", lambda i: f"已连续{i.streak}期预警。" if i.streak > 1 else ""
    ),
    Field("扣分", "这一项这一次扣几分；不扣分的为空", lambda i: f"{i.points}分" if i.points else ""),
)
EXAMPLE = Body(
    kind=NoticeKind.WARNING,
    serial=5,
    number="某考办预警〔2026〕5号",
    issuer="某区考核办公室",
    unit="西区",
    as_of="2026-10-31",
    day="2026-11-09",
    demand="请分析滞后原因，制定整改措施，明确责任人和预计完成日，并于2026年11月12日前签收并书面回复，2026年12月7日前整改到位。",
    contact="王某，0571-12345678",
    items=(
        Item(
            None,
            "重点项目投资",
            "截至10月31日完成重点项目投资50.0亿元，完成年度目标的62.5%，低于序时进度20.8个百分点，亮黄灯。",
            "66.7亿元（83.3%）",
            "50.0亿元（62.5%）",
            "低于序时进度20.8个百分点",
            "黄灯",
            "yellow",
            "《红黄绿灯》“黄灯”：与序时差距（个百分点）<-10",
            "2026-11-12",
            2,
            rectify_due="2026-12-07",
            streak=2,
            points="0.5",
        ),
    ),
    reply_due="2026-11-12",
    rectify_due="2026-12-07",
    signer="分管副区长 张某",
    recipients="领导周某、牵头单位钱某",
    points="0.5分",
    talk="分管副区长约谈主要负责人，时间、地点另行通知",
    publicity="全区通报",
)
"""What the field guide and a template's trial print show."""


def facts(body: Body) -> dict[str, Any]:
    """What a template of this notice may say, by name, every text fit to stand in a file."""
    items = [
        {"序号": str(n), **{field.name: _clean(field.read(item)) for field in ITEM_FIELDS}}
        for n, item in enumerate(body.items, 1)
    ]
    clauses = [_clean(clause) for clause in dict.fromkeys(item.clause for item in body.items)]
    return {field.name: _clean(field.read(body)) for field in FIELDS} | {ITEMS: items, CLAUSES: clauses}


def _clean(text: str) -> str:
    """Without what XML cannot hold; a value is one line, so that it cannot break a form."""
    return _CONTROL.sub("", re.sub(r"[\n\r\t\f\v]", " ", text))
