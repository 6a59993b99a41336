"""Facts into a briefing: the order of its sections, and proof that every number in it has a fact behind it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from diaodu.briefing.bars import bars
from diaodu.briefing.demands import demands
from diaodu.briefing.document import (
    Attachment,
    AttachmentList,
    Block,
    ClosingRecord,
    Document,
    Level,
    Masthead,
    Paragraph,
    Title,
    strings,
)
from diaodu.briefing.highlights import across
from diaodu.briefing.league_table import full_table, league_table
from diaodu.briefing.obligations import levels
from diaodu.briefing.overview import overview
from diaodu.briefing.progression import along
from diaodu.briefing.salience import are_few
from diaodu.briefing.shortfalls import data_late, progress_late
from diaodu.briefing.wording import NUMBER, Fact, Said, Source, say, show, unsupported

NUMERALS = "一二三四五六七八九十"
Sections = tuple[tuple[str, tuple[tuple[str, Callable[[Fact], list[Said]]], ...]], ...]

SECTIONS: Sections = (
    ("总体情况", (("", overview),)),
    ("主要特点", (("横向比较", across), ("纵向比较", along))),
    ("存在问题", (("进度滞后情况", progress_late), ("数据报送情况", data_late))),
    ("预警督办情况", (("", levels),)),
    ("下步要求", (("", demands),)),
)


@dataclass(frozen=True, slots=True)
class Composed:
    """The document, and for each of its blocks what it says with the sources of every number."""

    document: Document
    said: tuple[Said, ...]


class UnsupportedText(ValueError):
    """A composed text has numbers that no fact answers for; it is not issued."""


def compose(stored: str, serial: int) -> Composed:
    """The briefing told by stored facts, as issue `serial`; raises UnsupportedText rather than print a stray number."""
    facts = Fact(json.loads(stored))
    blocks = [*_opening(facts), *_body(facts), *_attachments(facts), _closing(facts)]
    composed = Composed(
        _document(facts, serial, tuple(block for block, _ in blocks)), tuple(said for _, said in blocks)
    )
    stray = stray_numbers(composed, facts)
    if stray:
        raise UnsupportedText("、".join(stray))
    return composed


def stray_numbers(composed: Composed, facts: Fact) -> list[str]:
    """Numbers printed without a fact: in what was said, or in a block beyond what was said."""
    stray = []
    for block, said in zip(composed.document.blocks, composed.said, strict=True):
        stray.extend(unsupported(said, facts))
        spoken = set(NUMBER.findall(said.text))
        texts = [block.title] if isinstance(block, Attachment) else strings(block)
        stray.extend(n for text in texts for n in NUMBER.findall(text) if n not in spoken)
    return stray


def _document(facts: Fact, serial: int, blocks: tuple[Block, ...]) -> Document:
    issuer, day = facts["issuer"].value, date.fromisoformat(facts["known_on"].value)
    number = f"第{serial}期"
    title = next("".join(block.lines) for block in blocks if isinstance(block, Title))
    head = Masthead(facts["masthead"].value, number, issuer, show(facts["known_on"], "day").text)
    return Document(f"{title}（{number}）", issuer, day, head, blocks)


def _opening(facts: Fact) -> list[tuple[Block, Said]]:
    lines = _title(facts)
    lead = say(
        "根据各单位报送情况，现将{scheme}截至{day}的进展情况通报如下。",
        scheme=show(facts["scheme"]),
        day=show(facts["as_of"], "day"),
    )
    addressee = say("各责任单位：")
    return [
        (Title(tuple(line.text for line in lines)), Said("\n".join(s.text for s in lines), _sources(lines))),
        (Paragraph(addressee.text, Level.FLUSH), addressee),
        (Paragraph(lead.text), lead),
    ]


def _title(facts: Fact) -> list[Said]:
    """关于…的通报, broken where the sense breaks."""
    start, end = (date.fromisoformat(facts[name].value) for name in ("starts", "as_of"))
    whole_months = (end.replace(day=28) if end.month == 2 and end.day >= 28 else end).day >= 28
    if start.year == end.year and start.day == 1 and whole_months and start.month < end.month:
        span = say("{first}—{last}月", first=show(facts["starts"], "month"), last=show(facts["as_of"], "month"))
    else:
        span = say("截至{day}", day=show(facts["as_of"], "day"))
    what = say("关于{scheme}", scheme=show(facts["scheme"]))
    return [what, span + say("进展情况的通报")]


def _body(facts: Fact) -> list[tuple[Block, Said]]:
    blocks: list[tuple[Block, Said]] = []
    for number, (heading, parts) in enumerate(SECTIONS):
        blocks.append(_heading(f"{NUMERALS[number]}、{heading}", Level.FIRST))
        for place, (subheading, write) in enumerate(parts):
            if subheading:
                blocks.append(_heading(f"（{NUMERALS[place]}）{subheading}", Level.SECOND))
            blocks.extend((Paragraph(said.text), said) for said in write(facts))
    return blocks


def _heading(text: str, level: Level) -> tuple[Block, Said]:
    return Paragraph(text, level), say(text)


def _attachments(facts: Fact) -> list[tuple[Block, Said]]:
    """A table for each indicator, or one for very many; the chart below the only one, or as the last of several."""
    indicators, drawn = list(facts["indicators"]), bars(facts)
    contents: list[tuple[Said, list[tuple[Block, Said]]]] = (
        [(say("{name}情况表", name=show(i["name"])), [league_table(facts, i)]) for i in indicators]
        if are_few(facts)
        else [(say("各项指标完成情况表"), [full_table(facts)])]
    )
    if drawn and len(indicators) == 1:
        contents[0][1].append(drawn)
    elif drawn:
        contents.append((say("{caption}图", caption=say(drawn[0].caption)), [drawn]))
    names = AttachmentList(tuple(title.text for title, _ in contents))
    blocks: list[tuple[Block, Said]] = [(names, Said("\n".join(names.names), _sources([t for t, _ in contents])))]
    for number, (title, parts) in enumerate(contents, 1):
        label = f"附件{number}" if len(contents) > 1 else "附件"
        blocks += [(Attachment(label, title.text), title), *parts]
    return blocks if contents else []


def _closing(facts: Fact) -> tuple[Block, Said]:
    sent = say("{day}印发", day=show(facts["known_on"], "day"))
    record = ClosingRecord((("送：各责任单位。", ""), (facts["issuer"].value, sent.text)))
    return record, show(facts["issuer"]) + sent


def _sources(said: list[Said]) -> tuple[Source, ...]:
    return tuple(source for part in said for source in part.sources)
