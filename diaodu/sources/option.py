"""What a kind of source wants to know besides its location: declared once, and checked all at once."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from diaodu.language import _
from diaodu.secret import NAME
from diaodu.sources.cell import Wrong, yes_no
from diaodu.sources.fault import Fault, Faults

Check = Callable[[Any], Any]
"""Turns what was written into what is used; raises Wrong."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a source may be told. `default` holds where nothing is said."""

    key: str
    note: str
    check: Check
    required: bool = False
    default: Any = None


def checked(options: Sequence[Option], said: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Every option's value in force; raises Faults naming all that is wrong at once."""
    values, faults = looked_over(options, said, source)
    if faults:
        raise Faults(faults)
    return values


def looked_over(options: Sequence[Option], said: Mapping[str, Any], source: str) -> tuple[dict[str, Any], list[Fault]]:
    """The values of options that are sound, and what is wrong with the others."""
    known = {option.key: option for option in options}
    values, faults = dict[str, Any](), list(_unknown(known, said, source))
    for key, option in known.items():
        try:
            values[key] = option.check(said[key]) if key in said else option.default
            if option.required and key not in said:
                raise Wrong(_("必须写明：{note}").format(note=option.note))
        except Wrong as wrong:
            faults.append(Fault(source, "", None, key, _shown(said.get(key)), str(wrong)))
            values.pop(key, None)
    return values, faults


def _unknown(known: Mapping[str, Option], said: Mapping[str, Any], source: str) -> Iterator[Fault]:
    for key in said:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            right = _("没有这个选项；是否“{near}”？").format(near=near[0]) if near else ""
            listed = _("没有这个选项；可用：{keys}").format(keys="、".join(known))
            yield Fault(source, "", None, key, "", right or listed)


def _shown(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def words(said: object) -> str:
    """Any writing that is not blank."""
    if not isinstance(said, str) or not said.strip():
        raise Wrong(_("应为文字"))
    return said.strip()


def secret_name(said: object) -> str:
    """The name of a secret, never the secret itself."""
    if not isinstance(said, str) or not NAME.fullmatch(said):
        raise Wrong(_("应为密钥的名称（字母开头，只含字母、数字、_、-），不是密钥本身"))
    return said


def path(said: object) -> str:
    """A JMESPath expression."""
    try:
        jmespath.compile(words(said))
    except JMESPathError as wrong:
        raise Wrong(_("应为 JMESPath 路径，如 data.items：{why}").format(why=str(wrong).splitlines()[0])) from None
    return words(said)


def table(said: object) -> dict[str, str]:
    """Words of theirs against words of ours."""
    if not isinstance(said, dict) or not said:
        raise Wrong(_('应为对照表，在选项文件里写成 [表名] 下的 "对方编码" = "本方编码"'))
    if not all(isinstance(ours, str) for ours in said.values()):
        raise Wrong(_("对照表两边都应为文字"))
    return {str(theirs): ours for theirs, ours in said.items()}


def truth(said: object) -> bool:
    return said if isinstance(said, bool) else yes_no(words(said))


def whole_between(lowest: int, highest: int) -> Check:
    """A whole number between two bounds, both allowed."""

    def check(said: object) -> int:
        number = int(said) if isinstance(said, str) and said.strip().isascii() and said.strip().isdigit() else said
        if isinstance(number, bool) or not isinstance(number, int) or not lowest <= number <= highest:
            raise Wrong(_("应为 {lowest} 到 {highest} 的整数").format(lowest=lowest, highest=highest))
        return number

    return check


def one_of(*choices: str) -> Check:
    """One of a few words."""

    def check(said: object) -> str:
        if said not in choices:
            raise Wrong(_("应为 {words} 之一").format(words="、".join(choices)))
        return str(said)

    return check
