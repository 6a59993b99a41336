"""What `diaodu policy check` shows of a policy: each level with its terms and all it obliges to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.rules.level import Level, Policy

LEADS = ("到期未完成转", "过渡等级")
"""What is said by the code of another level."""
INDENT = "    "


def lines(policy: "Policy") -> Iterator[str]:
    """The policy in words, its levels in the order in which they are tried."""
    from diaodu.rules.level_words import asked_of

    yield f"《{policy.name}》"
    if policy.source:
        yield _("出处：") + policy.source
    for dimension in policy.dimensions:
        yield _("维度 {name}：{what}").format(name=dimension.name, what=asked_of(dimension))
    for level in policy.levels:
        yield from _level(policy, level)
    if policy.unit_levels:
        yield _("单位等级（按单位全部目标任务的等级判）：")
    for level in policy.unit_levels:
        yield from _level(policy, level)


def _level(policy: "Policy", level: "Level") -> Iterator[str]:
    from diaodu.rules.clause import in_words, terms
    from diaodu.rules.level_words import obligations, stays

    yield _("{name}（{code}，轻重 {severity}，{colour}）").format(
        name=level.name, code=level.code, severity=level.severity, colour=level.colour
    )
    names = {dimension.code: dimension.name for dimension in policy.dimensions}
    for code, text in level.by_dimension:
        yield f"{INDENT}{names[code]}：{in_words(text)}"
    if not level.by_dimension:
        yield INDENT + terms(policy, level)
    said = [*stays(level), *obligations(level)]
    beside = {each.code: each.name for each in (policy.unit_levels if level in policy.unit_levels else policy.levels)}
    if said:
        yield INDENT + "；".join(f"{what} {beside[words] if what in LEADS else words}" for what, words in said)


def rows(policy: "Policy") -> list[dict[str, Any]]:
    """One row a level, for programs; conditions as they are written."""
    of_items = [("item", level) for level in policy.levels]
    return [_row(scope, level) for scope, level in (*of_items, *(("unit", level) for level in policy.unit_levels))]


def _row(scope: str, level: "Level") -> dict[str, Any]:
    from diaodu.rules.level_words import NONE, NOTICE_WORDS

    duties = ("签发人", "送达对象", "整改时限", "约谈", "走访", "扣分", "通报")
    said = {name: words if (words := NOTICE_WORDS[name](level)) != NONE else None for name in duties}
    names = ("code", "name", "colour", "severity", "when", "until", "through", "dwell", "notice")
    return {
        "scope": scope,
        **{name: getattr(level, name) for name in names},
        "by_dimension": dict(level.by_dimension) or None,
        "issue": level.issue if level.notice else None,
        "reply_workdays": level.reply_workdays,
        "unmet": level.unmet,
        "release": level.release if level.notice else None,
        "signer": said["签发人"],
        "recipients": said["送达对象"],
        "rectify_workdays": level.duty.rectify_workdays,
        "interview": said["约谈"],
        "visit": said["走访"],
        "points": said["扣分"],
        "publicity": said["通报"],
    }
