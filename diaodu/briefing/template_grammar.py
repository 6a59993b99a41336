"""What a template may say: fields, the two lists, conditions on them; nothing that calls, reads or includes.

Every construct is listed here; what is not listed is refused, so a template ends, and knows nothing but its notice.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from diaodu.briefing.notice_field import CLAUSES, FIELDS, ITEM_FIELDS, ITEMS
from diaodu.language import _

NAMES = frozenset({*(field.name for field in FIELDS), ITEMS, CLAUSES})
ITEM_NAMES = frozenset({"序号", *(field.name for field in ITEM_FIELDS)})
LOOP_NAMES = frozenset({"index", "first", "last", "length"})
FILTERS = frozenset({"default", "length", "join"})
DEEPEST = 2
"""Loops inside one another."""
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.CondExpr, nodes.And, nodes.Or,
    nodes.Not, nodes.Compare, nodes.Operand, nodes.Concat,
)  # fmt: skip

Wrong = tuple[str, str]
"""What is wrong, and what would be right."""


def environment() -> SandboxedEnvironment:
    """Escapes every value; a field that does not exist is an error, not a blank."""
    made = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    return made


def wrongs(text: str, loops: Mapping[str, str]) -> list[Wrong]:
    """What a template's text must not say; `loops` are names of loops that are open, with their lists."""
    try:
        tree = environment().parse(text)
    except (TemplateSyntaxError, RecursionError) as error:
        return [(_("写法有误：%s") % str(error)[:80], _("见字段说明 docs/template-fields.md"))]
    try:
        return list(dict.fromkeys(_wrongs(tree, dict(loops), 0)))
    except RecursionError:
        return [(_("嵌套过深"), _("请写得简单些"))]


def _wrongs(node: nodes.Node, scope: dict[str, str], depth: int) -> Iterator[Wrong]:
    match node:
        case nodes.For():
            yield from _loop(node, scope, depth)
            return
        case nodes.Name():
            if node.name not in NAMES and node.name not in scope:
                yield unknown(node.name, NAMES | scope.keys())
        case nodes.Getattr(node=nodes.Name() as owner, attr=attr):
            yield from _attribute(owner.name, attr, scope)
            return
        case nodes.Filter():
            if node.name not in FILTERS:
                yield _("不能用过滤器 %s") % node.name, _("只能用：%s") % "、".join(sorted(FILTERS))
        case nodes.Test():
            if node.name != "defined":
                yield _("不能用 is %s") % node.name, _("请直接写字段名作条件")
        case _ if not isinstance(node, _PLAIN):
            yield _("不允许的写法：%s") % type(node).__name__, _("只能用字段、for、if")
            return
    for child in node.iter_child_nodes():
        yield from _wrongs(child, scope, depth)


def _loop(node: nodes.For, scope: dict[str, str], depth: int) -> Iterator[Wrong]:
    listed = node.iter.name if isinstance(node.iter, nodes.Name) else None
    if listed not in (ITEMS, CLAUSES) or not isinstance(node.target, nodes.Name) or node.recursive:
        right = _("循环应写成 for 事项 in {items}，或 for 条款 in {clauses}").format(items=ITEMS, clauses=CLAUSES)
        yield _("不允许的循环"), right
        return
    if depth >= DEEPEST:
        yield _("循环套得太深"), _("最多两层")
        return
    inner = scope | {node.target.name: listed, "loop": "loop"}
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        yield from _wrongs(child, inner, depth + 1)


def _attribute(owner: str, attr: str, scope: dict[str, str]) -> Iterator[Wrong]:
    if owner not in scope:
        yield unknown(owner, NAMES | scope.keys())
        return
    known = {"loop": LOOP_NAMES, ITEMS: ITEM_NAMES}.get(scope[owner], frozenset())
    if attr not in known:
        wrong, right = unknown(attr, known)
        yield wrong.replace(attr, f"{owner}.{attr}"), right


def unknown(name: str, known: frozenset[str] | set[str]) -> Wrong:
    """That there is no such field, and which one may be meant."""
    close = get_close_matches(name, sorted(known), n=2, cutoff=0.4)
    right = _("是不是 %s") % _(" 或 ").join(close) if close else _("可用的有：%s") % "、".join(sorted(known))
    return _("没有“%s”这个字段") % name, right
