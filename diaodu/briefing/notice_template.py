"""The Word template a notice is filled into: the office's own from `templates/notices/` of its workspace, or ours."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from diaodu.briefing import notice_pdf, template_confined, word_to_pdf
from diaodu.briefing.fonts import Fonts
from diaodu.briefing.notice_field import facts
from diaodu.briefing.template_vocabulary import NOTICE
from diaodu.briefing.template_word import Form
from diaodu.rules.notice import Body
from diaodu.rules.routing import NoticeKind

SHIPPED = files("templates") / "notices" / "word"


def own(home: Path, kind: NoticeKind) -> Path:
    """Where the office's own template of this kind lies, if it has one."""
    return home / "templates" / "notices" / f"{kind}.docx"


def shipped(kind: NoticeKind) -> bytes:
    """The template that comes with diaodu."""
    return (SHIPPED / f"{kind}.docx").read_bytes()


def filled(home: Path, kind: NoticeKind, bodies: Sequence[Body]) -> list[bytes]:
    """One Word file for each notice of this kind; the office's own template is opened where it can do no harm.

    Raises TemplateRefused.
    """
    told = [facts(body) for body in bodies]
    path = own(home, kind)
    if path.is_file():
        return template_confined.filled(path.read_bytes(), told)
    return [_form(kind).filled(one) for one in told]


def pdfs(
    home: Path, kind: NoticeKind, bodies: Sequence[Body], words: Sequence[bytes], fonts: Fonts
) -> Callable[[int], bytes]:
    """Gives the PDF of each notice by its place: of the office's own template what LibreOffice prints of its Word file;
    where there is none, and of the shipped template, the shipped form, which in the first case says so."""
    if not own(home, kind).is_file():
        return lambda n: notice_pdf.write(bodies[n], fonts)
    try:
        return word_to_pdf.converted(words, fonts).__getitem__
    except word_to_pdf.NotConverted:
        return lambda n: notice_pdf.write(bodies[n], fonts, instead=True)


@cache
def _form(kind: NoticeKind) -> Form:
    return Form(shipped(kind), NOTICE)
