"""Notices for tests, one of every kind."""

from dataclasses import replace
from typing import Any

from diaodu.briefing.notice_field import EXAMPLE
from diaodu.rules.notice import Body
from diaodu.rules.routing import NoticeKind
from diaodu.rules.series import number

YELLOW = replace(EXAMPLE.items[0], streak=1)
RED = replace(
    YELLOW,
    indicator="新开工项目",
    words="截至10月31日开工12个，低于序时进度35.0个百分点，亮红灯。",
    level="红灯",
    colour="red",
    severity=3,
    clause="《红黄绿灯》“红灯”：与序时差距（个百分点）<-30",
)

NOTHING_MORE: dict[str, Any] = dict.fromkeys(("talk", "points", "publicity", "recipients", "signer", "rectify_due"))
MILD = {"demand": "请对照序时要求查找原因，加快推进，并于2026年11月12日前签收并书面回复。"}


def notice(kind: NoticeKind, items: int = 2) -> Body:
    """A 预警通知单 brings everything; what the others bring leaves them on one page."""
    listed = (YELLOW, RED, *(replace(YELLOW, indicator=f"任务{n}") for n in range(3, items + 1)))[:items]
    body = replace(EXAMPLE, kind=kind, number=number("某考办", kind, 2026, 5), items=listed)
    if kind is NoticeKind.WARNING:
        return body
    brings = MILD | ({"talk": EXAMPLE.talk} if kind is NoticeKind.INTERVIEW else {})
    return replace(body, **(NOTHING_MORE | brings))


NOTICES = {kind: notice(kind, 1 if kind is NoticeKind.INTERVIEW else 2) for kind in NoticeKind}
