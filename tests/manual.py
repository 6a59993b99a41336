"""The reference pages of the manual, written from the code: `python -m tests.manual` puts them into `docs/`."""

import os

os.environ["DIAODU_LANG"] = "zh"

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.core import TyperCommand, TyperGroup, TyperOption

from diaodu.briefing.notice_field import CLAUSES, EXAMPLE, FIELDS, ITEM_FIELDS, ITEMS, Field, facts
from diaodu.cli.app import app
from diaodu.rules.measure_family import HISTORY, UNIT
from diaodu.rules.measures import MEASURES
from diaodu.settings import Settings
from diaodu.sources.registry import SOURCES
from tests.manual_briefing import briefing_fields, kind_words

DOCS = Path(__file__).parent.parent / "docs"
ABOUT_MEASURES = (
    "A policy's conditions compare these, unrounded. A measure is empty where it has no meaning (no target, nothing",
    "planned yet, no report for the period), and no condition holds on an empty one. Those marked 始终 are known",
    "whatever the state; all others only when the period's report is there.",
)
SEVERITY_SAID = "`s` is a severity and `n` a number of periods; without brackets `s` is 1: any level that warns."
ABOUT_HISTORY = (
    "## History and judgement 历史与人工研判",
    (
        "Of earlier periods, by the last verdict made of each and known at the moment asked about. " + SEVERITY_SAID,
        "A period without data is passed over: it neither lengthens a streak nor breaks it.",
    ),
    HISTORY,
)
ABOUT_UNITS = (
    "## Whole units 单位测度",
    (
        'For levels with `scope = "unit"` only, over all items of a unit. ' + SEVERITY_SAID,
        "They may also ask for the history of the unit's own verdicts, as above, but not for `judgement` and `flag`.",
    ),
    UNIT,
)
WRITTEN = "<!-- Written from the code by `python -m tests.manual`; edit the code. -->\n"


def commands() -> str:
    """Every command with its options."""
    lines = ["# Commands 命令", "", WRITTEN]
    lines += ["Exit codes: 0 ok, 1 failed, 2 wrong input. `DIAODU_LANG=en` speaks English.", ""]
    for path, command in leaves(typer.main.get_command(app), ("diaodu",)):
        lines += [f"## `{' '.join(path)}`", "", _one_line(command.help), ""]
        options = [line for parameter in command.params for line in _parameter(parameter)]
        lines += [*options, ""] if options else []
    return "\n".join(lines).rstrip() + "\n"


def leaves(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], TyperCommand]]:
    """Every command that does something, with the words that call it."""
    if not isinstance(command, TyperGroup):
        yield path, command
        return
    for name, below in command.commands.items():
        if not below.hidden:
            yield from leaves(below, (*path, name))


def _parameter(parameter: Any) -> Iterator[str]:
    if parameter.name == "help":
        return
    names = ", ".join(parameter.opts) if isinstance(parameter, TyperOption) else str(parameter.name).upper()
    yield f"* `{names}` {_one_line(getattr(parameter, 'help', None))}".rstrip()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def settings() -> str:
    """Every setting with the variable that sets it."""
    lines = ["# Settings 设置", "", WRITTEN]
    lines += ["From the environment, else from `diaodu.toml` in the workspace (names in small letters, no prefix).", ""]
    lines += ["| environment | `diaodu.toml` | default | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        lines.append(f"| `DIAODU_{name.upper()}` | `{name}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def source_options() -> str:
    """Every kind of source with what it may be told."""
    lines = ["# Options of sources 数据源选项", "", WRITTEN]
    lines += ["How to connect each kind, with examples: [sources](sources.md).", ""]
    for name, kind in SOURCES.items():
        lines += [f"## `{name}`", "", kind.where, "", "| option | meaning | |", "|---|---|---|"]
        lines += [f"| `{o.key}` | {o.note} | {'必写' if o.required else ''} |" for o in kind.options] + [""]
    return "\n".join(lines).rstrip() + "\n"


def measures() -> str:
    """Every measure a policy may speak of."""
    lines = ["# Measures 测度", "", WRITTEN]
    lines += [*ABOUT_MEASURES, "", "| measure | 测度 | unit | meaning | empty | |", "|---|---|---|---|---|---|"]
    for m in MEASURES.values():
        lines.append(
            f"| `{m.name}` | {m.chinese} | {m.unit} | {m.meaning} | {m.empty} | {'始终' if m.always else ''} |"
        )
    for heading, about, families in (ABOUT_HISTORY, ABOUT_UNITS):
        lines += ["", heading, "", *about, "", "| measure | 测度 | unit | meaning | empty |", "|---|---|---|---|---|"]
        for f in families.values():
            lines.append(f"| `{f.written}` | {f.chinese.format('s', 'n')} | {f.unit} | {f.meaning} | {f.empty} |")
    return "\n".join(lines) + "\n"


def template_fields() -> str:
    """Every field of a notice's template with an example."""
    told = facts(EXAMPLE)
    (item,) = told[ITEMS]
    lines = ["# Fields of notice templates 文书模板字段", "", WRITTEN]
    lines += ["How to edit a template: [notices](notices.md). 怎么改模板见 [notices](notices.md)。", ""]
    lines += ["## 全文可用", "", "| 写法 | 含义 | 必需 | 例 |", "|---|---|---|---|"]
    for field in FIELDS:
        lines.append(_field(field, field.name, told[field.name]))
    lines += ["", f"## 事项：写在 `{{%tr for 事项 in {ITEMS} %}}` 与 `{{%tr endfor %}}` 两行之间", ""]
    lines += [f"`{ITEMS}`必需；在段落里循环时用 `{{%p for 事项 in {ITEMS} %}}`。", ""]
    lines += [
        "| 写法 | 含义 | 必需 | 例 |",
        "|---|---|---|---|",
        f"| `{{{{ 事项.序号 }}}}` | 第几项 |  | {item['序号']} |",
    ]
    for field in ITEM_FIELDS:
        lines.append(_field(field, f"事项.{field.name}", item[field.name]))
    lines += ["", f"## 依据：写在 `{{%p for 条款 in {CLAUSES} %}}` 与 `{{%p endfor %}}` 两段之间", ""]
    lines += ["| 写法 | 含义 | 必需 | 例 |", "|---|---|---|---|"]
    lines.append(f"| `{{{{ 条款 }}}}` | 所列事项依据的条款，不重复 |  | {told[CLAUSES][0]} |")
    return "\n".join([*lines, "", *briefing_fields(), "", *kind_words()]) + "\n"


def _field(field: Field, name: str, example: str) -> str:
    return f"| `{{{{ {name} }}}}` | {field.meaning} | {'是' if field.required else ''} | {example} |"


PAGES: dict[str, Any] = {
    "commands.md": commands,
    "settings.md": settings,
    "measures.md": measures,
    "template-fields.md": template_fields,
    "source-options.md": source_options,
}


if __name__ == "__main__":
    for name, render in PAGES.items():
        (DOCS / name).write_text(render(), encoding="utf-8")
