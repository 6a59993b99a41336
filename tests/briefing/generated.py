"""Any situation a briefing may have to tell of, made as facts directly: states, ties, zeros, revisions, clocks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from diaodu.briefing.facts import (
    CardFacts,
    Counts,
    Entry,
    Facts,
    Holder,
    IndicatorFacts,
    Late,
    LateUnit,
    League,
    LevelFacts,
    Since,
    UnitFacts,
    WholeUnits,
)
from diaodu.briefing.open_facts import (
    BlockerFacts,
    BlockerList,
    MilestoneFacts,
    MilestoneList,
    OpenWarning,
    WarningFacts,
)
from diaodu.storage.briefing import WarningTally

UNITS = [f"{a}{b}" for b in ("县", "区", "镇") for a in "甲乙丙丁戊己庚辛壬癸"]
INDICATORS = ("粮食产量", "重点投资", "公路里程", "新增就业", "造林面积", "旧区改造", "技改投入", "外贸进口")
MEASURE_UNITS = ("万吨", "亿元", "公里", "人", "亩", "个", "万元", "")
LEVELS = (("red", "红灯", 2), ("yellow", "黄灯", 1), ("green", "绿灯", 0))
MICRO = 1_000_000
amounts = st.sampled_from([0, 1, 40, 50, 60, 75, 90, 99, 100, 101, 120, 150]) | st.integers(0, 200)


@dataclass(frozen=True)
class Raw:
    """The plain numbers behind one entry, from which a reader works everything out anew."""

    target: int
    actual: int
    planned: Fraction | None
    was: Fraction | None  # completion in the period before


def _text(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"


@st.composite
def situations(draw: st.DrawFn) -> tuple[Facts, dict[tuple[str, str], Raw]]:
    """Facts, and the plain numbers by (indicator, unit)."""
    many, few = draw(st.sampled_from([(1, 1), (1, 2), (1, 3), (1, 5), (1, 8), (1, 24), (2, 3), (2, 5), (3, 2), (7, 3)]))
    names, units = INDICATORS[:many], UNITS[:few]
    grouped, previous, all_alike = (
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.sampled_from([None, None, *STATES])),
    )
    policy, with_total = draw(st.booleans()), draw(st.booleans())
    share = draw(st.sampled_from([Fraction(0), Fraction(10, 12), Fraction(1, 2), Fraction(1)]))
    raw: dict[tuple[str, str], Raw] = {}
    indicators = []
    for place, name in enumerate(names):
        entries = []
        for number, unit in enumerate([*units, *(["合计"] if with_total else [])]):
            numbers = draw(_numbers(share, previous))
            state = all_alike or draw(st.sampled_from(["reported"] * 5 + STATES))
            raw[name, unit] = numbers
            group = ("城区" if number % 2 else "山区") if grouped else None
            entries.append(draw(_entries(unit, number, group, state, numbers, policy)))
        ranked = _ranked(entries, draw(st.booleans()) and previous, draw)
        indicators.append(_indicator(name, place, ranked, share))
    return draw(_facts(indicators, units, previous, policy)), raw


STATES = ["not_reported", "awaited", "source_down", "no_target", "not_started"]


@st.composite
def _numbers(draw: st.DrawFn, share: Fraction, previous: bool) -> Raw:
    target = draw(st.sampled_from([100, 100, 120, 0, 7])) * MICRO
    actual = draw(amounts) * MICRO + draw(st.sampled_from([0, 0, 1, 400_000]))
    was = Fraction(draw(amounts), 100) if previous and draw(st.booleans()) else None
    return Raw(target, actual, target * share, was)


@st.composite
def _entries(draw: st.DrawFn, unit: str, number: int, group: str | None, state: str, raw: Raw, policy: bool) -> Entry:
    reported, total = state == "reported", unit == "合计"
    target = None if state == "no_target" else raw.target
    actual = raw.actual if reported else None
    completion = Fraction(actual, target) if actual is not None and target else None
    expected = raw.planned / target if target and raw.planned is not None else None
    gap = (completion - expected) * 100 if completion is not None and expected is not None else None
    moved = (completion - raw.was) * 100 if completion is not None and raw.was is not None else None
    level = None
    if policy and gap is not None:
        level = "red" if gap < -20 else "yellow" if gap < -5 else draw(st.sampled_from(["green", None]))
    return Entry(
        unit=f"U{number}", name=unit, group=group, ranked=not total, total=total, state=state,
        reported_as_of="2023-10-31" if reported else None, target=target, actual=actual,
        planned=_text(raw.planned), completion=_text(completion), expected=_text(expected), gap_pp=_text(gap),
        value=_text(completion), movement=_text(moved), completed=completion is not None and completion >= 1,
        rank=None, rank_change=None, level=level,
        since=draw(_since(moved, target)) if reported else None,
        streak=draw(st.integers(1, 4)) if gap is not None and gap < 0 else None,
    )  # fmt: skip


@st.composite
def _since(draw: st.DrawFn, moved: Fraction | None, target: int | None) -> Since | None:
    if moved is None:
        return None
    revised, corrected = draw(st.booleans()), draw(st.booleans())
    causes = ["reported", *(["target_revised"] if revised else []), *(["corrected"] if corrected else [])]
    causes += ["definition_changed"] if draw(st.booleans()) else []
    step = draw(st.sampled_from([1, 300_000, 5 * MICRO]))
    return Since(
        causes=tuple(causes),
        change=step if moved > 0 else -step,
        previous_target=draw(st.sampled_from([target or 0, 90 * MICRO, 1])) if revised else None,
        told=draw(amounts) * MICRO if corrected else None,
        corrected=draw(amounts) * MICRO + 1 if corrected else None,
        level=draw(st.sampled_from([None, "绿灯", "红灯"])),
        severity=1,
    )


def _ranked(entries: list[Entry], moved: bool, draw: st.DrawFn) -> list[Entry]:
    """With ranks inside their groups, equals numbered on."""
    places: dict[str, int] = {}
    order = sorted(
        (e for e in entries if e.ranked and e.value is not None), key=lambda e: (-Fraction(e.value or 0), e.unit)
    )
    taken: dict[str | None, int] = {}
    for entry in order:
        taken[entry.group] = places[entry.unit] = taken.get(entry.group, 0) + 1
    changes = {e.unit: draw(st.integers(-4, 4)) if moved else None for e in order}
    return [replace(e, rank=places.get(e.unit), rank_change=changes.get(e.unit)) for e in entries]


def _indicator(name: str, place: int, entries: list[Entry], share: Fraction) -> IndicatorFacts:
    shares = {e.expected for e in entries if e.ranked and e.expected}
    return IndicatorFacts(
        code=f"I{place}", name=name, kind=("cumulative", "count", "ratio")[place % 3],
        measure_unit=MEASURE_UNITS[place], decimals=place % 3, expected=_text(share) if len(shares) == 1 else None,
        counts=_counts([e for e in entries if e.ranked]), entries=tuple(entries), leagues=_leagues(entries),
    )  # fmt: skip


def _leagues(entries: Iterable[Entry]) -> tuple[League, ...] | None:
    groups: dict[str | None, list[Entry]] = {}
    for entry in entries:
        if entry.rank:
            groups.setdefault(entry.group, []).append(entry)
    made = []
    for group, own in groups.items():
        values = sorted(Fraction(e.value or 0) for e in own)
        made.append(
            League(group, len(own), values.count(values[-1]), values.count(values[0]), sum(e.completed for e in own))
        )
    return tuple(made) or None


def _counts(entries: list[Entry]) -> Counts:
    def share(part: int, whole: int) -> str | None:
        return _text(Fraction(part, whole)) if whole else None

    gaps = [Fraction(e.gap_pp) for e in entries if e.gap_pp is not None]
    behind, done = sum(gap < 0 for gap in gaps), sum(e.completed for e in entries)
    state = {name: sum(e.state == name for e in entries) for name in ("reported", *STATES)}
    return Counts(
        targets=len(entries), reported=state["reported"], not_reported=state["not_reported"],
        awaited=state["awaited"], no_target=state["no_target"], not_started=state["not_started"], compared=len(gaps),
        on_schedule=len(gaps) - behind, behind=behind, completed=done,
        reported_share=share(state["reported"], len(entries)), on_schedule_share=share(len(gaps) - behind, len(gaps)),
        behind_share=share(behind, len(gaps)), completed_share=share(done, len(entries)) if done else None,
    )  # fmt: skip


@st.composite
def _facts(draw: st.DrawFn, indicators: list[IndicatorFacts], units: list[str], previous: bool, policy: bool) -> Facts:
    entries = [e for i in indicators for e in i.entries if e.ranked]
    of_unit = {name: [e for e in entries if e.name == name] for name in units}
    counts = _counts(entries)
    return Facts(
        scheme="重点任务调度", issuer="示范考核办", masthead="调度简报", starts="2023-01-01", cadence="monthly",
        as_of="2023-10-31", known_at="2023-11-08T04:00:00+00:00", known_on="2023-11-08", required_as_of="2023-10-31",
        report_due=draw(st.sampled_from([None, "2023-11-07"])), previous_as_of="2023-09-30" if previous else None,
        ranking_measure="completion", tie=draw(st.sampled_from(["ordinal", "dense", "competition"])),
        trajectories=draw(st.sampled_from([(), ("months",), ("flat", "step")])),
        policy="示范规则" if policy else None, units_count=len(units), indicators_count=len(indicators),
        units_not_reported=sum(any(e.state == "not_reported" for e in own) for own in of_unit.values()),
        units_awaited=sum(any(e.state == "awaited" for e in own) for own in of_unit.values()),
        counts=counts, without_level=sum(e.state == "reported" and e.level is None for e in entries) if policy else 0,
        indicators=tuple(indicators), units=tuple(_unit(name, own) for name, own in of_unit.items()),
        levels=_levels(entries) if policy else (), warnings=WarningTally(*draw(_small(6))),
        late=draw(st.none() | st.just(Late(1, (LateUnit(units[0], 1, 3),)))),
        unmet=draw(_milestones(units)), coming=draw(_milestones(units)), blockers=draw(_blockers(units)),
        obligations=draw(_obligations(units)), whole_units=draw(_whole_units(units)),
        rules_since=draw(st.sampled_from([None, "2023-10-01"])),
    )  # fmt: skip


def _small(number: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 3), min_size=number, max_size=number)


def _unit(name: str, own: list[Entry]) -> UnitFacts:
    c = _counts(own)
    return UnitFacts(
        f"U{UNITS.index(name)}", name, c.targets, c.compared, c.on_schedule, c.behind, c.not_reported, c.awaited,
        c.on_schedule_share,
    )  # fmt: skip


def _levels(entries: list[Entry]) -> tuple[LevelFacts, ...]:
    made = []
    for code, name, severity in LEVELS:
        own = [e.name for e in entries if e.level == code]
        holders = tuple(Holder(unit, own.count(unit)) for unit in dict.fromkeys(own))
        made.append(LevelFacts(code, name, code, severity, len(own), holders))
    return tuple(made)


def _where(unit: str) -> tuple[str, str, str, str]:
    return f"U{UNITS.index(unit)}", unit, "I0", INDICATORS[0]


@st.composite
def _whole_units(draw: st.DrawFn, units: list[str]) -> WholeUnits | None:
    if draw(st.booleans()):
        return None
    named = tuple(draw(st.lists(st.sampled_from(units), unique=True, max_size=3)))
    cards = (CardFacts("card", "黄牌", "yellow", 1, len(named), named), CardFacts("fine", "无牌", "green", 0, 0, ()))
    return WholeUnits(cards, draw(st.integers(0, 2)), WarningTally(*draw(_small(6))))


@st.composite
def _milestones(draw: st.DrawFn, units: list[str]) -> MilestoneList | None:
    owing = draw(st.lists(st.sampled_from(units), max_size=14))
    planned = draw(st.none() | amounts.map(lambda n: n * MICRO))
    items = tuple(MilestoneFacts(*_where(u), "主体封顶", "2023-11-15", planned, "万吨", 0) for u in owing)
    return MilestoneList("2023-11-30", len(items), items) if items else None


@st.composite
def _blockers(draw: st.DrawFn, units: list[str]) -> BlockerList | None:
    items = tuple(
        BlockerFacts(*_where(u), "征地尚有12户未签约") for u in draw(st.lists(st.sampled_from(units), max_size=3))
    )
    return BlockerList(len(items), items) if items else None


@st.composite
def _obligations(draw: st.DrawFn, units: list[str]) -> WarningFacts | None:
    items = []
    for unit in draw(st.lists(st.sampled_from(units), max_size=4)):
        leg = draw(st.sampled_from(["sign", "plan", "evidence", "verify", None]))
        late = draw(st.integers(0, 5)) if leg in ("sign", "plan", "evidence") else 0
        due = "2023-11-03" if leg else None
        whose = _where(unit) if draw(st.booleans()) else (*_where(unit)[:2], None, None)
        items.append(OpenWarning(*whose, "黄灯", leg, due, late, draw(st.booleans())))
    items.sort(key=lambda one: -one.workdays)
    tasks = [one for one in items if one.indicator]
    count: dict[str, Any] = {
        name: sum(one.leg == name for one in tasks) for name in ("sign", "plan", "evidence", "verify")
    }
    count |= {"exempted": sum(one.leg is None for one in tasks), "answered": sum(one.answered for one in tasks)}
    return WarningFacts(**count, overdue=sum(one.workdays > 0 for one in items), items=tuple(items)) if items else None
