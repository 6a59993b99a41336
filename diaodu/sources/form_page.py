"""The workbook a unit fills in (填报表): what is known is locked, what is asked is yellow, one row an indicator."""

import io
from decimal import Decimal
from fractions import Fraction

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from diaodu.language import _
from diaodu.rules.quantity import DECIMALS, plain, printed
from diaodu.sources.columns import REPORTS
from diaodu.sources.form import Form, due_line, rules_line
from diaodu.sources.form_check import number_rule, text_rule
from diaodu.sources.form_item import Item
from diaodu.sources.form_mark import SHEET
from diaodu.sources.heading import Column
from diaodu.sources.writing import SAFE, Value, put

NAME = "填报"
HEADINGS = 3
"""The row of the headings, counted from 0; a title, the deadline and the rules stand above."""
KNOWN = (("名称", 22), ("计量单位", 8), ("目标值", 11), ("上期累计", 11), ("序时目标", 11))
KEYS = (("指标", 9), ("单位", 8), ("截至日", 11))
KEY_OF_COLUMN = ("indicator", "unit", "as_of", "recorded_at")
WIDTHS = {"value": 13, "note": 26, "blocker": 20, "evidence": 15, "justification": 18}
NUMBERS = frozenset({"目标值", "上期累计", "序时目标", "累计完成"})
RETURNED = ("退回原因", 24)
ASKED = tuple(column for column in REPORTS if column.key not in KEY_OF_COLUMN)
"""What a unit is asked to write, five fields at most."""


def form_file(form: Form) -> bytes:
    """The form as a workbook."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True} | SAFE) as book:
        book.set_properties({"title": form.title, "company": form.issuer})
        sheet = book.add_worksheet(NAME)
        _Page(book, sheet, form).write()
        mark = book.add_worksheet(SHEET)
        for number, line in enumerate(form.mark.lines()):
            for place, said in enumerate(line):
                mark.write_string(number, place, said)
        mark.very_hidden()
    return out.getvalue()


class _Page:
    """The one sheet people see. Only rows that need it have a height: the others grow with what is typed."""

    def __init__(self, book: Workbook, sheet: Worksheet, form: Form) -> None:
        self.book, self.sheet, self.form = book, sheet, form
        returned = (RETURNED,) if any(item.returned for item in form.items) else ()
        asked = tuple((column.chinese, WIDTHS.get(column.key, 16)) for column in ASKED)
        self.columns = (*KNOWN, *asked, *returned, *KEYS)
        self.places = {heading: place for place, (heading, _width) in enumerate(self.columns)}
        self.locked = self._look(font_color="#595959", bg_color="#F2F2F2")
        self.day = self._look(font_color="#595959", bg_color="#F2F2F2", num_format="yyyy-mm-dd", align="left")
        self.open = self._look(locked=False, bg_color="#FFFBE6", align="left", num_format="@")
        self.reason = self._look(font_color="#9C0006", bg_color="#FFE9E7")
        self.widest = 0
        self._numbers: dict[tuple[str, bool], Format] = {}

    def write(self) -> None:
        self._head()
        for number, item in enumerate(self.form.items, HEADINGS + 1):
            self._row(number, item)
        self._paper()

    def _look(self, **properties: object) -> Format:
        return self.book.add_format({"border": 1, "border_color": "#BFBFBF", "valign": "vcenter", "text_wrap": True}
                                    | properties)  # fmt: skip

    def _number(self, number_format: str, is_open: bool) -> Format:
        """A look of its own for every number of decimals."""
        key = (number_format, is_open)
        if key not in self._numbers:
            colours = {"bg_color": "#FFFBE6"} if is_open else {"font_color": "#595959", "bg_color": "#F2F2F2"}
            more = {"locked": not is_open, "num_format": number_format, "text_wrap": False, "bold": is_open}
            self._numbers[key] = self._look(**colours, **more)
        return self._numbers[key]

    def _head(self) -> None:
        title = self.book.add_format({"bold": True, "font_size": 16})
        line = self.book.add_format({"font_size": 11})
        heading = {"bold": True, "bg_color": "#D9E2EC", "align": "center"}
        known, asked = self._look(**heading), self._look(**heading | {"bg_color": "#FFE699"})
        for number, (text, look) in enumerate(((self.form.title, title), (due_line(self.form), line),
                                               (rules_line(self.form), line))):  # fmt: skip
            self.sheet.write_string(number, 0, text, look)
            self.sheet.set_row(number, 27 if number == 0 else 18)
        notes = {column.chinese: column.note for column in ASKED}
        for place, (text, _width) in enumerate(self.columns):
            self.sheet.write_string(HEADINGS, place, text, asked if text in notes else known)
            if text in notes:
                self.sheet.write_comment(HEADINGS, place, notes[text], {"x_scale": 1.6})
        self.sheet.set_row(HEADINGS, 24)

    def _row(self, number: int, item: Item) -> None:
        known = self._known(item)
        for heading, place in self.places.items():
            if heading in known:
                self._show(number, place, known[heading], self._look_of(heading, known[heading], item))
        lines = max(_lines(known[heading], width) for heading, width in self.columns if heading in known)
        if lines > 1:
            self.sheet.set_row(number, 15 * lines)
        if item.definition:
            comment = {"x_scale": 2.2, "y_scale": min(4.0, 0.6 + len(item.definition) / 40)}
            text = _("口径：{definition}").format(definition=item.definition[:2000])
            self.sheet.write_comment(number, self.places["名称"], text, comment)
        for column in ASKED:
            self._ask(number, column, item)

    def _known(self, item: Item) -> dict[str, Value]:
        return {
            "名称": item.name,
            "计量单位": item.measure_unit,
            "目标值": item.asked,
            "上期累计": None if item.last is None else Decimal(plain(item.last)),
            "序时目标": _rounded(item.planned, item.decimals),
            "退回原因": item.returned,
            "指标": item.indicator,
            "单位": self.form.mark.unit,
            "截至日": self.form.mark.as_of,
        }

    def _look_of(self, heading: str, value: Value, item: Item) -> Format:
        if isinstance(value, Decimal):
            return self._number(_format_of(value, item.decimals), False)
        return {"截至日": self.day, "退回原因": self.reason}.get(heading, self.locked)

    def _show(self, number: int, place: int, value: Value, look: Format) -> None:
        """Write what is known; a column grows with its longest number, so that none turns into ###."""
        put(self.sheet, number, place, value, look)
        if isinstance(value, Decimal):
            self.widest = max(self.widest, len(f"{value:,f}") + 3)

    def _ask(self, number: int, column: Column, item: Item) -> None:
        place = self.places[column.chinese]
        is_value = column.key == "value"
        look = (
            self._number(f"#,##0{'.' if item.decimals else ''}{'0' * item.decimals}", True) if is_value else self.open
        )
        self.sheet.write_blank(number, place, None, look)
        rule = number_rule(item, number, place) if is_value else text_rule(column, item)
        if rule is not None:
            self.sheet.data_validation(number, place, number, place, rule)

    def _paper(self) -> None:
        last = HEADINGS + len(self.form.items)
        for place, (heading, width) in enumerate(self.columns):
            self.sheet.set_column(place, place, max(width, self.widest) if heading in NUMBERS else width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        self.sheet.repeat_rows(HEADINGS)
        self.sheet.print_area(0, 0, last, len(self.columns) - 1)
        self.sheet.set_footer("&L" + self.form.unit.replace("&", "&&") + "&R&P / &N")
        self.sheet.freeze_panes(HEADINGS + 1, 1)
        self.sheet.set_selection(HEADINGS + 1, self.places["累计完成"], HEADINGS + 1, self.places["累计完成"])
        self.sheet.protect("", {"format_columns": True, "format_rows": True})


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes in a column this wide; a Chinese character is two digits wide."""
    taken = sum(1 + (ord(character) > 0x2E7F) for character in value) if isinstance(value, str) else 0
    return max(1, -(-taken // (width - 1)))


def _rounded(planned: Fraction | None, decimals: int) -> Decimal | None:
    """For reading only: half up, in measure units."""
    return None if planned is None else Decimal(printed(planned, decimals))


def _format_of(value: Decimal, decimals: int) -> str:
    """The indicator's decimals, or as many as the number really has."""
    exponent = value.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return f"#,##0{'.' if places else ''}{'0' * min(places, DECIMALS)}"
