"""What a template may say: fields, lists, conditions on them; nothing that calls, reads or includes.

Every construct is listed here; what is not listed is refused, so a template ends, and knows nothing but its document.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from diaodu.briefing.template_vocabulary import Vocabulary
from diaodu.language import _

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


def wrongs(text: str, loops: Mapping[str, str], words: Vocabulary) -> list[Wrong]:
    """What a template's text must not say; `loops` are names of loops that are open, with their lists."""
    try:
        tree = environment().parse(text)
    except (TemplateSyntaxError, RecursionError) as error:
        return [(_("写法有误：%s") % str(error)[:80], _("见字段说明 docs/template-fields.md"))]
    try:
        return list(dict.fromkeys(_wrongs(tree, dict(loops), 0, words)))
    except RecursionError:
        return [(_("嵌套过深"), _("请写得简单些"))]


def _wrongs(node: nodes.Node, scope: dict[str, str], depth: int, words: Vocabulary) -> Iterator[Wrong]:
    match node:
        case nodes.For():
            yield from _loop(node, scope, depth, words)
            return
        case nodes.Name():
            if node.name not in words.known and node.name not in scope:
                yield unknown(node.name, words.known | scope.keys())
        case nodes.Getattr(node=nodes.Name() as owner, attr=attr):
            yield from _attribute(owner.name, attr, scope, words)
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
        yield from _wrongs(child, scope, depth, words)


def _loop(node: nodes.For, scope: dict[str, str], depth: int, words: Vocabulary) -> Iterator[Wrong]:
    listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if listed not in words.lists or not isinstance(node.target, nodes.Name) or node.recursive:
        yield _("不允许的循环"), _("循环应写成 {loops}").format(loops=words.loops)
        return
    if depth >= DEEPEST:
        yield _("循环套得太深"), _("最多两层")
        return
    inner = scope | {node.target.name: listed, "loop": "loop"}
    for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
        yield from _wrongs(child, inner, depth + 1, words)


def _attribute(owner: str, attr: str, scope: dict[str, str], words: Vocabulary) -> Iterator[Wrong]:
    if owner not in scope:
        lists = [name for name, fields in words.lists.items() if attr in fields]
        right = _("应写在 for {owner} in {name} 与 endfor 之间").format(owner=owner, name="、".join(lists[:2]))
        outside = (_("“%s”写在循环外面") % f"{owner}.{attr}", right)
        yield outside if lists and owner not in words.known else unknown(owner, words.known | scope.keys())
        return
    known = LOOP_NAMES if scope[owner] == "loop" else words.lists.get(scope[owner], frozenset())
    if attr not in known:
        wrong, right = unknown(attr, known)
        yield wrong.replace(attr, f"{owner}.{attr}"), right


def unknown(name: str, known: frozenset[str] | set[str]) -> Wrong:
    """That there is no such field, and which one may be meant."""
    close = get_close_matches(name, sorted(known), n=2, cutoff=0.4)
    right = _("是不是 %s") % _(" 或 ").join(close) if close else _("可用的有：%s") % "、".join(sorted(known))
    return _("没有“%s”这个字段") % name, right
