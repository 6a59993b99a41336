"""Importing a workbook of 20,000 reports, as a ratio to merely reading it: `python -m benchmarks.import_speed`."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median

from python_calamine import CalamineWorkbook
from sqlalchemy import Engine
from xlsxwriter import Workbook

from diaodu.actions.import_plan import import_plan
from diaodu.actions.import_report import import_report
from diaodu.sources.columns import SHEETS
from diaodu.sources.writing import Rows, write_folder
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from diaodu.storage.scheme import scheme_id
from diaodu.storage.session import transaction

UNITS, INDICATORS, MONTHS = 50, 40, 10
ROWS = UNITS * INDICATORS * MONTHS
RUNS = 3
GOAL = 2.0
RECORDED = datetime(2023, 11, 3, tzinfo=UTC)


def plan() -> dict[str, Rows]:
    """A scheme of a district's size."""
    units = [f"u{n:02}" for n in range(UNITS)]
    indicators = [f"i{n:02}" for n in range(INDICATORS)]
    scheme = {"code": "2023", "name": "考核", "starts": "2023-01-01", "ends": "2023-12-31", "issuer": "考核办"}
    return {
        "scheme": [scheme],
        "units": [{"code": code, "name": f"单位{code}"} for code in units],
        "indicators": [{"code": code, "name": f"指标{code}", "kind": "累计量"} for code in indicators],
        "targets": [{"indicator": i, "unit": u, "target": "1200"} for i in indicators for u in units],
    }


def reports() -> bytes:
    """Ten months of reports for every target."""
    out = BytesIO()
    with Workbook(out) as book:
        sheet = book.add_worksheet("填报")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["指标", "单位", "截至日", "累计完成", "进展", "难题"])
        row = 0
        for month in range(1, MONTHS + 1):
            for indicator in range(INDICATORS):
                for unit in range(UNITS):
                    row += 1
                    sheet.write_row(row, 0, [f"i{indicator:02}", f"u{unit:02}"])
                    sheet.write_datetime(row, 2, datetime(2023, month, 28), day)  # noqa: DTZ001
                    sheet.write_number(row, 3, month * 100 + unit / 10)
                    sheet.write_string(row, 4, f"{month}月按期推进")
    return out.getvalue()


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def prepared(folder: Path) -> Engine:
    """A database that knows the plan."""
    engine = open_engine(f"sqlite:///{folder / 'diaodu.db'}")
    upgrade(engine)
    sheets = plan()
    write_folder(folder / "plan", [(kind, sheets[kind.key]) for kind in SHEETS if kind.key in sheets])
    with transaction(engine) as session:
        import_plan(session, folder / "plan", None, "benchmark", RECORDED)
    return engine


def imported(engine: Engine, path: Path) -> None:
    with transaction(engine) as session:
        outcome = import_report(session, scheme_id(session, None), path, "benchmark", RECORDED)
    assert outcome.tally("reports").added == ROWS, outcome


def main() -> int:
    """Print both times and their ratio; 1 when the goal is missed."""
    data = reports()
    readings, imports = [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as name:
            engine = prepared(Path(name))
            path = Path(name) / "reports.xlsx"
            path.write_bytes(data)
            readings.append(
                timed(lambda: CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python())
            )
            imports.append(timed(lambda e=engine, p=path: imported(e, p)))
            engine.dispose()
    reading, importing = median(readings), median(imports)
    print(f"rows                    {ROWS:>8,}")
    print(f"merely read (calamine)  {reading:>8.3f} s")
    print(f"imported                {importing:>8.3f} s   goal {GOAL:.1f} s")
    print(f"ratio                   {importing / reading:>8.1f}")
    return int(importing > GOAL)


if __name__ == "__main__":
    sys.exit(main())
