"""A notice as PDF, from the same facts as its Word file, in the shipped wording: for archives and for screens."""

import json
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from diaodu.briefing.as_pdf import STANDARDS, compiler, sizes
from diaodu.briefing.fonts import DEFAULT, Fonts
from diaodu.briefing.notice_field import facts
from diaodu.rules.notice import Body

TEMPLATE = files("templates") / "notices" / "official.typ"


def write(body: Body, fonts: Fonts = DEFAULT, instead: bool = False) -> bytes:
    """The bytes of the .pdf, made as if at midnight of the notice's day; the same body gives the same bytes.

    `instead`: the office words its notices otherwise, and the page says so.
    """
    made = compiler(fonts).compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={
            "notice": json.dumps(_fed(body), ensure_ascii=False),
            "page": json.dumps(sizes(body.issuer, fonts), ensure_ascii=False),
            "instead": "1" if instead else "",
        },
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(date.fromisoformat(body.day), time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def _fed(body: Body) -> dict[str, Any]:
    day = date.fromisoformat(body.day)
    return facts(body) | {"kind": body.kind.value, "day": {"year": day.year, "month": day.month, "day": day.day}}
