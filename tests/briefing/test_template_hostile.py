"""Hostile templates: every one is refused, by the checker and by the printer, in bounded time and memory."""

import resource

import pytest

from diaodu.briefing import template_confined
from diaodu.briefing.notice_field import EXAMPLE, facts
from diaodu.briefing.template_fault import TemplateRefused
from diaodu.confined import SECONDS
from tests.briefing.templates import (
    DOCUMENT,
    SOUND,
    changed,
    coded,
    packed,
    paragraph,
    related,
    run,
    saying,
    with_parts,
)

OBJECT = "<w:p><w:r><w:object/></w:r></w:p>"
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document '
LAUGH = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document '
MACROS = "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

TAGS = {
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attribute of a field": "{{ 单位.__class__ }}",
    "format": "{{ '{0.__class__}'.format(单位) }}",
    "attr filter": "{{ 单位|attr('__class__') }}",
    "item": "{{ 事项表[0]['__class__'] }}",
    "call": "{{ 单位.encode() }}",
    "huge range": "{% for 甲 in range(10**9) %}x{% endfor %}",
    "huge power": "{{ 9**9**9 }}",
    "huge text": "{{ '甲' * 10**10 }}",
    "loops": "{% for 甲 in 事项表 %}{% for 乙 in 事项表 %}{% for 丙 in 事项表 %}x{% endfor %}{% endfor %}{% endfor %}",
    "recursion": "{% for 甲 in 事项表 recursive %}{{ loop(事项表) }}{% endfor %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'x' as y %}",
    "from": "{% from 'x' import y %}",
    "extends": "{% extends 'x' %}",
    "macro": "{% macro 甲() %}{{ 甲() }}{% endmacro %}{{ 甲() }}",
    "set": "{% set 甲 = 事项表 %}",
    "safe": "{{ 单位|safe }}",
    "self": "{{ self }}",
    "raw markup": "{{ '&lt;w:altChunk/&gt;'|safe }}",
    "pad": "{{ '%0999999999d'|format(1) }}",
    "deep": "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
}
FILES = {
    "link outside": lambda: related("hyperlink", "http://example.cn/"),
    "template elsewhere": lambda: related("attachedTemplate", "http://example.cn/evil.dotm"),
    "picture elsewhere": lambda: related("image", "file:///etc/passwd"),
    "share": lambda: related("image", r"\\\\example\\share\\x.png"),
    "ole": lambda: with_parts({"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}),
    "object": lambda: saying(OBJECT),
    "activex": lambda: with_parts({"word/activeX/activeX1.xml": b"<x/>"}),
    "chunk": lambda: with_parts({"word/afchunk.htm": b"<script/>"}),
    "macros": lambda: with_parts({"word/vbaProject.bin": b"x"}),
    "docm": lambda: changed("[Content_Types].xml", lambda t: t.replace(WORD, MACROS)),
    "dde": lambda: saying(coded('DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc"')),
    "dde in pieces": lambda: saying(coded("DD|EAU|TO cmd")),
    "include text": lambda: saying(coded('INCLUDETEXT "/etc/passwd"')),
    "include picture": lambda: saying(coded('INCLUDEPICTURE "http://example.cn/x.png"')),
    "simple field": lambda: saying('<w:p><w:fldSimple w:instr="DDE cmd"/></w:p>'),
    "macro button": lambda: saying(coded("MACROBUTTON x")),
    "entity": lambda: changed(DOCUMENT, lambda t: t.replace("<w:document ", DOCTYPE, 1)),
    "laughing": lambda: changed(DOCUMENT, lambda t: t.replace("<w:document ", LAUGH, 1)),
    "zip bomb": lambda: with_parts({"word/media/image1.png": b"\0" * 60_000_000}),
    "many parts": lambda: with_parts({f"word/media/{n}.png": b"x" for n in range(2000)}),
    "path": lambda: with_parts({"../../etc/cron.d/x": b"x"}),
    "absolute path": lambda: with_parts({"/etc/x": b"x"}),
    "old format": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "not word": lambda: packed({"xl/workbook.xml": b"<x/>"}),
    "tag in pieces": lambda: saying(paragraph(run("{"), run("{ cycler"), run(".__init__ }"), run("}"))),
    "tag across paragraphs": lambda: saying("{{ cycler", ".__init__ }}"),
    "tag in an attribute": lambda: changed(
        DOCUMENT, lambda t: t.replace('w:val="回执"', 'w:val="{{ 单位.__class__ }}"')
    ),
    "tag in the head": lambda: changed("word/header1.xml", lambda t: t.replace("{{ 文号 }}", TAGS["globals"])),
}  # type: dict[str, Callable[[], bytes]]
HOSTILE = FILES | {name: (lambda tag=tag: saying(tag)) for name, tag in TAGS.items()}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    data = HOSTILE[name]()
    assert [fault for fault in template_confined.checked(data) if fault.grave]
    with pytest.raises(TemplateRefused):
        template_confined.filled(data, [facts(EXAMPLE)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < SECONDS


def test_a_template_that_would_print_for_ever_is_stopped_by_its_bounds() -> None:
    """Nested as deep as is allowed, over more items than any notice has, around a page of text."""
    loops = "{% for 甲 in 事项表 %}{% for 乙 in 事项表 %}" + "长" * 5000 + "{% endfor %}{% endfor %}"
    told = facts(EXAMPLE)
    many = told | {"事项表": told["事项表"] * 1000}
    with pytest.raises(TemplateRefused, match="限定的内存和时间"):
        template_confined.filled(saying(loops), [many])


def test_a_sound_template_is_filled_there_as_here() -> None:
    (made,) = template_confined.filled(SOUND, [facts(EXAMPLE)])
    assert made.startswith(b"PK")
    assert template_confined.checked(SOUND) == []


def test_values_are_text_whatever_they_look_like() -> None:
    hostile = '</w:t><w:altChunk/>{{ 单位.__class__ }} & "q"\x0b'
    (made,) = template_confined.filled(SOUND, [facts(EXAMPLE) | {"单位": hostile.replace("\x0b", "")}])
    assert b"&lt;/w:t&gt;&lt;w:altChunk/&gt;{{ \xe5\x8d\x95\xe4\xbd\x8d.__class__ }} &amp;" in made
