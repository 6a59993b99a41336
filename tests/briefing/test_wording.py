"""A fact gets into a text by one way only, and whatever came another way is found."""

import pytest

from diaodu.briefing.wording import Fact, Said, Source, UnsupportedNumber, joined, say, show, unsupported

FACTS = Fact(
    {
        "count": 3,
        "day": "2023-11-05",
        "share": "655920/708033",
        "gap": "-4/3",
        "amount": 708_033_250_000,
        "name": "第2小学",
        "items": [{"n": 7}],
    }
)

FORMS = [
    ("count", "count", 0, "3"),
    ("day", "day", 0, "2023年11月5日"),
    ("day", "day_of_year", 0, "11月5日"),
    ("day", "month", 0, "11"),
    ("share", "percent", 1, "92.6%"),
    ("gap", "points", 1, "-1.3"),
    ("gap", "points_off", 1, "1.3"),
    ("amount", "amount", 0, "708033"),
    ("amount", "amount", 1, "708033.3"),
    ("name", "text", 0, "第2小学"),
]


@pytest.mark.parametrize(("name", "form", "decimals", "text"), FORMS)
def test_a_fact_is_printed_and_resolves(name: str, form: str, decimals: int, text: str) -> None:
    said = show(FACTS[name], form, decimals)
    assert said.text == text
    assert unsupported(said, FACTS) == []


def test_a_phrase_keeps_the_sources_of_its_parts() -> None:
    said = say("{name}等{n}家", name=show(FACTS["name"]), n=show(FACTS["items"][0]["n"], "count"))
    assert said.text == "第2小学等7家"
    assert [source.path for source in said.sources] == [("name",), ("items", 0, "n")]
    assert unsupported(said, FACTS) == []


def test_a_number_in_a_fixed_phrase_is_refused() -> None:
    with pytest.raises(UnsupportedNumber):
        say("共3家")


STRAY = [
    Said("共4家"),
    Said("共4家", (Source("4", ("count",), "count"),)),
    Said("共33家", show(FACTS["count"], "count").sources),
    Said("完成92.7%", (Source("92.7%", ("share",), "percent", 1),)),
]


@pytest.mark.parametrize("said", STRAY)
def test_a_number_without_its_fact_is_found(said: Said) -> None:
    assert unsupported(said, FACTS)


def test_empty_parts_leave_no_separator() -> None:
    assert joined([say("甲"), say(""), say("乙")], "、").text == "甲、乙"
