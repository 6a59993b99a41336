"""What all imports on the command line share: when it was recorded, the faults, and what came of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.cli.office import WrongInput, moment
from diaodu.cli.output import Format, show
from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.actions.outcome import Outcome
    from diaodu.sources.fault import Fault

RecordedAt = Annotated[
    str | None, typer.Option("--recorded-at", help=_("入库时点，补录历史数据时写，如 2023-11-03；默认此刻。"))
]
NOUNS = {
    "scheme": _("方案"),
    "collections": _("报送安排"),
    "units": _("单位"),
    "closures": _("单位日历"),
    "contacts": _("联系人"),
    "indicators": _("指标"),
    "targets": _("目标"),
    "milestones": _("节点"),
    "reports": _("填报"),
    "discrepancies": _("数据不一致"),
}


def recorded(text: str | None, now: datetime) -> datetime:
    """The moment data counts as known from: never in the future; today's end is now."""
    from diaodu import clock

    stamp = now if text is None else moment(text)
    if clock.office_day(stamp) > clock.office_day(now):
        raise WrongInput(_("入库时点不能晚于此刻：") + str(text))
    return min(stamp, now)


@contextmanager
def told(
    end: str = _("共 {n} 处差错，一行也没有入库。"), then: "Callable[[Sequence[Fault]], None] | None" = None
) -> Iterator[None]:
    """Say every fault on a line of its own, do what else is to be done about them, and say how many there were."""
    from diaodu.sources.fault import Faults

    try:
        yield
    except Faults as wrong:
        for fault in wrong.faults:
            typer.echo(str(fault), err=True)
        if then is not None:
            then(wrong.faults)
        raise WrongInput(end.format(n=len(wrong.faults))) from None


def show_outcome(outcome: "Outcome") -> None:
    """A line a noun: new, changed, unchanged; and what looks odd but was taken."""
    if outcome.taken_before is not None:
        typer.echo(_("这份文件已经导入过，没有变化。"))
    rows = [
        {"noun": NOUNS[noun], "added": t.added, "changed": t.changed, "unchanged": t.unchanged, "blank": t.blank}
        for noun, t in outcome.tallies.items()
    ]
    columns = {"noun": "", "added": _("新增"), "changed": _("变更"), "unchanged": _("未变"), "blank": _("未填")}
    show(rows, columns, Format.TABLE, _("方案 {code}").format(code=outcome.scheme))
    for hint in outcome.hints:
        typer.echo(_("提示：") + str(hint), err=True)


def unwritten(path: Path) -> Path:
    """A place nothing stands at yet; ends the command otherwise."""
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise WrongInput(_("已经有这个文件或文件夹，请换一个名称：") + str(path))
    if not path.parent.is_dir():
        raise WrongInput(_("没有这个文件夹：") + str(path.parent))
    return path


def unwritten_workbook(path: Path) -> Path:
    """The same for a workbook, whose name must say what it is; ends the command otherwise."""
    if path.suffix.lower() != ".xlsx":
        raise WrongInput(_("文件名应以 .xlsx 结尾：") + str(path))
    return unwritten(path)
