"""What a condition may be made of: SQL's comparisons and arithmetic over the measures, and nothing else (条件语法)."""

import re
from difflib import get_close_matches

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from diaodu.rules.condition_fault import EXAMPLE, ConditionFault, at_node, at_offset, unparsable, untokenizable
from diaodu.rules.level import Scope
from diaodu.rules.measure_family import HISTORY, MOST, UNIT, UNIT_HISTORY, Family
from diaodu.rules.measures import MEASURES
from diaodu.rules.quantity import LIMIT

LONGEST = 2000
DEEPEST = 60

COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
TRUTHS = (exp.And, exp.Or, exp.Not, exp.Between, exp.In, exp.Is, *COMPARISONS)
NUMBERS = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Literal, exp.Column, exp.Anonymous)
FAMILIES = {Scope.ITEM: HISTORY, Scope.UNIT: UNIT | UNIT_HISTORY}

_PARTS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions"}),
    exp.Is: frozenset({"this", "expression"}),
    exp.Column: frozenset({"this"}),
}
"""Of nodes that SQL can extend (BETWEEN SYMMETRIC, IN (SELECT …), a.b), the parts we understand."""

_ALLOWED = "只用测度、数、加减乘除、比较、BETWEEN、IN、IS NULL、AND、OR、NOT"
_DECIMAL = re.compile(r"\d+\.?\d*|\.\d+")


def read(text: str, scope: Scope = Scope.ITEM) -> exp.Expr:
    """The syntax tree of a condition that is sure to be evaluable; raises ConditionFault.

    A measure with numbers in brackets is a column of that very name: `lag_streak(2)`.
    """
    if len(text) > LONGEST:
        raise ConditionFault(1, 1, f"条件长达{len(text)}个字符", f"应在{LONGEST}个字符以内，可分成几个等级写")
    tree = _parsed(text)
    _Check(text, scope).truth(tree, 0)
    tree = tree.transform(_as_column)
    if tree.find(exp.Column) is None:
        raise ConditionFault(1, 1, "条件里没有任何测度", EXAMPLE)
    return tree


def _parsed(text: str) -> exp.Expr:
    try:
        trees = sqlglot.parse(text)
    except ParseError as error:
        raise unparsable(text, error) from None
    except TokenError:
        raise untokenizable(text) from None
    except RecursionError:
        raise _too_deep() from None
    tree = next((t for t in trees if t is not None), None)
    if tree is None:
        raise ConditionFault(1, 1, "条件是空的", EXAMPLE)
    if len(trees) > 1:
        raise at_offset(text, text.index(";"), "一个条件里有分号", "只写一个判断，几个判断用 AND、OR 连接")
    return tree


def _as_column(node: exp.Expr) -> exp.Expr:
    if not isinstance(node, exp.Anonymous):
        return node
    numbers = ", ".join(str(int(each.this)) for each in node.expressions)
    return exp.column(f"{node.name}({numbers})" if numbers else node.name)


def _too_deep() -> ConditionFault:
    return ConditionFault(1, 1, "括号嵌套过深", f"不超过{DEEPEST}层")


class _Check:
    """Walks a tree that says true or false, down to its numbers, and refuses all that is not listed above."""

    def __init__(self, text: str, scope: Scope) -> None:
        self.text, self.scope = text, scope

    def truth(self, node: exp.Expr, depth: int) -> None:
        self._parts(node, depth)
        match node:
            case exp.Paren() | exp.Not():
                self.truth(node.this, depth + 1)
            case exp.And() | exp.Or():
                for term in node.flatten():
                    self.truth(term, depth + 1)
            case exp.Is():
                self._null_test(node, depth)
            case _ if isinstance(node, TRUTHS):
                for part in node.iter_expressions():
                    self.number(part, depth + 1)
            case _ if isinstance(node, NUMBERS):
                raise self._at(node, "这里是一个数，不是一个判断", EXAMPLE)
            case _:
                raise self._foreign(node)

    def number(self, node: exp.Expr, depth: int) -> None:
        self._parts(node, depth)
        match node:
            case exp.Literal():
                self._literal(node)
            case exp.Column():
                self._measure(node)
            case exp.Anonymous():
                self._family(node)
            case _ if isinstance(node, (exp.Paren, *NUMBERS)):
                for part in node.iter_expressions():
                    self.number(part, depth + 1)
            case _ if isinstance(node, TRUTHS):
                raise self._at(
                    node, "判断的结果不是数，不能再比较或运算", "拆成两个比较用 AND 连接，或写 BETWEEN … AND …"
                )
            case exp.Null():
                raise self._at(node, "与 NULL 比较永远没有结果", "写成 IS NULL 或 IS NOT NULL")
            case _:
                raise self._foreign(node)

    def _parts(self, node: exp.Expr, depth: int) -> None:
        if depth > DEEPEST:
            raise _too_deep()
        parts = {part for part, value in node.args.items() if value}
        if parts - _PARTS.get(type(node), parts):
            raise self._foreign(node)
        if isinstance(node, exp.In) and not node.expressions:
            raise self._at(node, "IN 后面没有数", "写成 IN (1, 2, 3)")

    def _null_test(self, node: exp.Is, depth: int) -> None:
        if not isinstance(node.expression, exp.Null) or not isinstance(node.this, exp.Column):
            raise self._at(node, "IS 的用法不认识", "只写“测度 IS NULL”或“测度 IS NOT NULL”")
        self.number(node.this, depth + 1)

    def _literal(self, node: exp.Literal) -> None:
        if node.is_string:
            raise self._at(node, f"文字“{node.this}”不能与数比较", "写成数，百分之八十写作 0.8，十个百分点写作 10")
        if not _DECIMAL.fullmatch(node.this) or float(node.this) >= LIMIT:
            raise self._at(node, f"数“{node.this}”写法不认识或过大", "写成小于一万亿的普通小数，如 0.001")

    def _measure(self, node: exp.Column) -> None:
        family = FAMILIES[self.scope].get(node.name)
        if family is not None and family.must_say:
            raise self._at(node, f"{node.name} 没有写明数", f"写成 {_example(family)}")
        if family is None and self.scope is Scope.UNIT and (node.name in MEASURES or node.name in HISTORY):
            raise self._at(node, f"{node.name} 是目标任务的测度", known_measures(node.name, self.scope))
        if family is None and node.name not in MEASURES:
            raise self._at(node, f"没有“{node.name}”这个测度", known_measures(node.name, self.scope))

    def _family(self, node: exp.Anonymous) -> None:
        """A measure with numbers in brackets: whole numbers, as many as it takes."""
        family = FAMILIES[self.scope].get(node.name)
        if family is None:
            raise self._at(node, f"条件里不能用函数“{node.name}”", known_measures(node.name, self.scope))
        given = [each for each in node.expressions if isinstance(each, exp.Literal) and each.this.isdigit()]
        are_small = all(int(each.this) <= MOST for each in given)
        counts = {len(family.parameters)} if family.must_say else {0, len(family.parameters)}
        if len(given) != len(node.expressions) or len(given) not in counts or not are_small:
            raise self._at(node, f"{node.name} 括号里的数不对", f"写成 {_example(family)}，数为0至{MOST}的整数")

    def _foreign(self, node: exp.Expr) -> ConditionFault:
        if isinstance(node, exp.Alias):
            return self._at(node.args["alias"], f"“{node.alias}”出现在这里，读不懂", EXAMPLE)
        if isinstance(node, exp.Query) or node.args.get("query"):
            return self._at(node, "条件里不能有子查询", EXAMPLE)
        if isinstance(node, exp.Func) and not isinstance(node, exp.Case):
            return self._at(node, "条件里不能用函数", _ALLOWED)
        return self._at(node, f"条件里不能有“{node.sql()}”", _ALLOWED)

    def _at(self, node: exp.Expr, found: str, right: str) -> ConditionFault:
        return at_node(self.text, node, found, right)


def _example(family: Family) -> str:
    numbers = ", ".join(("2", "6")[: len(family.parameters)])
    return f"{family.name}({numbers})" if numbers else family.name


def known_measures(word: str, scope: Scope = Scope.ITEM) -> str:
    """What someone who wrote `word` for a measure may have meant, and all measures there are."""
    families = FAMILIES[scope]
    plain = {name: measure.chinese for name, measure in MEASURES.items()} if scope is Scope.ITEM else {}
    known = plain | {name: family.chinese.format("s", "n") for name, family in families.items()}
    by_chinese = {chinese: name for name, chinese in known.items()}
    near = by_chinese.get(word) or next(iter(get_close_matches(word.lower(), known, 1)), None)
    guess = f"应是 {near}（{known[near]}）吗？" if near else ""
    written = [families[name].written if name in families else name for name in known]
    return f"{guess}可用的测度有：{'、'.join(written)}"
