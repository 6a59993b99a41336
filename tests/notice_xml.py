"""What the notice templates are built of: paragraphs, rows and tables in WordprocessingML."""

from collections.abc import Sequence

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TWIPS = 1440 / 25.4
WIDTH = 156


def mm(value: float) -> int:
    return round(value * TWIPS)


def run(text: str, look: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str, style: str = "", more: str = "", look: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{run(text, look) if text else ''}</w:p>"


def cell(content: str, width: float, span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{mm(width)}" w:type="dxa"/>{spanned}<w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def row(*cells: str, header: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[float], rows: Sequence[str], caption: str, after: int = 0) -> str:
    grid = "".join(f'<w:gridCol w:w="{mm(w)}"/>' for w in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(mm, widths))}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblCaption w:val="{caption}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
        + para("", "Anchor", f'<w:spacing w:after="{after}"/>')
    )


LEFT = '<w:jc w:val="left"/>'


LINE = '<w:spacing w:line="380" w:lineRule="exact"/>'
SIZE = '<w:sz w:val="24"/><w:szCs w:val="24"/>'
"""小四 in the rows of a form."""


def text(words: str) -> str:
    return para(words, "TableText")


def entry(words: str) -> str:
    """What stands in a row of the form."""
    return para(words, "TableText", LINE + LEFT, SIZE)


def head(words: str) -> str:
    return para(words, "TableHead")


def pair(label: str, content: str) -> str:
    """A row of the form: its name, and what stands there."""
    return row(cell(para(label, "TableHead", LINE, SIZE), 32), cell(content, 124))


def tinted(name: str, words: str, style: str, more: str = "", look: str = "") -> str:
    """A cell's paragraph that also tints the cell; the words say the same without the colour."""
    tint = run("{% cellbg " + name + " %}")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{tint}{run(words, look)}</w:p>'
