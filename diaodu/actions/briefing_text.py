"""A draft as its reviewer reads it: paragraphs that may be written anew with their numbers, and what is wrong there."""

import json
from collections.abc import Iterator

from sqlmodel import Session

from diaodu.actions.briefing import as_printed, found
from diaodu.briefing.document import Level, Paragraph, strings
from diaodu.briefing.edited import faults
from diaodu.briefing.issue import Issue, composed
from diaodu.briefing.wording import Fact
from diaodu.language import _


def reading(session: Session, scheme_id: int, number: int) -> list[str]:
    """The lines of a draft or an issue. Raises NotTaken."""
    return list(_lines(as_printed(session, found(session, scheme_id, number))))


def _lines(issue: Issue) -> Iterator[str]:
    facts, place = Fact(json.loads(issue.facts)), 0
    for block in composed(issue).blocks:
        if not isinstance(block, Paragraph) or block.level is not Level.BODY:
            yield from filter(None, strings(block))
            continue
        place += 1
        text = issue.edits.get(block.text, block.text)
        yield f"[{place}] {text}"
        if text != block.text:
            yield _("    原文：{text}").format(text=block.text)
            yield from (_("    须改正：{fault}").format(fault=fault) for fault in faults(text, facts))
