"""Facts into a briefing: the order of its sections, and proof that every number in it has a fact behind it."""

from dataclasses import dataclass
from datetime import date

from diaodu.briefing.corrected import corrected
from diaodu.briefing.document import (
    Attachment,
    AttachmentList,
    Block,
    ClosingRecord,
    Document,
    Level,
    Masthead,
    Paragraph,
    Signature,
    Title,
    strings,
)
from diaodu.briefing.english.exhibit import correction, in_english
from diaodu.briefing.english.exhibit import title as english_title
from diaodu.briefing.english.passage import ENGLISH
from diaodu.briefing.exhibit import Sheet, Told, in_text, sheets
from diaodu.briefing.kind import Form, Kind, Part
from diaodu.briefing.kind_gap import filled
from diaodu.briefing.passage import WRITERS
from diaodu.briefing.title_lines import balanced
from diaodu.briefing.view import view
from diaodu.briefing.wording import NUMBER, Fact, Said, Source, is_english, say, show, show_day, unsupported
from diaodu.rules.distribution import Edition
from diaodu.rules.series import NumberStyle

NUMERALS = "一二三四五六七八九十"
ROMAN, LETTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"), "abcdefghij"


@dataclass(frozen=True, slots=True)
class Composed:
    """The document, and for each of its blocks what it says with the sources of every number."""

    document: Document
    said: tuple[Said, ...]


class UnsupportedText(ValueError):
    """A composed text has numbers that no fact answers for; it is not issued."""


def compose(stored: str, serial: int, kind: Kind, *, unit: str | None = None) -> Composed:
    """The briefing of a kind told by stored facts, as issue `serial`; for a unit's own sheet, that `unit`'s code.

    Raises UnsupportedText rather than print a stray number.
    """
    facts = view(stored, kind, unit)
    blocks = [*_opening(facts, kind), *_corrected(facts, kind), *_body(facts, kind)]
    blocks += [*_attachments(facts, kind), *_closing(facts, kind)]
    composed = Composed(
        _document(facts, serial, kind, tuple(block for block, _ in blocks)), tuple(said for _, said in blocks)
    )
    stray = stray_numbers(composed, facts)
    if stray:
        raise UnsupportedText("、".join(stray))
    return composed


def passages(stored: str, kind: Kind, unit: str | None = None) -> dict[str, list[str]]:
    """The texts of each passage that the kind has, by its code: what a Word template may put in a place of its own."""
    facts = view(stored, kind, unit)
    codes = dict.fromkeys(code for section in kind.sections for part in section.parts for code in part.passages)
    return {code: [said.text for said in _written(facts, code)] for code in codes}


def stray_numbers(composed: Composed, facts: Fact) -> list[str]:
    """Numbers printed without a fact: in what was said, or in a block beyond what was said."""
    stray = []
    for block, said in zip(composed.document.blocks, composed.said, strict=True):
        stray.extend(unsupported(said, facts))
        spoken = set(NUMBER.findall(said.text))
        texts = [block.title] if isinstance(block, Attachment) else strings(block)
        stray.extend(n for text in texts for n in NUMBER.findall(text) if n not in spoken)
    return stray


def issue_day(facts: Fact) -> Fact:
    """The day it was signed, where somebody signed it; else the day of its knowledge."""
    return facts["issued_on"] if "issued_on" in facts.value else facts["known_on"]


def _corrected(facts: Fact, kind: Kind) -> list[Told]:
    told = corrected(facts) if kind.edition is Edition.FULL else []
    return [correction(facts), in_english(*told[1])] if told and is_english(facts) else told


def _document(facts: Fact, serial: int, kind: Kind, blocks: tuple[Block, ...]) -> Document:
    issuer, day = facts["issuer"].value, date.fromisoformat(issue_day(facts).value)
    number = numbered(facts, serial, kind)
    title = next("".join(block.lines) for block in blocks if isinstance(block, Title))
    sides = (issuer, show_day(facts, issue_day(facts)).text) if kind.form is Form.BRIEFING else (None, None)
    head = Masthead(filled(kind.masthead, facts).text, number, *sides)
    subject = f"{title} ({number})" if is_english(facts) else f"{title}（{number}）"
    return Document(subject, issuer, day, head, blocks, kind.margins)


def numbered(facts: Fact, serial: int, kind: Kind) -> str:
    """The number as it is printed; a yearly one without 机关代字 of its own takes the scheme's."""
    if is_english(facts):
        return f"No. {serial}"
    year = date.fromisoformat(facts["as_of"].value).year
    is_bare = kind.number.style is NumberStyle.YEARLY and not kind.number.prefix
    return (facts.value.get("number_prefix") or "" if is_bare else "") + kind.number.printed(year, serial)


def _opening(facts: Fact, kind: Kind) -> list[Told]:
    lines = [filled(line, facts) for line in kind.title]
    texts = tuple(line.text for line in lines)
    title = Title(texts if is_english(facts) else balanced(texts))
    blocks: list[Told] = [(title, Said("\n".join(texts), _sources(lines)))]
    for text, level in ((kind.addressee, Level.FLUSH), (kind.lead, Level.BODY)):
        if text:
            said = filled(text, facts)
            blocks.append((Paragraph(said.text, level), said))
    return blocks


def _body(facts: Fact, kind: Kind) -> list[Told]:
    """The sections that have something to say, numbered one after another."""
    told = [(section, parts) for section in kind.sections if (parts := _parts(facts, section.parts))]
    first, second = _numerals(facts)
    blocks: list[Told] = []
    for numeral, (section, parts) in zip(first, told, strict=False):
        blocks.append(_heading(numeral, section.heading, facts, Level.FIRST))
        for place, (heading, written) in zip(second, parts, strict=False):
            if heading:
                blocks.append(_heading(place, heading, facts, Level.SECOND))
            blocks.extend(written)
    return blocks


def _numerals(facts: Fact) -> tuple[list[str], list[str]]:
    """一、（一）; in English I. and (a)."""
    if is_english(facts):
        return [f"{numeral}. " for numeral in ROMAN], [f"({letter}) " for letter in LETTERS]
    return [f"{numeral}、" for numeral in NUMERALS], [f"（{numeral}）" for numeral in NUMERALS]


def _written(facts: Fact, passage: str) -> list[Said]:
    return (ENGLISH if is_english(facts) else WRITERS)[passage](facts)


def _parts(facts: Fact, parts: tuple[Part, ...]) -> list[tuple[str, list[Told]]]:
    """The parts that have something to say, each with its paragraphs and then its tables."""
    told = []
    for part in parts:
        said = [paragraph for name in part.passages for paragraph in _written(facts, name)]
        paragraphs: list[Told] = [(Paragraph(one.text), one) for one in said]
        told.append((part.heading, paragraphs + in_text(facts, part.tables)))
    return [(heading, written) for heading, written in told if written]


def _heading(numeral: str, heading: str, facts: Fact, level: Level) -> Told:
    said = say(numeral) + filled(heading, facts)
    return Paragraph(said.text, level), said


def _attachments(facts: Fact, kind: Kind) -> list[Told]:
    """附件说明, 落款, and the attachments themselves."""
    contents = sheets(facts, kind.attachments)
    if is_english(facts):
        return [*_signature(facts, kind), *_in_english(facts, contents)]
    titles = [sheet.title for sheet in contents]
    names = AttachmentList(tuple(title.text for title in titles))
    blocks: list[Told] = [(names, Said("\n".join(names.names), _sources(titles)))] if contents else []
    blocks += _signature(facts, kind)
    for number, sheet in enumerate(contents, 1):
        label = f"附件{number}" if len(contents) > 1 else "附件"
        blocks += [(Attachment(label, sheet.title.text, sheet.landscape), sheet.title), *sheet.parts]
    return blocks


def _in_english(facts: Fact, contents: list[Sheet]) -> list[Told]:
    blocks: list[Told] = []
    untitled = [sheet for sheet in contents if not sheet.english]
    for number, sheet in enumerate(contents, 1):
        label = f"Attachment {number}" if len(contents) > 1 else "Attachment"
        own = say(sheet.english) if sheet.english else None
        said = own or english_title(facts, untitled.index(sheet), len(untitled))
        blocks += [(Attachment(label, said.text, sheet.landscape), said), *(in_english(*part) for part in sheet.parts)]
    return blocks


def _signature(facts: Fact, kind: Kind) -> list[Told]:
    """落款, where the head does not say by whom and when it was written."""
    if kind.form is Form.BRIEFING:
        return []
    issuer, day = show(facts["issuer"]), show_day(facts, issue_day(facts))
    return [(Signature(issuer.text, day.text), issuer + day)]


def _closing(facts: Fact, kind: Kind) -> list[Told]:
    """版记, where the kind says to whom it goes."""
    if not kind.copies:
        return []
    copies = filled(kind.copies, facts)
    sent = say("issued on {day}" if is_english(facts) else "{day}印发", day=show_day(facts, issue_day(facts)))
    record = ClosingRecord(((copies.text, ""), (facts["issuer"].value, sent.text)))
    return [(record, copies + show(facts["issuer"]) + sent)]


def _sources(said: list[Said]) -> tuple[Source, ...]:
    return tuple(source for part in said for source in part.sources)
