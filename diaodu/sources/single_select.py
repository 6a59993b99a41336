"""Proof that a query only reads: one SELECT, of standard functions; what was proved is what is run."""

from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from diaodu.language import _
from diaodu.sources.cell import Wrong

DIALECTS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite"}
"""What sqlglot calls the databases."""
WRITES = (exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command, exp.Parameter, exp.SessionParameter)
HARMLESS = frozenset({"strftime", "julianday", "to_number", "printf", "format", "ifnull", "nvl"})
"""Functions that only compute, though sqlglot does not know them."""
DAY = "as_of"


def proven(query: object, database: str) -> exp.Query:
    """The query as a tree; raises Wrong saying what of it is not allowed."""
    if not isinstance(query, str) or not query.strip():
        raise Wrong(_("应为一条 SELECT 语句"))
    try:
        trees = [tree for tree in sqlglot.parse(query, read=DIALECTS[database]) if tree is not None]
    except (SqlglotError, RecursionError) as wrong:
        raise Wrong(_("看不懂这条 SQL：{why}").format(why=_first_line(wrong))) from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise Wrong(_("只许一条 SELECT 语句"))
    for node in trees[0].walk():
        _refuse(node)
    return trees[0]


def _refuse(node: exp.Expr) -> None:
    if isinstance(node, WRITES) and not isinstance(node, exp.Query):
        raise Wrong(_("只许读取，不许“{what}”").format(what=node.sql()[:60]))
    if isinstance(node, exp.Anonymous) and node.name.lower() not in HARMLESS:
        raise Wrong(_("不许调用函数 {name}；请对方做成视图").format(name=node.name))
    if isinstance(node, exp.Placeholder) and node.name != DAY:
        raise Wrong(_("参数只有 :as_of（截至日）"))


def spelled(tree: exp.Query, database: str, as_of: date | None) -> str:
    """The proven query with its day filled in, without comments; raises Wrong when it needs a day and there is none."""
    if as_of is None and tree.find(exp.Placeholder):
        raise Wrong(_("语句里有 :as_of，而没有指明哪一天"))

    def filled(node: exp.Expr) -> exp.Expr:
        """A literal, which every database compares with days and with texts."""
        return exp.Literal.string(str(as_of)) if isinstance(node, exp.Placeholder) else node

    return tree.transform(filled).sql(dialect=DIALECTS[database], comments=False)


def _first_line(wrong: Exception) -> str:
    return (str(wrong).splitlines() or [type(wrong).__name__])[0]
