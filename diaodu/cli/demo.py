"""`diaodu demo`: two months of a table a province really published, through every command an office would use."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diaodu.cli.office import WrongInput, office
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.assess import Assessment

EXAMPLE = Path(__file__).parents[2] / "examples" / "zhejiang-water-2023"
MARK = "demo.txt"
"""Stands in a workspace this command made, and so may empty."""
POLICY = "sanya"
MONTHS = (
    # folder, recorded, as of, known at
    ("2023-10", "2023-11-03", "2023-10-31", "2023-11-29"),
    ("2023-11", "2023-12-04", "2023-11-30", "2023-12-14"),
)
DECIDED = "2023-11-30"
"""When a person lets October's notice leave, which the policy does not leave to a machine."""
FORMATS = ("docx", "html", "pdf")


def demo(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option("--home", help=_("演示工作区；默认 .diaodu-demo。"))] = None,
) -> None:
    """演示：用浙江省公开的两期数据走完两轮调度，列出排名、简报和通知书。"""
    command = context.find_root().command
    chosen = home or Path(os.environ.get("DIAODU_HOME", ".diaodu-demo"))
    empty_workspace(chosen)
    rules = chosen / f"{POLICY}.toml"
    _say(command, ["init"])
    for number, (folder, recorded, as_of, known_at) in enumerate(MONTHS):
        _say(command, ["plan", "import", _near(EXAMPLE / folder), "--recorded-at", recorded])
        if number == 0:
            _say(command, ["policy", "preset", POLICY, "--output", str(rules)])
            _say(command, ["policy", "apply", str(rules), "--recorded-at", recorded])
        _say(command, ["cycle", "--as-of", as_of, "--known-at", known_at, "--quiet"])
        _league(as_of, known_at)
        if number == 0:
            _say(command, ["warning", "decide", "1", _("审核发出"), "--recorded-at", DECIDED])
    _say(command, ["warning", "show", "1"])
    show_files(chosen)


def empty_workspace(home: Path) -> None:
    """An empty workspace; only one made by an earlier demonstration is emptied."""
    import shutil

    if not EXAMPLE.is_dir():
        raise WrongInput(_("找不到示例数据；请在源代码目录中运行：") + str(EXAMPLE))
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            raise WrongInput(_("这个文件夹不是空的，也不是演示建立的；请用 --home 另选：") + str(home))
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).write_text("diaodu demo\n", encoding="utf-8")
    os.environ["DIAODU_HOME"] = str(home)
    os.environ.pop("DIAODU_DATABASE_URL", None)


def _near(path: Path) -> str:
    """As one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _say(command: Any, words: Sequence[str]) -> None:
    """Show the words and run them on the root `command` as if typed; ends the demonstration when they fail."""
    typer.secho(f"\n$ diaodu {' '.join(words)}", bold=True)
    code = command.main(list(words), prog_name="diaodu", standalone_mode=False)
    if code:
        raise typer.Exit(code)


def _league(as_of: str, known_at: str) -> None:
    """The table every unit looks for first: rank, movement, rate, gap, level."""
    from datetime import date

    from rich import box
    from rich.console import Console
    from rich.table import Table

    from diaodu.actions.assess import assess
    from diaodu.cli.office import moment

    with office() as (_settings, session, scheme_id):
        assessment = assess(session, scheme_id, date.fromisoformat(as_of), moment(known_at))
    title = _("{name}（截至 {day}）").format(name=assessment.scheme.name, day=as_of)
    table = Table(title=title, box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for heading in (_("位次"), _("升降")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_("单位"), no_wrap=True)
    for heading in (_("计划"), _("完成"), _("完成率"), _("差距")):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column(_("研判"), no_wrap=True)
    for cells in _lines(assessment):
        table.add_row(*cells)
    Console().print(table)


def _lines(assessment: "Assessment") -> list[list[str]]:
    """Ranked units in order, then what has no rank."""
    from diaodu.cli.verdict import STATES
    from diaodu.rules.measures import exact
    from diaodu.rules.quantity import printed, to_fraction
    from diaodu.rules.standing import of_row

    def line(row: dict[str, Any]) -> list[str]:
        standing = of_row(row)
        rate, gap = (exact(standing, name, assessment.workdays) for name in ("completion", "gap_pp"))
        amounts = (standing.target, standing.actual)
        return [
            "—" if row["rank"] is None else str(row["rank"]),
            _movement(row["rank_change"]),
            standing.unit_name,
            *("—" if a is None else printed(to_fraction(a), standing.decimals, grouped=True) for a in amounts),
            "—" if rate is None else f"{printed(rate * 100, 1)}%",
            "—" if gap is None else printed(gap, 1),
            row["level_name"] or STATES.get(row["state"], "—"),
        ]

    rows = assessment.frame.to_dicts()
    return [line(row) for row in sorted(rows, key=lambda row: (row["rank"] is None, row["rank"]))]


def _movement(change: int | None) -> str:
    if change is None:
        return "—"
    return f"↑{change}" if change > 0 else f"↓{-change}" if change < 0 else "→"


def show_files(home: Path) -> None:
    """Where everything lies; 1 when anything that should be there is not."""
    briefings = sorted(home.glob("briefings/**/*.*"))
    notices = sorted(home.glob("notices/**/*.docx"))
    for title, found in ((_("简报"), briefings), (_("通知书"), notices)):
        typer.secho(f"\n{title}", bold=True)
        for path in found:
            typer.echo(f"  {path}")
    whole = [path for path in (*briefings, *notices) if path.stat().st_size]
    names = [path.name for path in whole if path in briefings]
    wanted = [(as_of, f".{form}") for *_rest, as_of, _known in MONTHS for form in FORMATS]
    missing = [f"{day}{end}" for day, end in wanted if not any(day in n and n.endswith(end) for n in names)]
    if not any(path in whole for path in notices):
        missing.append(_("通知书"))
    if missing:
        typer.echo(_("缺少文件：") + "、".join(missing), err=True)
        raise typer.Exit(1)
