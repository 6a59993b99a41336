"""The page of GB/T 9704-2012: sizes that Word, PDF and HTML share."""

from diaodu.briefing.document import Margins

PAPER_MM = (210.0, 297.0)
LEFT_MM, RIGHT_MM = 28.0, 26.0
MARGINS = {Margins.STRICT: (37.0, 35.0), Margins.OFFICE: (34.58, 32.58)}
"""Millimetres above and below the text: GB/T 9704-2012 5.2.1; GB/T 33476.2-2016 for office software, whose lines have
their leading above the first character."""
WIDTH_MM, HEIGHT_MM = 156.0, 225.0
"""The text area (版心); a page that lies is 225 mm wide."""
POINTS_PER_MM = 72 / 25.4
SIZE = 16.0  # 3号
CHARACTER = 15.75  # 16 pt drawn in by 0.25 pt: 28 characters in 156 mm
LINE = 28.95  # 225 mm in 22 lines
MASTHEAD_SIZE = 44.0
TITLE_SIZE = 22.0  # 2号


def width_in_characters(text: str) -> float:
    """How many full-width characters `text` takes; ASCII takes half of one."""
    return sum(0.5 if c.isascii() else 1.0 for c in text)


def masthead_size(name: str) -> float:
    """Points at which the red head fits on one line of the text area, never above 44; bold Latin is a little wider."""
    wide = sum(0.65 if c.isascii() else 1.0 for c in name)
    fitting = WIDTH_MM * POINTS_PER_MM / max(1.0, wide)
    return min(MASTHEAD_SIZE, int(fitting * 2) / 2)


def signature_indent(issuer: str, day: str) -> float:
    """Full-width characters between the issuer's end and the right edge: centred above a day that ends four short."""
    centred = 4 + (width_in_characters(day) - width_in_characters(issuer)) / 2
    return max(0.0, centred)


def column_widths(widths: tuple[float, ...], room: float = WIDTH_MM) -> tuple[float, ...]:
    """Millimetres of every column; those asking 0 share what the others leave of the room."""
    asked = sum(widths)
    free = widths.count(0)
    share = max(0.0, room - asked) / free if free else 0.0
    return tuple(w or share for w in widths)
