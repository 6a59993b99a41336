"""Briefings in three formats, as a ratio to python-docx and Typst used plainly: `python -m benchmarks.briefing_speed`.

A weekly briefing, a monthly one of 20 pages, and the sheets of 200 units: processor seconds and memory of composing
and printing from frozen facts, beside what the two libraries take for the same words.
"""

import io
import json
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pypdfium2
import typst
from docx import Document as Word

from benchmarks.big_plan import AS_OF, KNOWN_AT, Size, fill
from diaodu.actions.frozen import frozen
from diaodu.briefing import fonts, issue
from diaodu.briefing.document import Document, texts
from diaodu.briefing.kind_folder import kinds
from diaodu.briefing.layout import chosen
from diaodu.briefing.writers import write_all
from diaodu.rules.distribution import Edition, called
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.session import transaction

WEEKLY, MONTHLY = Size(40, 3, 4, 8), Size(200, 3, 4, 8)
PAGES, SHEETS = 20, 200
GOALS = {"weekly": 1.0, "monthly": 5.0, "unit sheets": 30.0}
PLAIN = """#set page(paper: "a4")
#set text(font: {fonts}, lang: "zh", size: 16pt)
#for line in json(bytes(sys.inputs.texts)) [#line #parbreak()]
"""


def facts_of(size: Size) -> str:
    """The facts of a district of this size, frozen."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/diaodu.db")
        upgrade(engine)
        scheme_id = fill(engine, size)
        with transaction(engine) as session:
            told = frozen(session, scheme_id, AS_OF, KNOWN_AT, KNOWN_AT)
        engine.dispose()
    return told


def told(facts: str, code: str) -> issue.Issue:
    """The facts as an issue of a kind."""
    return issue.Issue(facts, 1, "big", code, AS_OF, chosen(kinds(Path("/nowhere")), code))


def plain(documents: Sequence[Document]) -> None:
    """What the two libraries take by themselves: the same words as paragraphs, one after another."""
    families = ", ".join(f'"{name}"' for name in fonts.families(fonts.DEFAULT).fangsong)
    compiler = typst.Compiler(font_paths=fonts.loaded(fonts.DEFAULT))
    source = PLAIN.replace("{fonts}", f"({families},)").encode()
    for document in documents:
        words, word = texts(document), Word()
        for line in words:
            word.add_paragraph(line)
        word.save(io.BytesIO())
        compiler.compile(source, format="pdf", sys_inputs={"texts": json.dumps(words)})


def timed(work: Callable[[], object]) -> float:
    """Processor seconds: what else the machine does is not counted."""
    begun = process_time()
    work()
    return process_time() - begun


def measured(name: str, printed: issue.Issue, editions: Sequence[str]) -> bool:
    """Print one line of the report; whether its goal was met."""
    ours = timed(lambda: [issue.printed(printed, fonts.DEFAULT, edition) for edition in editions])
    documents = [issue.document(printed, edition) for edition in editions]
    reference = timed(lambda: plain(documents))
    pdf = pypdfium2.PdfDocument(write_all(documents[0], fonts.DEFAULT)["pdf"])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbers = f"{len(editions):>5} × {len(pdf):>3} pages {ours:>8.2f} s {reference:>8.2f} s {ours / reference:>7.2f}"
    print(f"{name:<12}{numbers} {memory:>7.0f} MB   goal {GOALS[name]:.0f} s")
    if name == "monthly":
        assert len(pdf) >= PAGES, len(pdf)
    return ours <= GOALS[name]


def main() -> int:
    """Print times, ratios and memory; 1 when a goal is missed."""
    weekly, monthly = told(facts_of(WEEKLY), "weekly"), told(facts_of(MONTHLY), "monthly")
    sheets = [called(Edition.UNIT, f"u{n}") for n in range(1, SHEETS + 1)]
    timed(lambda: issue.printed(weekly, fonts.DEFAULT))  # fonts are opened once
    print("              copies             diaodu    plain    ratio  memory so far")
    met = [
        measured("weekly", weekly, [Edition.FULL]),
        measured("monthly", monthly, [Edition.FULL]),
        measured("unit sheets", monthly, sheets),
    ]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
