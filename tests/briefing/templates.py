"""Word templates made for tests: a sound one, one with other paragraphs in it, and parts put into the package."""

import io
import zipfile
from collections.abc import Callable, Mapping

from diaodu.briefing.notice_template import shipped
from diaodu.rules.routing import NoticeKind

SOUND = shipped(NoticeKind.REMINDER)
DOCUMENT = "word/document.xml"
RELATIONSHIPS = "word/_rels/document.xml.rels"


def run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def saying(*paragraphs: str, data: bytes = SOUND) -> bytes:
    """A template with these paragraphs in front of its own."""
    made = "".join(p if p.startswith("<") else paragraph(run(p)) for p in paragraphs)
    return changed(DOCUMENT, lambda text: text.replace("<w:body>", f"<w:body>{made}", 1), data)


def changed(part: str, change: Callable[[str], str], data: bytes = SOUND) -> bytes:
    """A template with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    before = parts[part].decode()
    after = change(before)
    assert after != before, f"nothing changed in {part}"
    return packed(parts | {part: after.encode()})


def with_parts(more: Mapping[str, bytes], data: bytes = SOUND) -> bytes:
    """A template with more parts in its package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return packed({name: package.read(name) for name in package.namelist()} | dict(more))


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def related(kind: str, target: str) -> bytes:
    """A template with a relationship to something outside it."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}" TargetMode="External"/>'
    return changed(RELATIONSHIPS, lambda text: text.replace("</Relationships>", link + "</Relationships>"))


def coded(code: str) -> str:
    """A paragraph with a field of Word's own."""
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>' for part in code.split("|"))
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
