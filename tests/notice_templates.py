"""The shipped Word templates of notices, from their source: `python -m tests.notice_templates` writes them."""

import re
from collections.abc import Sequence
from pathlib import Path

from diaodu.briefing import word_file
from diaodu.briefing.template_word import packed
from diaodu.rules.routing import NoticeKind
from tests.notice_xml import (
    HEAD,
    LINE,
    NAMESPACES,
    SIZE,
    WIDTH,
    cell,
    entry,
    head,
    mm,
    pair,
    para,
    row,
    run,
    table,
    text,
    tinted,
)

FOLDER = Path(__file__).parent.parent / "templates" / "notices" / "word"
SIGNED_FROM = 4160
"""Twentieths of a point from the left: the signature is centred above a day that ends four characters short."""
SLIP = ("签收人及时间", 1), ("原因分析", 4), ("整改措施", 5), ("责任人", 1), ("预计完成日", 1), ("单位意见（盖章）", 2)
CHASE_SLIP = ("签收人及时间", 1), ("未按时报送的原因", 4), ("预计补报日", 1), ("单位意见（盖章）", 2)


def items(graded: bool) -> str:
    """The table of what lags; a row for each item."""
    columns = [
        ("序号", 12, "{{ 事项.序号 }}"), ("指标", 32, "{{ 事项.指标 }}"), ("序时要求", 32, "{{ 事项.序时要求 }}"),
        ("实际完成", 32, "{{ 事项.实际完成 }}"), ("差距", 30, "{{ 事项.差距 }}"),
    ]  # fmt: skip
    widths = [w for _, w, _ in columns] + [18]
    if not graded:
        columns, widths = [("序号", 14, "{{ 事项.序号 }}"), ("指标", 46, "{{ 事项.指标 }}")], [14, 46, 96]
    last = (
        ("等级", tinted("事项.底色", "{{ 事项.等级 }}", "TableText")) if graded else ("情况", entry("{{ 事项.情况 }}"))
    )
    heads = row(*(cell(head(n), w) for (n, w, _) in columns), cell(head(last[0]), widths[-1]), header=True)
    body = row(*(cell(text(t), w) for (_, w, t) in columns), cell(last[1], widths[-1]))
    span = len(widths)
    return table(widths, [heads, loop("事项 in 事项表", span), body, ended(span)], "事项表", 120)


def loop(words: str, span: int) -> str:
    return row(cell(text("{%tr for " + words + " %}"), WIDTH, span))


def ended(span: int) -> str:
    return row(cell(text("{%tr endfor %}"), WIDTH, span))


def each_item() -> str:
    return (
        para("{%p for 事项 in 事项表 %}", "Text")
        + para("{{ 事项.序号 }}．{{ 事项.情况 }}{{ 事项.连续说明 }}", "Text")
        + para("{%p endfor %}", "Text")
    )


def signature(before: int = 1158) -> str:
    indent = f'<w:ind w:left="{SIGNED_FROM}"/><w:jc w:val="center"/>'
    keep = f'<w:keepNext/><w:spacing w:before="{before}"/>'
    return para("{{ 发文机关 }}", "", keep + indent) + para("{{ 日期 }}", "", indent)


def slip(rows: Sequence[tuple[str, int]]) -> str:
    """回执 on a page of its own, filled in by hand."""
    form = [pair("对应文号", entry("{{ 文号 }}")), pair("单位", entry("{{ 单位 }}"))]
    form += [pair(name, blank(lines * 3 // 2 + 1)) for name, lines in rows]
    return para("附件", "AttachmentLabel") + para("{{ 文种 }}回执", "AttachmentTitle") + table((32, 124), form, "回执")


ADDRESSEE = para("{{ 单位 }}：", "")
NOTE = para("附件：{{ 文种 }}回执", "AttachmentNote", '<w:keepNext/><w:spacing w:before="579"/>')
CONTACT = para("联系人：{{ 联系人 }}。", "Text")


def title(words: str, before: int = 579) -> str:
    return para(words, "Title", f'<w:spacing w:before="{before}" w:after="{before}"/>')


def letter(about: str, opening: str, middle: str) -> str:
    """信函格式: the head stands in the first page's header."""
    told = said("措施", "{{ 措施 }}") + said("签发人", "签发人：{{ 签发人 }}。")
    rest = para("{{ 要求 }}", "Text") + told + CONTACT + NOTE + signature()
    return title(about) + ADDRESSEE + para(opening, "Text") + middle + rest


def bar() -> str:
    """The coloured bar: the word first, the colour only behind it."""
    return row(cell(tinted("底色", "预警等级：{{ 等级 }}（共{{ 事项数 }}项）", "TableHead", LINE, SIZE), WIDTH, 2))


def numbered() -> str:
    tab = '<w:tabs><w:tab w:val="right" w:pos="8845"/></w:tabs>'
    return f"<w:p><w:pPr>{tab}</w:pPr>{run('编号：{{ 文号 }}')}<w:r><w:tab/></w:r>{run('{{ 日期 }}')}</w:p>"


def clauses(label: str) -> str:
    lines = "".join(entry(t) for t in ("{%p for 条款 in 依据表 %}", "{{ 条款 }}", "{%p endfor %}"))
    return pair(label, lines)


def said(name: str, words: str) -> str:
    """A paragraph only where there is something to say."""
    return "".join(para(each, "Text") for each in ("{%p if " + name + " %}", words, "{%p endif %}"))


def where_said(label: str, name: str) -> str:
    """A row of a form only where there is something to say."""
    begin, end = (row(cell(text("{%tr " + words + " %}"), WIDTH, 2)) for words in (f"if {name}", "endif"))
    return begin + pair(label, entry("{{ " + name + " }}")) + end


def listed() -> str:
    words = (
        "{%p for 事项 in 事项表 %}", "{{ 事项.序号 }}．{{ 事项.情况 }}{{ 事项.连续说明 }}", "{%p endfor %}"
    )  # fmt: skip
    return "".join(entry(w) for w in words)


def blank(lines: int) -> str:
    return "".join(entry("") for _ in range(lines))


def warning() -> str:
    """预警通知单, as a form."""
    top = [bar(), pair("被预警单位", entry("{{ 单位 }}")), pair("截至日", entry("{{ 截至日 }}"))]
    top.append(pair("具体情况", listed()))
    below = [
        clauses("依据条款"),
        pair("整改要求与时限", entry("{{ 要求 }}")),
        where_said("措施", "措施"),
        pair("反馈联系人", entry("{{ 联系人 }}")),
        pair("签发人", entry("{{ 签发人 }}") + blank(1)),
        pair("回执", entry("见附件，随书面回复一并报送")),
    ]
    return (
        title("{{ 文种 }}", 120) + numbered() + table((32, 124), top, "预警") + items(graded=True)
        + table((32, 124), below, "要求") + signature(290)
    )  # fmt: skip


def supervision() -> str:
    """督办单, as a form (督办通知单)."""
    top = [
        bar(),
        pair("责任单位", entry("{{ 单位 }}")),
        pair("责任人", blank(1)),
        clauses("交办依据"),
        pair("目前进展与差距", listed()),
    ]
    below = [
        pair("工作要求", entry("{{ 要求 }}")),
        pair("时限要求", entry("回复：{{ 答复期限 }}；整改：{{ 整改期限 }}")),
        where_said("措施", "措施"),
        pair("反馈联系人", entry("{{ 联系人 }}")),
        pair("签发人", entry("{{ 签发人 }}")),
        pair("领导批示", blank(1)),
        pair("承办情况", blank(1)),
        pair("审核意见", blank(2)),
        pair("办结销号", blank(1)),
    ]
    return (
        title("{{ 文种 }}", 120) + numbered() + table((32, 124), top, "督办") + items(graded=True)
        + table((32, 124), below, "要求") + signature(290)
    )  # fmt: skip


BODIES = {
    NoticeKind.REMINDER: letter(
        "关于加快推进有关工作的{{ 文种 }}",
        "截至{{ 截至日 }}，你单位{{ 所涉事项 }}未达到序时要求，现予提醒。",
        each_item(),
    )
    + slip(SLIP),
    NoticeKind.WARNING: warning() + slip(SLIP),
    NoticeKind.SUPERVISION: supervision() + slip(SLIP),
    NoticeKind.INTERVIEW: letter(
        "{{ 文种 }}", "因你单位{{ 所涉事项 }}截至{{ 截至日 }}严重滞后，经研究，决定对你单位进行约谈。", each_item()
    )
    + slip(SLIP),
    NoticeKind.CHASE: letter(
        "关于补报有关数据的{{ 文种 }}", "截至{{ 日期 }}，你单位下列{{ 事项数 }}项数据逾期未报送。", items(graded=False)
    )
    + slip(CHASE_SLIP),
}
LETTERS = frozenset({NoticeKind.REMINDER, NoticeKind.INTERVIEW, NoticeKind.CHASE})

DOUBLE = '<w:{side} w:val="{kind}" w:sz="24" w:space="{space}" w:color="FF0000"/>'
REACH = f'<w:ind w:left="-{mm(8)}" w:right="-{mm(6)}"/>'
"""170 mm, centred on the page, about a text area 28 mm from the left and 26 mm from the right."""


def letter_head() -> str:
    """机关名称 30 mm from the page's edge, the double line 4 mm below it, and the number at the right below that."""
    line = DOUBLE.format(side="bottom", kind="thickThinSmallGap", space=8)
    name = para(
        "{{ 发文机关 }}", "Masthead",
        f'<w:pBdr>{line}</w:pBdr><w:spacing w:before="0" w:after="0" w:line="900" w:lineRule="exact"/>{REACH}',
        '<w:sz w:val="72"/><w:szCs w:val="72"/>',
    )  # fmt: skip
    number = para("{{ 文号 }}", "", '<w:spacing w:before="280"/><w:jc w:val="right"/>')
    return f"{HEAD}<w:hdr {NAMESPACES}>{name}{number}</w:hdr>"


def letter_foot() -> str:
    """The double line 20 mm above the page's lower edge; no page number on the first page."""
    line = DOUBLE.format(side="top", kind="thinThickSmallGap", space=0)
    height = mm(20) - FOOTER - 20
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{height}" w:lineRule="exact"/>'
    return f"{HEAD}<w:ftr {NAMESPACES}>{para('', 'Footer', f'<w:pBdr>{line}</w:pBdr>{spacing}{REACH}')}</w:ftr>"


FOOTER = 1000
"""Twentieths of a point from the page's lower edge to the footer of a letter."""


def built(kind: NoticeKind) -> bytes:
    """The template's bytes."""
    parts = dict(word_file.parts_of_template())
    section = parts["word/document.xml"].decode()
    document = section.replace("<w:body>", f"<w:body>{BODIES[kind]}")
    if kind in LETTERS:
        document = _with_letterhead(document)
        parts |= {"word/header1.xml": letter_head().encode(), "word/footer5.xml": letter_foot().encode()}
        parts["word/_rels/document.xml.rels"] = _related(parts["word/_rels/document.xml.rels"].decode())
        parts["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"].decode())
    parts["word/document.xml"] = re.sub(r">\s+<", "><", document).encode()
    return packed(parts)


def _with_letterhead(document: str) -> str:
    first = '<w:headerReference w:type="first" r:id="rId8"/><w:footerReference w:type="first" r:id="rId9"/>'
    document = document.replace("<w:sectPr>", f"<w:sectPr>{first}", 1).replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    return document.replace('w:header="851"', f'w:header="{mm(30) - 101}"')


def _related(rels: str) -> str:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = "".join(
        f'<Relationship Id="{i}" Type="{base}/{kind}" Target="{name}"/>'
        for i, kind, name in (("rId8", "header", "header1.xml"), ("rId9", "footer", "footer5.xml"))
    )
    return rels.replace("</Relationships>", more + "</Relationships>")


def _typed(types: str) -> str:
    base = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    more = "".join(
        f'<Override PartName="/word/{name}" ContentType="{base}.{kind}+xml"/>'
        for name, kind in (("header1.xml", "header"), ("footer5.xml", "footer"))
    )
    return types.replace("</Types>", more + "</Types>")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for kind in NoticeKind:
        (FOLDER / f"{kind}.docx").write_bytes(built(kind))
