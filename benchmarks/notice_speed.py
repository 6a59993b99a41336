"""1,000 notices as Word and PDF, as a ratio to docxtpl and Typst used plainly: `python -m benchmarks.notice_speed`."""

import io
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

import typst
from docxtpl import DocxTemplate
from sqlalchemy import Engine

from diaodu.actions.notice_file import write_missing
from diaodu.briefing import fonts
from diaodu.briefing.notice_field import EXAMPLE, facts
from diaodu.briefing.notice_template import own, shipped
from diaodu.briefing.template_grammar import environment
from diaodu.rules.notice import Body, to_json
from diaodu.rules.routing import NoticeKind
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction
from models.notice import Notice
from models.scheme import Scheme
from models.unit import Unit

NOTICES, ITEMS = 1000, 3
GOAL = 30.0
AT = datetime(2026, 11, 9, tzinfo=UTC)
PLAIN = """#set page(paper: "a4")
#set text(font: {fonts}, lang: "zh")
#let n = json(bytes(sys.inputs.notice))
= #n.文种
#n.文号 #n.单位 #n.要求
#table(columns: 5, ..n.事项表.map(i => (i.指标, i.序时要求, i.实际完成, i.差距, i.等级)).flatten())
"""


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, and seconds of all processors: what else the machine does lengthens only the first."""

    wall: float
    cpu: float


def bodies() -> list[Body]:
    """Notices to 1,000 units, three items each."""
    (item,) = EXAMPLE.items
    items = tuple(replace(item, indicator=f"重点任务{n}") for n in range(ITEMS))
    return [
        replace(EXAMPLE, serial=n, number=f"某考办预警〔2026〕{n}号", unit=f"第{n}街道", items=items)
        for n in range(1, NOTICES + 1)
    ]


def plain(told: list[Body]) -> None:
    """What the two libraries take by themselves: a template opened and saved, a page of text compiled."""
    template = shipped(NoticeKind.WARNING)
    families = ", ".join(f'"{name}"' for name in fonts.families(fonts.DEFAULT).fangsong)
    compiler = typst.Compiler(font_paths=fonts.loaded(fonts.DEFAULT))
    source = PLAIN.replace("{fonts}", f"({families},)").encode()
    for body in told:
        word = DocxTemplate(io.BytesIO(template))
        word.render(facts(body), jinja_env=environment())
        word.save(io.BytesIO())
        compiler.compile(source, format="pdf", sys_inputs={"notice": json.dumps(facts(body))})


def prepared(folder: Path, told: list[Body]) -> Engine:
    """A database in which 1,000 notices wait for their files."""
    engine = open_engine(f"sqlite:///{folder / 'diaodu.db'}")
    upgrade(engine)
    with transaction(engine) as session:
        session.add(Scheme(id=1, code="2026"))
        session.flush()
        session.add_all(Unit(id=n, scheme_id=1, code=f"u{n}") for n in range(1, NOTICES + 1))
        session.flush()
        session.add_all(_row(body) for body in told)
    return engine


def _row(body: Body) -> Notice:
    return Notice(
        scheme_id=1,
        unit_id=body.serial,
        kind=body.kind,
        year=2026,
        serial=body.serial,
        number=body.number,
        as_of=date(2026, 10, 31),
        body=to_json(body),
        issued_at=AT,
    )


def written(told: list[Body], edited: bool) -> Took:
    """Seconds to write them all, by the shipped template or, confined, by one of the office's own."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        engine = prepared(home, told)
        if edited:
            path = own(home, NoticeKind.WARNING)
            path.parent.mkdir(parents=True)
            path.write_bytes(shipped(NoticeKind.WARNING))
        took = timed(lambda: write_missing(engine, home))
        assert len(list(home.rglob("*.docx"))) == NOTICES + edited
        assert len(list(home.rglob("*.pdf"))) == NOTICES
        engine.dispose()
    return took


def timed(work: Callable[[], object]) -> Took:
    """What it took, confined processes included."""
    wall, cpu = perf_counter(), _spent()
    work()
    return Took(perf_counter() - wall, _spent() - cpu)


def _spent() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> int:
    """Print the times and their ratio; 1 when the goal is missed in processor time, which neighbours cannot blur."""
    told = bodies()
    by_shipped, by_own = written(told, edited=False), written(told, edited=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reference = timed(lambda: plain(told))
    print(f"notices, Word and PDF           {NOTICES:>8,}")
    print(
        f"docxtpl and Typst, plainly      {reference.cpu:>8.2f} s of processors {reference.wall:>8.2f} s by the clock"
    )
    for name, took in (("written by the shipped template", by_shipped), ("by the office's own, confined  ", by_own)):
        print(f"{name} {took.cpu:>8.2f} s of processors {took.wall:>8.2f} s by the clock   goal {GOAL:.0f} s")
    print(f"ratio to the plain use          {by_shipped.cpu / reference.cpu:>8.2f}")
    print(f"memory                          {memory:>8.0f} MB")
    return int(max(by_shipped.cpu, by_own.cpu) > GOAL)


if __name__ == "__main__":
    sys.exit(main())
