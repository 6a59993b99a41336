"""报送日历: the year's working days and deadlines as a page, a file to keep, a calendar to subscribe to, a workbook."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup
from sqlmodel import Session

from diaodu.actions.report_form import UnknownUnit, unit_meant
from diaodu.actions.year_calendar import usual_year, year_calendar
from diaodu.actions.year_calendar_ics import ics_file
from diaodu.actions.year_calendar_words import title
from diaodu.actions.year_calendar_workbook import workbook_file
from diaodu.clock import office_day
from diaodu.rules.year_calendar import YearCalendar
from diaodu.storage.scheme import SchemeNotInForce, UnknownScheme, scheme_id, scheme_in_force, schemes
from diaodu.storage.session import reading
from diaodu.storage.unit import unit_ids, units_in_force
from diaodu.web.calendar_view import view
from diaodu.web.page import HEADERS, page, text_of
from diaodu.web.site import site_of

router = APIRouter()
SHEET = Path(__file__).parent / "static" / "site.css"
YEARS = range(2018, 2100)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NotShown(LookupError):
    """There is no such calendar; the message says why, in words for the page."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; blanks mean the scheme in force, its year nearest to this one, and everybody."""

    scheme: str | None = None
    year: int | None = None
    unit: str | None = None

    @property
    def query(self) -> str:
        said = {"scheme": self.scheme, "year": self.year, "unit": self.unit}
        return urlencode({key: value for key, value in said.items() if value})


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader may ask for instead: schemes by code, units by code, each with its name."""

    schemes: dict[str, str]
    units: dict[str, str]
    years: tuple[int, ...]


@router.get("/calendar", response_class=HTMLResponse)
def show(request: Request, scheme: str | None = None, year: str | None = None, unit: str | None = None) -> HTMLResponse:
    """The page."""
    site = site_of(request)
    now = site.now()
    with reading(site.engine) as session:
        try:
            wish = _wish(session, scheme, year, unit, now)
            calendar = _calendar(session, wish, now)
        except NotShown as why:
            answer = page("web/calendar_none.html", why=str(why))
            answer.status_code = 404
            return answer
        choices = _choices(session, wish, now)
    shown = view(calendar, office_day(now))
    return page("web/calendar.html", shown=shown, calendar=calendar, wish=wish, choices=choices)


@router.get("/calendar.ics")
def ics(request: Request, scheme: str | None = None, year: str | None = None, unit: str | None = None) -> Response:
    """The same for anybody's own calendar."""
    site = site_of(request)
    now = site.now()
    found = _found(request, scheme, year, unit, now)
    if isinstance(found, Response):
        return found
    return _download(ics_file(found, now), "text/calendar; charset=utf-8", f"{title(found)}.ics", inline=True)


@router.get("/calendar.xlsx")
def workbook(request: Request, scheme: str | None = None, year: str | None = None, unit: str | None = None) -> Response:
    """The same as a workbook."""
    now = site_of(request).now()
    found = _found(request, scheme, year, unit, now)
    if isinstance(found, Response):
        return found
    return _download(workbook_file(found, now), XLSX, f"{title(found)}.xlsx")


def as_file(calendar: YearCalendar, today: date) -> bytes:
    """The page as one file that needs nothing beside it."""
    style = Markup(SHEET.read_text(encoding="utf-8"))  # noqa: S704  (our own sheet)
    return text_of("web/calendar_file.html", shown=view(calendar, today), calendar=calendar, style=style).encode()


def _found(
    request: Request, scheme: str | None, year: str | None, unit: str | None, now: datetime
) -> YearCalendar | Response:
    with reading(site_of(request).engine) as session:
        try:
            return _calendar(session, _wish(session, scheme, year, unit, now), now)
        except NotShown as why:
            return Response(str(why), 404, media_type="text/plain; charset=utf-8", headers=HEADERS)


def _wish(session: Session, scheme: str | None, year: str | None, unit: str | None, now: datetime) -> Wish:
    """What is meant, said in full. Raises NotShown."""
    known = [one.code for one in schemes(session)]
    if not known:
        raise NotShown("还没有考核方案。请先导入：diaodu plan import 方案文件夹")
    if not scheme:
        in_force = [code for code in known if _is_running(session, code, now)]
        scheme = (in_force or known)[-1]
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4 and int(year) in YEARS):
        raise NotShown(f"年份应是四位数字，如 {office_day(now).year}。")
    return Wish(scheme, int(year) if year else _usual(session, scheme, now), unit or None)


def _usual(session: Session, scheme: str, now: datetime) -> int:
    try:
        return usual_year(session, scheme_id(session, scheme), now)
    except UnknownScheme as wrong:
        raise _unknown(wrong) from None


def _unknown(wrong: UnknownScheme) -> NotShown:
    return NotShown(f"没有这个考核方案；现有：{'、'.join(wrong.known)}。")


def _is_running(session: Session, code: str, now: datetime) -> bool:
    try:
        return scheme_in_force(session, scheme_id(session, code), office_day(now), now).ends >= office_day(now)
    except SchemeNotInForce:
        return False


def _calendar(session: Session, wish: Wish, now: datetime) -> YearCalendar:
    """Raises NotShown."""
    assert wish.year is not None
    try:
        number = scheme_id(session, wish.scheme)
        unit = None
        if wish.unit:
            unit = unit_ids(session, number)[unit_meant(session, number, wish.unit, office_day(now), now)]
        return year_calendar(session, number, wish.year, now, unit)
    except UnknownScheme as wrong:
        raise _unknown(wrong) from None
    except UnknownUnit as wrong:
        raise NotShown(f"{wish.unit}：{wrong}。") from None
    except SchemeNotInForce:
        raise NotShown(f"这个考核方案在 {wish.year} 年还没有生效。") from None


def _choices(session: Session, wish: Wish, now: datetime) -> Choices:
    assert wish.year is not None
    number, today = scheme_id(session, wish.scheme), office_day(now)
    codes = {unit_id: code for code, unit_id in unit_ids(session, number).items()}
    units = {codes[unit.unit_id]: unit.name for unit in units_in_force(session, number, today, now)}
    years = sorted({wish.year, *range(today.year - 1, today.year + 2)})
    return Choices({one.code: one.code for one in schemes(session)}, units, tuple(years))


def _download(data: bytes, kind: str, name: str, inline: bool = False) -> Response:
    how = "inline" if inline else "attachment"
    return Response(
        data, media_type=kind, headers=HEADERS | {"Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}"}
    )
