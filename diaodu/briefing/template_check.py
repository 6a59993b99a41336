"""Checking a template before it is used (检查模板): every fault at once, with the neighbouring words."""

import re
from collections.abc import Iterator

from jinja2 import TemplateError

from diaodu.briefing.template_fault import TemplateFault, TemplateRefused
from diaodu.briefing.template_grammar import wrongs
from diaodu.briefing.template_package import TEXTS, forbidden, is_readable, unpacked
from diaodu.briefing.template_tag import Tag, faults, lines, tags
from diaodu.briefing.template_vocabulary import Vocabulary
from diaodu.briefing.template_word import Form, broken
from diaodu.language import _

_FOR = re.compile(r"for\s+(\w+)\s+in\s+(\w+)")
_UNITS = ("", "tr", "p")
_NEEDS = {"endfor": "for", "endif": "if", "else": "if", "elif": "if"}


def check(data: bytes, words: Vocabulary) -> list[TemplateFault]:
    """Everything that is wrong with a template, and advice; runs where little memory and time are given."""
    try:
        parts = unpacked(data)
    except TemplateRefused as refused:
        return refused.faults
    readable = [name for name in sorted(parts) if TEXTS.fullmatch(name) and is_readable(parts[name])]
    texts = [line for name in readable for line in lines(name, parts[name])]
    found = forbidden(parts) + [fault for line in texts for fault in faults(line)]
    every = [tag for line in texts for tag in tags(line)]
    found += [*_meanings(every, words), *_missing(every, words)]
    if not any(fault.grave for fault in found):
        found += _trial(data, words)
    return list(dict.fromkeys(found))


def _meanings(every: list[Tag], words: Vocabulary) -> Iterator[TemplateFault]:
    """Tags that say what a template cannot, and blocks that do not end where they began."""
    begun: list[Tag] = []
    for tag in every:
        loops = _open_loops(begun)
        if tag.unit not in _UNITS:
            yield tag.fault(_("不支持 {%%%s %%}") % tag.unit, _("只用 {%tr %} 和 {%p %}"))
        elif tag.is_value:
            yield from (tag.fault(*wrong) for wrong in wrongs("{{ " + tag.text + " }}", loops, words))
        else:
            yield from _statement(tag, begun, loops, words)
    for tag in begun:
        word = tag.text.split()[0]
        yield tag.fault(_("%s 没有结束") % word, _("应有 {%% end%s %%}") % word)


def _open_loops(begun: list[Tag]) -> dict[str, str]:
    """The names that stand for an item here, with their lists: inner loops hide outer ones."""
    names = {match[1]: match[2] for tag in begun if (match := _FOR.match(tag.text))}
    return names | ({"loop": "loop"} if names else {})


def _statement(tag: Tag, begun: list[Tag], loops: dict[str, str], words: Vocabulary) -> Iterator[TemplateFault]:
    word, _space, rest = tag.text.partition(" ")
    if word in ("for", "if"):
        yield from (tag.fault(*wrong) for wrong in wrongs("{% " + tag.text + " %}{% end" + word + " %}", loops, words))
        begun.append(tag)
    elif word in _NEEDS:
        if not begun or begun[-1].text.split()[0] != _NEEDS[word]:
            yield tag.fault(_("这里不该有 %s") % word, _("它前面没有对应的 %s") % _NEEDS[word])
        elif word.startswith("end"):
            begun.pop()
        if word == "elif":
            yield from (tag.fault(*wrong) for wrong in wrongs("{{ " + rest + " }}", loops, words))
    elif word == "cellbg":
        yield from (tag.fault(*wrong) for wrong in wrongs("{{ " + rest + " }}", loops, words))
    else:
        yield tag.fault(_("不允许的写法：%s") % word[:20], _("只能用字段、for、if"))


def _missing(every: list[Tag], words: Vocabulary) -> Iterator[TemplateFault]:
    """Fields without which the document would not be one."""
    said = set(re.findall(r"\w+", " ".join(tag.text for tag in every)))
    for name in words.required:
        if name not in said:
            yield TemplateFault(_("全文"), "", _("缺少必需的字段 %s") % name, _("请补上"))
    if words.some and not said & set(words.some):
        right = _("请写上其中一个：%s") % "、".join(words.some)
        yield TemplateFault(_("全文"), "", _("没有正文，也没有任何段落"), right)


def _trial(data: bytes, words: Vocabulary) -> list[TemplateFault]:
    """What only printing shows."""
    try:
        return broken(Form(data, words).filled(words.example()))
    except TemplateRefused as refused:
        return refused.faults
    except TemplateError as error:
        return [TemplateFault(_("试印"), "", str(error)[:80], _("请检查这一处的写法"))]
