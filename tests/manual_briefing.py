"""What a briefing's template and a kind's file may say, for the field guide of the manual."""

from collections.abc import Iterator

from diaodu.briefing.briefing_field import FIELDS, LAYERS, TABLES, example
from diaodu.briefing.exhibit import EXHIBITS
from diaodu.briefing.kind_gap import GAPS
from diaodu.briefing.passage_name import PASSAGES
from diaodu.rules.distribution import Edition

LOOKS = ", ".join(f"`{{%p if 段.{word} %}}`" for word in LAYERS.values())
ONE_UNIT = "只用于一个单位的种类"


def briefing_fields() -> Iterator[str]:
    """Every field of a briefing's template, its passages and its tables."""
    told = example()
    yield from ("# Fields of briefing templates 简报模板字段", "")
    yield from ("How they are laid out: [briefings](briefings.md). 怎么排见 [briefings](briefings.md)。", "")
    yield from _table("全文可用", "写法", "含义", "必需", "例")
    for field in FIELDS:
        yield f"| `{{{{ {field.name} }}}}` | {field.meaning} | {'是' if field.required else ''} | {told[field.name]} |"
    yield from ("", "## 逐段：写在 `{%p for 段 in 正文 %}` 与 `{%p endfor %}` 两段之间", "")
    yield "`正文`是标题以下、附件以前的全部段落；它和下面的单个段落，至少用一种。"
    yield from (f"每段写 `{{{{ 段.文字 }}}}`；层次用 {LOOKS} 分。", "")
    yield from ("其他的表里每项就是一句话，直接写 `{{ 段 }}`：", "", "| 表 | 每项是 |", "|---|---|")
    yield from ("| `标题行` | 标题的一行 |", "| `附件名` | 一个附件的名称 |")
    yield from (f"| `{passage.name}` | {passage.meaning} |" for passage in PASSAGES.values())
    yield ""
    yield from _table("逐行：写在 `{%tr for 行 in 完成情况表 %}` 与 `{%tr endfor %}` 两行之间", "表", "每行可写")
    for name, columns in TABLES.items():
        yield f"| `{name}` | {'、'.join(f'`{{{{ 行.{column} }}}}`' for column in columns)}、`{{% cellbg 行.底色 %}}` |"


def kind_words() -> Iterator[str]:
    """What may be named in a kind's file."""
    yield from ("# Words of kinds 种类文件用词", "")
    yield from ("How a kind is written: [briefings](briefings.md). 怎么写见 [briefings](briefings.md)。", "")
    yield from _table("段落 `passages`", "代码", "段落", "写什么", "")
    for code, passage in PASSAGES.items():
        yield f"| `{code}` | {passage.name} | {passage.meaning} | {_whose(passage.edition)} |"
    yield ""
    yield from _table("表和图 `attachments`、`tables`", "代码", "名称", "内容", "")
    for code, exhibit in EXHIBITS.items():
        yield f"| `{code}` | {exhibit.name} | {exhibit.meaning} | {_whose(exhibit.edition)} |"
    yield ""
    yield from _table("空位：用于 `masthead`、`title`、`addressee`、`lead`、`copies` 和各级 `heading`", "写法", "含义")
    yield from (f"| `{{{name}}}` | {gap.meaning} |" for name, gap in GAPS.items())


def _table(heading: str, *columns: str) -> tuple[str, ...]:
    return f"## {heading}", "", f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"


def _whose(edition: Edition) -> str:
    return ONE_UNIT if edition is Edition.UNIT else ""
