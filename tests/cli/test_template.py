"""`diaodu template`: a copy to edit, a check, and only then put to use."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from diaodu.cli.app import app
from tests.briefing.templates import saying


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "ws"))
    return tmp_path / "ws"


def _say(*words: str) -> Result:
    return CliRunner().invoke(app, ["template", *words])


def test_a_template_is_taken_edited_and_put_to_use(home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.docx"
    assert _say("export", "提醒函", str(copy)).exit_code == 0
    edited = tmp_path / "b.docx"
    edited.write_bytes(saying("本办自拟：{{ 单位 }}", data=copy.read_bytes()))
    assert _say("check", str(edited)).output == "可以使用。\n"
    assert _say("install", "reminder", str(edited)).exit_code == 0
    assert (home / "templates/notices/reminder.docx").read_bytes() == edited.read_bytes()
    rows = {row["kind"]: row["template"] for row in json.loads(_say("list", "--format", "json").output)}
    assert rows["reminder"].endswith("reminder.docx")
    assert rows["warning"] == "随系统提供"
    _say("export", "提醒函", str(copy))
    assert copy.read_bytes() == edited.read_bytes()
    _say("export", "提醒函", str(copy), "--original")
    assert copy.read_bytes() != edited.read_bytes()


def test_a_faulty_template_is_told_of_at_once_and_not_put_to_use(home: Path, tmp_path: Path) -> None:
    faulty = tmp_path / "c.docx"
    faulty.write_bytes(saying("请｛｛ 单位 ｝｝", "{{ 单位名称 }}", "{% include 'x' %}"))
    told = _say("install", "提醒函", str(faulty))
    assert told.exit_code == 1
    for words in ("全角", "是不是 单位", "include", "没有启用"):
        assert words in told.stderr
    assert not (home / "templates").exists()
    assert _say("check", str(faulty)).exit_code == 1


def test_a_template_put_there_by_hand_shows_its_faults(home: Path) -> None:
    (home / "templates" / "notices").mkdir(parents=True)
    (home / "templates/notices/chase.docx").write_bytes(saying("{{ 单位名称 }}"))
    rows = {row["kind"]: row["state"] for row in json.loads(_say("list", "--format", "json").output)}
    assert (rows["chase"], rows["warning"]) == ("有 1 处问题", "可用")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere.docx"),
        ("export", "公告", "x.docx"),
        ("install", "公告", "x.docx"),
        ("export", "公告", "x.toml"),
        ("install", "通报", "nowhere.toml"),
    ],
)
def test_what_is_not_there_is_wrong_input(words: tuple[str, ...]) -> None:
    assert _say(*words).exit_code == 2


def test_a_briefings_template_is_taken_edited_and_put_to_use(home: Path, tmp_path: Path) -> None:
    copy, edited = tmp_path / "a.docx", tmp_path / "b.docx"
    assert _say("export", "通报", str(copy)).exit_code == 0
    edited.write_bytes(saying("本办自拟：{{ 编号 }}", data=copy.read_bytes()))
    assert _say("check", str(edited)).output == "可以使用。\n"
    told = _say("install", "monthly", str(edited))
    assert told.exit_code == 0
    assert "模板印不了排序图、历期情况表" in told.output
    assert (home / "templates/briefings/monthly.docx").read_bytes() == edited.read_bytes()
    rows = json.loads(_say("list", "--format", "json").output)
    used = {(row["kind"], row["what"]): row["template"] for row in rows}
    assert used["monthly", "简报模板"].endswith("monthly.docx")
    assert used["monthly", "简报种类"] == "随系统提供"


def test_a_notices_template_is_none_of_a_briefing(tmp_path: Path) -> None:
    notice = tmp_path / "a.docx"
    _say("export", "提醒函", str(notice))
    told = _say("install", "通报", str(notice))
    assert told.exit_code == 1
    assert "缺少必需的字段 标题" in told.stderr


def test_a_new_kind_of_briefing_is_a_file_put_to_use(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    assert _say("export", "通报", str(file)).exit_code == 0
    file.write_text(file.read_text(encoding="utf-8").replace('name = "通报"', 'name = "督查通报"'), encoding="utf-8")
    assert _say("check", str(file)).output == "可以使用。\n"
    assert _say("install", "mine", str(file)).exit_code == 0
    assert (home / "templates/briefings/mine.toml").is_file()
    titles = {row["title"] for row in json.loads(_say("list", "--format", "json").output)}
    assert {"督查通报", "通报"} <= titles
    assert _say("export", "督查通报", str(tmp_path / "c.docx")).exit_code == 0


def test_a_faulty_kind_is_told_of_line_by_line_and_not_put_to_use(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    _say("export", "通报", str(file))
    file.write_text(file.read_text(encoding="utf-8").replace("{方案}", "{方案.__class__}"), encoding="utf-8")
    told = _say("install", "mine", str(file))
    assert told.exit_code == 1
    assert "第5行" in told.stderr
    assert "花括号的写法不对" in told.stderr
    assert not (home / "templates").exists()
    file.write_bytes("简报".encode("gb18030"))
    assert "UTF-8" in _say("check", str(file)).stderr
