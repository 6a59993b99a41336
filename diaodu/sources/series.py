"""What one cell says of document numbers: the issuer's short name, and the kinds that are numbered another way."""

from diaodu.rules.series import NotASeries, read_series
from diaodu.sources.cell import Wrong, code
from diaodu.sources.sheet import Cell


def series(cell: Cell) -> str:
    """As it is stored: the text itself, once it can be read."""
    found = code(cell)
    try:
        read_series(found)
    except NotASeries as wrong:
        raise Wrong(str(wrong)) from None
    return found
