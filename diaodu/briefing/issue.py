"""A briefing as files: where they lie, how they are written, and whether they are still what was issued."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from diaodu.briefing import briefing_template
from diaodu.briefing.compose import compose, passages
from diaodu.briefing.document import Document
from diaodu.briefing.fonts import Fonts
from diaodu.briefing.layout import Layouts
from diaodu.briefing.revised import revised
from diaodu.briefing.writers import write_all
from diaodu.rules.distribution import Edition, edition_of

FOLDER = "briefings"
DRAFTS = "drafts"
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Issue:
    """A briefing as it is printed, from what is kept of it and nothing else.

    `edits`: paragraphs that people wrote anew, by what was composed. `signed_on`: when somebody signed it, or None.
    """

    facts: str
    serial: int
    scheme: str
    kind: str
    as_of: date
    layouts: Layouts
    edits: Mapping[str, str] = field(default_factory=dict)
    signed_on: date | None = None
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """One file of a briefing: its format, its path in the workspace, its bytes and their SHA-256."""

    format: str
    path: str
    content: bytes
    digest: str
    edition: str = "full"


def composed(issue: Issue, edition: str = "full") -> Document:
    """The document before anybody edited it; its paragraphs are what edits are found by."""
    which, unit = edition_of(edition)
    return compose(told(issue), issue.serial, issue.layouts[which], unit=unit).document


def document(issue: Issue, edition: str = "full") -> Document:
    """The document as it is printed; people edit the whole briefing only. Raises LostParagraph."""
    found = composed(issue, edition)
    return revised(found, issue.edits) if edition == Edition.FULL else found


def told(issue: Issue) -> str:
    """The facts as the text tells them: those frozen, and the day of the signature."""
    if issue.signed_on is None:
        return issue.facts
    facts = json.loads(issue.facts) | {"issued_on": issue.signed_on.isoformat()}
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def printed(issue: Issue, fonts: Fonts, edition: str = "full") -> tuple[Printed, ...]:
    """An edition of the briefing in every format; the same issue and fonts give the same bytes."""
    stem = _stem(issue, edition)
    return tuple(
        Printed(name, f"{stem}.{name}", content, hashlib.sha256(content).hexdigest(), edition)
        for name, content in write_all(document(issue, edition), fonts).items()
    )


def printed_with(issue: Issue, fonts: Fonts, home: Path, editions: Iterable[str]) -> list[Printed]:
    """Every edition in every format, the Word file by the office's own template where it has one.

    Raises TemplateRefused besides what `printed` raises.
    """
    words = _own_words(issue, home, list(editions))
    files = [file for edition in words for file in printed(issue, fonts, edition)]
    return [_with(file, words[file.edition]) if file.format == "docx" else file for file in files]


def printed_again(issue: Issue, fonts: Fonts, home: Path, kept: Mapping[str, str]) -> list[Printed]:
    """The whole briefing once more, as it was issued where that can be: `kept` are the digests by path.

    What was issued in the standard layout stays in it, whatever template the office has taken since.
    """
    standard = printed(issue, fonts)
    if all(kept.get(file.path) == file.digest for file in standard):
        return list(standard)
    return printed_with(issue, fonts, home, [Edition.FULL.value])


def _own_words(issue: Issue, home: Path, editions: list[str]) -> dict[str, bytes | None]:
    """The Word files that the office's own templates give; those of one kind are filled in together."""
    found: dict[str, bytes | None] = dict.fromkeys(editions)
    for which in dict.fromkeys(edition_of(edition)[0] for edition in editions):
        if not briefing_template.own(home, issue.layouts[which].code).is_file():
            continue
        own = [edition for edition in editions if edition_of(edition)[0] is which]
        told_of = [(document(issue, edition), _passages(issue, edition)) for edition in own]
        found |= zip(own, briefing_template.filled(home, issue.layouts[which], told_of), strict=True)
    return found


def _passages(issue: Issue, edition: str) -> dict[str, list[str]]:
    which, unit = edition_of(edition)
    edits = issue.edits if which is Edition.FULL else {}
    written = passages(told(issue), issue.layouts[which], unit)
    return {code: [edits.get(text, text) for text in texts] for code, texts in written.items()}


def _with(file: Printed, content: bytes | None) -> Printed:
    if content is None:
        return file
    return replace(file, content=content, digest=hashlib.sha256(content).hexdigest())


def place(file: Printed, root: Path) -> Path:
    """Write the file under `root`, whole or not at all."""
    target = root / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_bytes(file.content)
    unfinished.replace(target)
    return target


def _stem(issue: Issue, edition: str) -> str:
    name = "草稿" if issue.is_draft else f"第{issue.serial}期"
    folder, day = DRAFTS if issue.is_draft else FOLDER, issue.as_of.isoformat()
    which, unit = edition_of(edition)
    about = "" if which is Edition.FULL else f"-{_own(unit or issue.layouts[which].name)}"
    return f"{folder}/{_safe(issue.scheme)}/{_safe(issue.kind)}/{day}-{name}{about}"


def _own(name: str) -> str:
    """A name of its own for each: one that cannot stand in a path as it is gets a mark."""
    safe = _safe(name)
    return safe if safe == name else f"{safe}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name)
