"""Notices for tests, one of every kind."""

from dataclasses import replace

from diaodu.briefing.notice_field import EXAMPLE
from diaodu.rules.notice import Body
from diaodu.rules.routing import NoticeKind
from diaodu.rules.series import number

(YELLOW,) = EXAMPLE.items
RED = replace(
    YELLOW,
    indicator="新开工项目",
    words="截至10月31日开工12个，低于序时进度35.0个百分点，亮红灯。",
    level="红灯",
    colour="red",
    severity=3,
    clause="《红黄绿灯》“红灯”：与序时差距（个百分点）<-30",
)


def notice(kind: NoticeKind, items: int = 2) -> Body:
    listed = (YELLOW, RED, *(replace(YELLOW, indicator=f"任务{n}") for n in range(3, items + 1)))[:items]
    return replace(EXAMPLE, kind=kind, number=number("某考办", kind, 2026, 5), items=listed)


NOTICES = {kind: notice(kind) for kind in NoticeKind}
