"""A policy as an office writes it, in TOML: read with all its faults at once, each with its line (预警规则文本)."""

from typing import Any

from diaodu.rules.dimension import Dimension
from diaodu.rules.grammar import known_measures
from diaodu.rules.indicator import Kind
from diaodu.rules.level import Level, Policy, Scope, by_precedence
from diaodu.rules.measures import MEASURES
from diaodu.rules.policy_field import PolicyFaults, Table
from diaodu.rules.policy_level import CODE, read_level
from diaodu.rules.toml_place import places
from diaodu.rules.toml_table import parsed

_POLICY_KEYS = ("name", "source", "measure", "dimension", "level")
_DIMENSION_KEYS = ("code", "name", "indicators", "categories", "kinds", "applies", "others")
Read = tuple[Table, Scope, Level]


def read_policy(toml_text: str, code: str) -> Policy:
    """The policy a document describes; `code` is the name it goes by. Raises PolicyFaults."""
    document = parsed(toml_text, 'name = "红灯"')
    where = places(toml_text)
    head = Table((), document, where)
    sides = [Table(("dimension", number), each, where) for number, each in enumerate(_tables(head, "dimension"))]
    tables = [Table(("level", number), each, where) for number, each in enumerate(_tables(head, "level"))]
    policy = _policy(head, sides, tables, code)
    faults = [fault for table in (head, *sides, *tables) for fault in table.faults]
    if faults:
        raise PolicyFaults(faults)
    return policy


def _tables(head: Table, key: str) -> list[dict[str, Any]]:
    """Every `[[level]]` (there must be one), or every `[[dimension]]`."""
    tables = head.entries.get(key, [])
    if isinstance(tables, list) and all(isinstance(table, dict) for table in tables) and (tables or key != "level"):
        return tables
    what = {"level": "等级", "dimension": "维度"}[key]
    head.fault(key, f"没有{what}", f"每个{what}以一行 [[{key}]] 开头")
    return []


def _policy(head: Table, sides: list[Table], tables: list[Table], code: str) -> Policy:
    head.only(_POLICY_KEYS)
    name, source, measure = head.text("name"), head.optional_text("source"), head.optional_text("measure")
    if measure and measure not in MEASURES:
        head.fault("measure", f"没有“{measure}”这个测度", known_measures(measure))
    dimensions = [_dimension(side) for side in sides]
    for key in ("code", "name"):
        _refuse_repeated(key, sides, "每个维度各不相同")
    for side in [side for side, dimension in zip(sides, dimensions, strict=True) if dimension.others][1:]:
        side.fault("others", "有两个维度都写了 others", "其余的目标任务只归一个维度")
    read = [(table, *read_level(table, dimensions)) for table in tables]
    for scope in Scope:
        _check_together([each for each in read if each[1] is scope])
    levels, of_units = (
        tuple(sorted((level for _, at, level in read if at is scope), key=by_precedence)) for scope in Scope
    )
    if tables and not levels:
        head.fault("level", "没有目标任务的等级", "单位等级按目标任务的等级计算，至少写一个没有 scope 的等级")
    return Policy(code, name, source or "", measure, levels, of_units, tuple(dimensions))


def _dimension(table: Table) -> Dimension:
    table.only(_DIMENSION_KEYS)
    dimension = Dimension(
        code=table.text("code"),
        name=table.text("name"),
        indicators=table.texts("indicators"),
        categories=table.texts("categories"),
        kinds=tuple(Kind(kind) for kind in table.texts("kinds", tuple(Kind))),
        applies=table.condition("applies"),
        others=table.yes("others"),
    )
    for key in ("indicators", "categories", "kinds", "applies"):
        if dimension.others and table.has(key):
            table.fault(key, f"others 之外还写了 {key}", "others = true 的维度管其余所有目标任务，不再写别的范围")
    if dimension.code and not CODE.fullmatch(dimension.code):
        table.fault("code", f"code 写成了“{dimension.code}”", "小写字母开头，只用小写字母、数字、-和_，不超过32个")
    return dimension


def _check_together(read: list[Read]) -> None:
    """What no two levels of a scope share, and where one leads to another."""
    tables, levels = [table for table, *_ in read], [level for *_, level in read]
    for key in ("code", "name", "severity"):
        _refuse_repeated(key, tables, "每个等级各不相同")
    are_ordered = not any("severity" in table.faulty for table in tables)
    for table, _, level in read:
        _refuse_unreachable(table, level, levels, are_ordered)


def _refuse_repeated(key: str, tables: list[Table], right: str) -> None:
    lines: dict[Any, int] = {}
    for table in tables:
        value = repr(table.entries.get(key))
        if table.has(key) and value in lines:
            table.fault(key, f"{key} 与第{lines[value]}行重复：{table.entries[key]}", right)
        lines.setdefault(value, table.line(key))


def _refuse_unreachable(table: Table, level: Level, levels: list[Level], are_ordered: bool) -> None:
    higher = [other.code for other in levels if other.severity > level.severity]
    milder = [other.code for other in levels if 0 < other.severity < level.severity]
    if level.unmet is not None and level.unmet not in higher and are_ordered:
        table.fault("unmet", f"“{level.unmet}”不是更重的等级", f"可写：{'、'.join(higher) or '（没有更重的等级）'}")
    if level.through is not None and level.through not in milder and are_ordered:
        right = f"可写：{'、'.join(milder) or '（没有较轻的预警等级）'}"
        table.fault("through", f"“{level.through}”不是较轻的预警等级", right)
    leads_here = any(level.code in (other.unmet, other.through) for other in levels)
    if level.when is None and not level.by_dimension and not table.faulty & {"when"} and not leads_here:
        table.fault("", f"等级“{level.name}”永远达不到", "写上条件 when，或由别的等级的 unmet 指向它")
