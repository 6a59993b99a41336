"""A document as one HTML file that asks nobody for anything: no script, no font, no picture from elsewhere."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from diaodu.briefing import chart, page
from diaodu.briefing.document import Document, Picture, as_data, blocks_of
from diaodu.briefing.fonts import DEFAULT, Fonts

_PAGES = Environment(loader=PackageLoader("templates", "briefings"), autoescape=True, undefined=StrictUndefined)
_SHARE_OF_SCREEN = 74  # per cent of the window's width that the text area takes on a narrow screen


def write(document: Document, fonts: Fonts = DEFAULT) -> bytes:
    """The bytes of the .html. Its reader's own fonts show it: `fonts` is here because every writer takes it."""
    size = page.masthead_size(document.masthead.name)
    characters = page.width_in_characters(document.masthead.name)
    above, below = page.MARGINS[document.margins]
    filled = _PAGES.get_template("official.html").render(
        document=_fed(document),
        masthead_size=size,
        masthead_vw=round(_SHARE_OF_SCREEN / max(1.0, characters), 2),
        above=above,
        below=below,
    )
    return filled.encode()


def _fed(document: Document) -> dict[str, Any]:
    """The document's data with its charts drawn."""
    data = as_data(document)
    for block, values in zip(document.blocks, blocks_of(data), strict=True):
        if isinstance(block, Picture):
            values["svg"] = Markup(chart.svg(block))  # noqa: S704  (drawn here; its texts are escaped by ECharts)
    return data
