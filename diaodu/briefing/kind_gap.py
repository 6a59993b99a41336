"""The gaps a kind's texts may have (`关于{方案}的通报`), each filled from a fact; no other braces, no digits."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from diaodu.briefing.wording import NUMBER, Fact, Said, is_english, say, show, show_day

_GAP = re.compile(r"\{(\w+)\}")
_BRACE = re.compile(r"[{}｛｝]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|[\ud800-\udfff]")
LONGEST = 300
"""Characters of one text."""
THEME, UNIT = "主题", "单位"
ONE_DAY = timedelta(days=1)
QUARTERS = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


@dataclass(frozen=True, slots=True)
class Gap:
    """What it means, and how it is filled."""

    meaning: str
    fill: Callable[[Fact], Said]


def span(facts: Fact) -> Said:
    """1—11月, where whole months since the year's first are spoken of; otherwise 截至…."""
    start, end = (date.fromisoformat(facts[name].value) for name in ("starts", "as_of"))
    if is_english(facts):
        return say("the time to {day}", day=show(facts["as_of"], "day_en"))
    if start.year == end.year and start.day == 1 and _ends_a_month(end) and start.month < end.month:
        return say("{first}—{last}月", first=show(facts["starts"], "month"), last=show(facts["as_of"], "month"))
    return say("截至{day}", day=show(facts["as_of"], "day"))


def _ends_a_month(end: date) -> bool:
    return end.day >= 28


def _quarters(facts: Fact) -> Said:
    """上半年, 前三季度: in words, from the year's beginning; another day than a quarter's last is told as a span."""
    start, end = (date.fromisoformat(facts[name].value) for name in ("starts", "as_of"))
    begins_the_year = (start.month, start.day, start.year) == (1, 1, end.year)
    if begins_the_year and not is_english(facts) and end.month in QUARTERS and (end + ONE_DAY).day == 1:
        return say("{year}年{quarters}", year=show(facts["as_of"], "year"), quarters=say(QUARTERS[end.month]))
    return span(facts)


GAPS = {
    "方案": Gap("方案名称", lambda facts: show(facts["scheme"])),
    "简报名称": Gap("方案里的简报名称（红头）", lambda facts: show(facts["masthead"])),
    "发文机关": Gap("方案里的发文机关", lambda facts: show(facts["issuer"])),
    "期间": Gap("整月的写“1—11月”，否则写“截至2026年11月25日”", span),
    "季度": Gap("季末写“2026年上半年”“2026年前三季度”，其余同“期间”", _quarters),
    "截至日": Gap("2026年11月25日", lambda facts: show_day(facts, facts["as_of"])),
    "截至月日": Gap("11月25日", lambda facts: show_day(facts, facts["as_of"], "day_of_year")),
    "印发日": Gap("2026年12月1日", lambda facts: show_day(facts, facts["known_on"])),
    "年": Gap("截至日的年份：2026", lambda facts: show(facts["as_of"], "year")),
    "月": Gap("截至日的月份：11", lambda facts: show(facts["as_of"], "month")),
    THEME: Gap("所督查的主题；只用于专题的种类", lambda facts: show(facts["theme"])),
    UNIT: Gap("单位名称；只用于给一个单位的种类", lambda facts: show(facts["sheet"]["name"])),
}


def filled(text: str, facts: Fact) -> Said:
    """The text with its gaps filled. It was read by `kind_document.read_kind`, which knows `wrongs`."""
    return say(text, **{name: GAPS[name].fill(facts) for name in dict.fromkeys(_GAP.findall(text))})


def wrongs(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a text of a kind, and what would be right."""
    known = f"可写：{'、'.join(f'{{{name}}}' for name in GAPS)}"
    for name in _GAP.findall(text):
        if name not in GAPS:
            close = get_close_matches(name, GAPS, n=1, cutoff=0.4)
            yield f"没有{{{name}}}这个空位", f"是不是{{{close[0]}}}" if close else known
    rest = _GAP.sub("", text)
    if _BRACE.search(rest):
        yield "花括号的写法不对", f"空位写成半角的一层花括号，里面只写名称；{known}"
    if number := NUMBER.search(rest):
        yield f"写了数字“{number[0]}”", "数字都从数据里来：日期和期间用空位，如 {年}、{期间}，次第用汉字"
    if _CONTROL.search(text):
        yield "有换行或看不见的字符", "写成一行"
    if len(text) > LONGEST:
        yield f"超过{LONGEST}个字", "请写短些"


def gaps(text: str) -> set[str]:
    """The names of the text's gaps."""
    return set(_GAP.findall(text))
