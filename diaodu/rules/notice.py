"""What a notice says, printed once and frozen, so that its file and messages can be written again (通知书)."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from diaodu.rules import phrase
from diaodu.rules.achievement import achievement
from diaodu.rules.indicator import Kind
from diaodu.rules.measures import exact
from diaodu.rules.routing import NoticeKind
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import State, state_of
from diaodu.rules.workday import Workdays

K = NoticeKind
TITLES = {
    K.REMINDER: "提醒函",
    K.WARNING: "预警通知单",
    K.SUPERVISION: "督办单",
    K.INTERVIEW: "约谈通知书",
    K.CHASE: "报送提醒函",
}
NUMBER_WORDS = {K.REMINDER: "提醒", K.WARNING: "预警", K.SUPERVISION: "督办", K.INTERVIEW: "约谈", K.CHASE: "催报"}
DEMANDS = {
    K.REMINDER: "请对照序时要求查找原因，加快推进",
    K.WARNING: "请分析滞后原因，制定整改措施，明确责任人和预计完成日",
    K.SUPERVISION: "请主要负责同志牵头，逐项倒排工期，明确时间表、路线图和责任人，限期整改到位",
    K.INTERVIEW: "请主要负责同志做好约谈准备，携带整改方案和佐证材料",
    K.CHASE: "请立即补报并说明原因；未报送的数据不作零处理，但也不能据以研判进度",
}
UNKNOWN = "—"
WHOLE_UNIT = "单位整体"
"""What stands in the place of an indicator where a unit is warned as a whole."""


@dataclass(frozen=True, slots=True)
class Item:
    """One target in a notice; texts as printed, days in ISO form. What a chase does not know is `UNKNOWN`.

    `streak`: for how many periods on end, this one included, it has been warned of. `points`: what it costs.
    """

    warning_id: int | None
    indicator: str
    words: str
    required: str = UNKNOWN
    actual: str = UNKNOWN
    gap: str = UNKNOWN
    level: str = UNKNOWN
    colour: str | None = None
    clause: str = UNKNOWN
    reply_due: str | None = None
    severity: int = 0
    rectify_due: str | None = None
    streak: int = 0
    points: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One notice to one unit. `provisional`: a deadline lies in a year whose holidays are not announced.

    `unfilled`: places the policy sends it to and nobody holds. What the policy does not ask for is None.
    """

    kind: NoticeKind
    serial: int
    number: str
    issuer: str
    unit: str
    as_of: str
    day: str
    demand: str
    contact: str
    items: tuple[Item, ...]
    reply_due: str | None = None
    provisional: bool = False
    rectify_due: str | None = None
    signer: str | None = None
    recipients: str | None = None
    unfilled: tuple[str, ...] = ()
    points: str | None = None
    talk: str | None = None
    publicity: str | None = None

    @property
    def title(self) -> str:
        return TITLES[self.kind]


LATER = "时间、地点另行通知"


def demand(
    kind: NoticeKind,
    reply_due: date | None,
    provisional: bool,
    rectify_due: date | None = None,
    meeting: str | None = None,
) -> str:
    """整改要求与时限; `meeting`: when and where, for an interview that is announced with both."""
    asked = [DEMANDS[kind]]
    if kind is K.INTERVIEW:
        asked.append(f"{meeting}参加约谈" if meeting else LATER)
    if reply_due is not None:
        asked.append(f"并于{_day(reply_due)}前签收并书面回复")
    if rectify_due is not None:
        asked.append(f"{_day(rectify_due)}前整改到位")
    guess = "（该年度节假日安排尚未公布，时限为暂定）" if provisional else ""
    return f"{'，'.join(asked)}{guess}。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def figures(standing: Standing, workdays: Workdays) -> tuple[str, str, str]:
    """序时要求, 实际完成 and 差距 of one target as of its day."""
    if standing.kind is Kind.DELIVERABLE and state_of(standing) is State.REPORTED:
        due, met = standing.milestones_due, standing.milestones_met
        return f"到期节点{due}个", f"完成{met}个", f"未完成{due - met}个"
    if state_of(standing) is not State.REPORTED:
        return _required(standing, workdays), UNKNOWN, "数据未报送"
    parts = achievement(standing)
    return _required(standing, workdays), _actual(standing, workdays), parts[-1] if len(parts) > 1 else UNKNOWN


def _required(standing: Standing, workdays: Workdays) -> str:
    planned, expected = (exact(standing, name, workdays) for name in ("planned", "expected"))
    if planned is None:
        return UNKNOWN
    share = f"（{phrase.percent(expected)}）" if expected is not None else ""
    return phrase.amount(standing, planned) + share


def _actual(standing: Standing, workdays: Workdays) -> str:
    if standing.actual is None:
        return UNKNOWN
    completion = exact(standing, "completion", workdays)
    share = f"（{phrase.percent(completion)}）" if completion is not None else ""
    return phrase.amount(standing, standing.actual) + share


def to_json(body: Body) -> str:
    return json.dumps(asdict(body), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Body:
    data = json.loads(text)
    items = tuple(Item(**item) for item in data.pop("items"))
    unfilled = tuple(data.pop("unfilled", ()))
    return Body(kind=NoticeKind(data.pop("kind")), items=items, unfilled=unfilled, **data)
