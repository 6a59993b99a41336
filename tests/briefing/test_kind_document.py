"""A kind's file: what is wrong is told with its line and what would be right, and nothing in it can do anything."""

import pytest

from diaodu.briefing.kind import Form, Part
from diaodu.briefing.kind_document import MOST_CHARACTERS, read_kind
from diaodu.briefing.kind_folder import shipped, shipped_codes
from diaodu.briefing.passage import WRITERS
from diaodu.briefing.passage_name import PASSAGES
from diaodu.rules.distribution import Edition
from diaodu.rules.series import NumberStyle
from diaodu.rules.toml_table import TomlFaults

SOUND = """name = "督查通报"
form = "circular"
number = "某考办〔2026〕5号"
title = ["关于{方案}", "{期间}进展情况的通报"]
attachments = ["league"]

[[section]]
heading = "总体情况"
passages = ["overview"]
tables = ["by_category"]

[[section]]
heading = "存在问题"
parts = [{ heading = "进度", passages = ["progress_late"] }]
"""
FAULTS = (
    ('name = "督查通报"', "", 1, "缺少 name", "name ="),
    ("circular", "公文", 2, "form 写成了“公文”", "briefing、circular"),
    ("某考办〔2026〕5号", "12", 3, "编号写成了“12”", "第12期、第5号、第十七期、〔2026〕5号"),
    ("某考办〔2026〕5号", "第05期", 3, "编号写成了“第05期”", "第12期"),
    ("{方案}", "{方安}", 4, "没有{方安}这个空位", "是不是{方案}"),
    ("{方案}", "{天气}", 4, "没有{天气}这个空位", "可写：{方案}"),
    ("{方案}", "{{ 方案 }}", 4, "花括号的写法不对", "一层花括号"),
    ("{方案}", "｛方案｝", 4, "花括号的写法不对", "半角"),
    ("{方案}", "2026年", 4, "写了数字“2026”", "空位"),
    ("{方案}", "{单位}", 4, "用了{单位}，而这个种类不是给一个单位的", 'edition = "unit"'),
    ("{方案}", "{主题}", 4, "用了{主题}，而这个种类没有主题", "takes_theme"),
    ('["关于{方案}", "{期间}进展情况的通报"]', '"通报"', 4, "title 写成了“通报”", 'title = ["…", "…"]'),
    ('["关于{方案}", "{期间}进展情况的通报"]', "[]", 4, "title 写成了", "title ="),
    ('["league"]', '["leage"]', 5, "attachments 写成了", "league、bars"),
    ('["league"]', '["own_tasks"]', 5, "attachments 写成了", "league、bars"),
    ('heading = "总体情况"', "", 7, "缺少 heading", "heading ="),
    ('heading = "总体情况"', 'heading = "总体情况\\n{方案}"', 8, "看不见的字符", "一行"),
    ('passages = ["overview"]', "", 7, "passages 和 parts 要写一样", 'passages = ["overview"]'),
    ('["overview"]', '["overveiw"]', 9, "passages 写成了", "overview、by_category"),
    ('["overview"]', '["own_gaps"]', 9, "passages 写成了", "可写：overview"),
    ('["overview"]', "[]", 9, "passages 写成了", "可写：overview"),
    ('["overview"]', "1", 9, "passages 写成了“1”", "可写：overview"),
    ('["by_category"]', '["图"]', 10, "tables 写成了", "by_category"),
    ('passages = ["progress_late"]', 'passages = ["问题"]', 14, "passages 写成了", "progress_late"),
    ('{ heading = "进度", passages', "{ passages", 14, "缺少 heading", "heading ="),
    ('parts = [{ heading = "进度", passages = ["progress_late"] }]', "parts = 3", 14, "parts 不是一组表", "heading"),
    ('attachments = ["league"]', 'colour = "red"', 5, "不认识的键“colour”", "attachments"),
    ('attachments = ["league"]', 'theme = "民生"', 5, "theme 不是一张表", "[theme]"),
    ('attachments = ["league"]', 'takes_theme = "yes"', 5, "takes_theme 写成了“yes”", "true"),
    ('attachments = ["league"]', 'edition = "own"', 5, "edition 写成了“own”", "full、leader、unit"),
    ('attachments = ["league"]', "attachments = [", 0, "不是TOML的写法", "一行一项"),
    ("[[section]]", "[section]", 0, "", ""),
)


def test_a_kind_is_read_as_it_is_written() -> None:
    kind = read_kind(SOUND, "mine")
    assert (kind.code, kind.series, kind.form, kind.edition) == ("mine", "mine", Form.CIRCULAR, Edition.FULL)
    assert (kind.number.prefix, kind.number.style) == ("某考办", NumberStyle.YEARLY)
    assert kind.number.printed(2027, 13) == "某考办〔2027〕13号"
    assert kind.sections[1].parts == (Part("进度", ("progress_late",)),)
    assert kind.sections[0].parts == (Part("", ("overview",), ("by_category",)),)
    assert read_kind(kind.text, "mine") == kind


@pytest.mark.parametrize(("written", "instead", "line", "found", "right"), FAULTS)
def test_a_fault_is_told_with_its_line_and_what_is_right(
    written: str, instead: str, line: int, found: str, right: str
) -> None:
    assert written in SOUND
    with pytest.raises(TomlFaults) as told:
        read_kind(SOUND.replace(written, instead, 1), "mine")
    at_the_line = [f for f in told.value.faults if found in f.found and right in f.right and line in (0, f.line)]
    assert at_the_line, str(told.value)


def test_all_faults_are_told_at_once() -> None:
    faulty = SOUND.replace("circular", "公文").replace("{方案}", "{方安}").replace("overview", "x")
    with pytest.raises(TomlFaults) as told:
        read_kind(faulty, "mine")
    assert [fault.line for fault in told.value.faults] == [2, 4, 9]


@pytest.mark.parametrize("code", ["", "Mine", "../mine", "我的", "a" * 40, "a/b"])
def test_a_file_with_an_odd_name_is_refused(code: str) -> None:
    with pytest.raises(TomlFaults, match="文件名"):
        read_kind(SOUND, code)


HOSTILE = (
    "{方案.__class__}", "{方案!r}", "{方案:>999999999}", "{0}", "{}", "{方案[0]}", "{{方案}}", "{__class__}", "{self}",
    "{% include '/etc/passwd' %}", "{{ cycler.__init__.__globals__ }}", "%(方案)s{", "${IFS}",
    "\\u0000", "\\u202e", "\\u2028", "长" * 400,
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("key", ["title", "masthead", "addressee", "lead", "copies", "heading"])
def test_no_text_of_a_kind_can_do_anything(key: str, text: str) -> None:
    """Texts are filled by name only, after everything else between braces was refused."""
    value = f'["{text}"]' if key == "title" else f'"{text}"'
    lines = [line for line in SOUND.split("\n") if not line.startswith(f"{key} =")]
    place = lines.index("[[section]]") + 1 if key == "heading" else 0
    with pytest.raises(TomlFaults):
        read_kind("\n".join([*lines[:place], f"{key} = {value}", *lines[place:]]), "mine")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20_000,
        "a = " + "{a=" * 10_000,
        "x" * (MOST_CHARACTERS + 1),
        "\x00",
        "=",
        "a = 1e999999",
        "[a]\n[a]",
    ],
)
def test_no_file_can_keep_the_reader_busy(text: str) -> None:
    with pytest.raises(TomlFaults):
        read_kind(text, "mine")


@pytest.mark.parametrize("code", shipped_codes())
def test_every_shipped_kind_is_sound(code: str) -> None:
    assert shipped(code).code == code


def test_every_passage_has_its_writer() -> None:
    assert list(PASSAGES) == list(WRITERS)
