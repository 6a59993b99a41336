"""Assessments for briefings to tell of: any list of standings judged by a preset, and 浙江's published November."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import polars as pl

from diaodu.briefing.facts import canonical
from diaodu.briefing.gather import NOTHING_BESIDE, gather
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.frame import with_measures
from diaodu.rules.history import SCHEMA, asked, with_history
from diaodu.rules.level import Policy
from diaodu.rules.policy import judge, read_policy
from diaodu.rules.quantity import to_micro
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.standing import Standing
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.workday import Workdays
from diaodu.storage.background import Background
from diaodu.storage.briefing import WarningTally
from models.scheme_version import SchemeVersion
from tests.rules.standings import WORKDAYS, frame_of, standing

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "zhejiang-water-2023"
KNOWN_AT = datetime(2023, 12, 5, 4, tzinfo=UTC)
QUIET = WarningTally(proposed=0, open=0, opened=0, worsened=0, eased=0, closed=0)
BUSY = WarningTally(proposed=1, open=3, opened=1, worsened=1, eased=0, closed=2)


@dataclass(frozen=True)
class Assessed:
    frame: pl.DataFrame
    scheme: SchemeVersion
    policy: Policy | None
    workdays: Workdays
    required_as_of: date | None
    previous_as_of: date | None
    units: tuple[UnitVerdict, ...] = ()


@cache
def preset(code: str) -> Policy:
    return read_policy((ROOT / "templates" / "policies" / f"{code}.toml").read_text(encoding="utf-8"), code)


def scheme(**columns: Any) -> SchemeVersion:
    said: dict[str, Any] = {
        "scheme_id": 1,
        "name": "2023年浙江省中央水利投资计划执行",
        "starts": date(2023, 1, 1),
        "ends": date(2023, 12, 31),
        "cadence": Cadence.MONTHLY,
        "report_due": "5 workdays",
        "rest_day": RestDay.AFTER,
        "ranking_measure": "completion",
        "tie": TiePolicy.ORDINAL,
        "issuer": "示范考核办公室",
        "masthead": "中央水利投资调度简报",
        "number_prefix": "示考办",
        "effective_from": date(2023, 1, 1),
        "recorded_at": datetime(2023, 1, 5, tzinfo=UTC),
    }
    return SchemeVersion(**(said | columns))


def assessed(standings: list[Standing], policy: str | None = "yinchuan", **columns: Any) -> Assessed:
    """The standings measured, ranked and judged as the flows do it."""
    said = scheme(**columns)
    frame = with_ranks(with_measures(frame_of(standings), WORKDAYS), said.ranking_measure, said.tie)
    rules = preset(policy) if policy else None
    nothing_before = pl.DataFrame(schema=SCHEMA)
    judged = judge(with_history(frame, nothing_before, asked(rules)), rules, WORKDAYS) if rules else frame
    first = standings[0]
    return Assessed(judged, said, rules, WORKDAYS, first.required_as_of, first.previous_as_of)


def stored(
    standings: list[Standing],
    policy: str | None = "yinchuan",
    late: Mapping[int, int] = MappingProxyType({}),
    beside: Background = NOTHING_BESIDE,
    warnings: WarningTally = BUSY,
    **columns: Any,
) -> str:
    """The facts of these standings as they are stored; `late`: working days by target id."""
    told = gather(assessed(standings, policy, **columns), standings[0].as_of, KNOWN_AT, warnings, late, beside)
    return canonical(told)


def zhejiang() -> list[Standing]:
    """The rows published for November 2023, with those of October as the period before."""
    units = _rows("2023-10/units.csv")
    before = {r["单位"]: r for r in _rows("2023-10/reports.csv")}
    after = {r["单位"]: r for r in _rows("2023-11/reports.csv")}
    old = {r["单位"]: r["目标值"] for r in _rows("2023-10/targets.csv")}
    new = old | {r["单位"]: r["目标值"] for r in _rows("2023-11/targets.csv")}
    listed = {
        u["编码"]: u
        for u in (*units, *(_rows("2023-11/units.csv") if (EXAMPLE / "2023-11/units.csv").exists() else []))
    }
    return [
        standing(
            target_id=number,
            unit=code,
            unit_name=unit["名称"],
            parent=unit["上级"] or None,
            group=unit["分组"] or None,
            ranked=unit["参与排名"] == "是",
            indicator="中央水利投资",
            indicator_name="中央水利投资计划完成投资",
            measure_unit="万元",
            decimals=0,
            as_of=date(2023, 11, 30),
            known_on=date(2023, 12, 14),
            required_as_of=date(2023, 11, 30),
            report_due=date(2023, 12, 7),
            supplied_by=None,
            reported_as_of=date(2023, 11, 30) if code in after else date(2023, 10, 31),
            actual=(after.get(code) or before[code])["累计完成"],
            target=new[code],
            previous_as_of=date(2023, 10, 31),
            previous_actual=before[code]["累计完成"] if code in before else None,
            previous_target=old.get(code),
        )
        for number, (code, unit) in enumerate(listed.items(), 1)
        if code in new
    ]


def _rows(path: str) -> list[dict[str, str]]:
    with (EXAMPLE / path).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


__all__ = [
    "BUSY",
    "KNOWN_AT",
    "QUIET",
    "assessed",
    "preset",
    "replace",
    "scheme",
    "standing",
    "stored",
    "to_micro",
    "zhejiang",
]
