"""`diaodu policy`: from a preset to rules in force, with every fault told at once."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from diaodu.cli.app import app

EXAMPLE = Path(__file__).parents[2] / "examples" / "zhejiang-water-2023" / "2023-10"
PRESETS = [
    *("dengzhou", "hainan", "huating", "jinzhai", "longxian", "sanming", "sanya", "songyang", "wuhan", "xuancheng"),
    *("yinchuan", "zhengxi"),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with 浙江's plan of October 2023, recorded on 3 November."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "office"))
    monkeypatch.setenv("COLUMNS", "200")
    _run("init")
    _run("plan", "import", str(EXAMPLE), "--recorded-at", "2023-11-03")
    return tmp_path


def _run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result


def test_presets_are_listed_with_their_sources() -> None:
    listed = json.loads(_run("policy", "preset", "--format", "json").stdout)
    assert [preset["code"] for preset in listed] == PRESETS
    assert all(preset["source"] for preset in listed)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_printed_is_a_file_that_passes_the_check(name: str, tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    file.write_text(_run("policy", "preset", name).stdout, encoding="utf-8")
    levels = json.loads(_run("policy", "check", str(file), "--format", "json").stdout)
    assert {level["scope"] for level in levels} == ({"item", "unit"} if name == "songyang" else {"item"})
    warning = [level["severity"] for level in levels if level["scope"] == "item" and level["severity"] > 0]
    assert warning == sorted(warning, reverse=True)


def test_a_preset_is_never_written_over_a_file(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    _run("policy", "preset", "wuhan", "--output", str(file))
    assert "已经有这个文件" in _run("policy", "preset", "sanya", "--output", str(file), code=2).stderr
    assert file.read_text(encoding="utf-8") == _run("policy", "preset", "wuhan").stdout


def test_an_unknown_preset_names_those_there_are() -> None:
    said = _run("policy", "preset", "beijing", code=2).stderr
    assert "beijing" in said
    assert "、".join(PRESETS) in said


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    text = _run("policy", "preset", "yinchuan").stdout
    file.write_text(text.replace("gap_pp < -30", "gap < -30").replace('"5 workdays"', '"soon"'), encoding="utf-8")
    said = _run("policy", "check", str(file), code=2).stderr
    assert said.count(str(file)) == 3
    assert "没有“gap”这个测度" in said
    assert "共 3 处差错" in said


@pytest.mark.parametrize(
    ("content", "said"), [(None, "没有这个文件"), ("名称".encode("gbk"), "UTF-8"), (b"", "缺少 name")]
)
def test_a_file_that_cannot_be_used_is_refused(content: bytes | None, said: str, tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    if content is not None:
        file.write_bytes(content)
    assert said in _run("policy", "check", str(file), code=2).stderr


def test_levels_that_lead_to_others_name_them(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(_run("policy", "preset", "sanming").stdout, encoding="utf-8")
    assert "到期未完成转 橙单" in " ".join(_run("policy", "check", str(file)).stdout.split("\n"))


def test_a_file_saved_by_notepad_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    file.write_text(_run("policy", "preset", "wuhan").stdout.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert "红牌" in _run("policy", "check", str(file)).stdout


def test_the_first_rules_hold_from_the_schemes_first_day(home: Path) -> None:
    file = home / "yinchuan.toml"
    _run("policy", "preset", "yinchuan", "-o", str(file))
    assert "自 2023-01-01 起" in _run("policy", "apply", str(file), "--recorded-at", "2023-11-03").stdout
    (listed,) = json.loads(_run("policy", "list", "--format", "json").stdout)
    assert (listed["code"], listed["revision"], listed["effective_from"]) == ("yinchuan", 1, "2023-01-01")
    assert listed["document"] == file.read_text(encoding="utf-8")
    assert json.loads(_run("policy", "list", "--known-at", "2023-11-02", "--format", "json").stdout) == []


def test_later_rules_must_say_from_when(home: Path) -> None:
    file = home / "rules.toml"
    file.write_text(_run("policy", "preset", "yinchuan").stdout, encoding="utf-8")
    _run("policy", "apply", str(file))
    assert "生效日" in _run("policy", "apply", str(file), code=2).stderr
    assert "没有变化" in _run("policy", "apply", str(file), "--effective-from", "2023-01-01").stdout
    assert "第2版" in _run("policy", "apply", str(file), "--effective-from", "2023-07-01", "--code", "new").stdout
    assert "2023-11-01" in _run("policy", "apply", str(file), "--effective-from", "July", code=2).stderr


def test_a_file_saved_under_another_name_revises_the_rules_in_force(home: Path) -> None:
    """Else every open warning would be left behind, and every unit warned a second time."""
    first, second = home / "rules.toml", home / "下半年.toml"
    for file in (first, second):
        file.write_text(_run("policy", "preset", "yinchuan").stdout, encoding="utf-8")
    _run("policy", "apply", str(first))
    _run("policy", "apply", str(second), "--effective-from", "2023-07-01")
    _run("policy", "apply", str(second), "--effective-from", "2023-10-01", "--code", "other")
    listed = json.loads(_run("policy", "list", "--format", "json").stdout)
    assert [(one["revision"], one["code"]) for one in listed] == [(3, "other"), (2, "rules"), (1, "rules")]


def test_rules_cannot_be_known_before_they_are_recorded(home: Path) -> None:
    file = home / "rules.toml"
    file.write_text(_run("policy", "preset", "yinchuan").stdout, encoding="utf-8")
    assert "不能晚于此刻" in _run("policy", "apply", str(file), "--recorded-at", "2199-01-01", code=2).stderr


def test_faulty_rules_are_not_put_into_force(home: Path) -> None:
    file = home / "rules.toml"
    file.write_text('name = "空"', encoding="utf-8")
    assert "共 1 处差错" in _run("policy", "apply", str(file), code=2).stderr
    assert json.loads(_run("policy", "list", "--format", "json").stdout) == []


def test_the_check_shows_a_hole_with_an_example(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    file.write_text(_run("policy", "preset", "yinchuan").stdout, encoding="utf-8")
    assert (
        "提示：进度：与序时差距大于-10、小于0时没有等级：例如低于序时进度5个百分点"
        in _run("policy", "check", str(file)).stdout
    )


def test_rules_are_tried_on_a_day_before_they_are_applied(home: Path) -> None:
    file = home / "local.toml"
    file.write_text(_run("policy", "preset", "wuhan").stdout, encoding="utf-8")
    tried = ["policy", "check", str(file), "--as-of", "2023-10-31", "--known-at", "2023-11-29"]
    before = _run(*tried).stdout
    assert "试算 截至 2023-10-31：红牌 0，黄牌 0，正常 12，无等级 0" in before
    _run("policy", "apply", str(file), "--recorded-at", "2023-11-03")
    assert "与施行中的规则相比，0 个单位的 0 项研判会变。" in _run(*tried).stdout
    file.write_text(file.read_text(encoding="utf-8").replace("0.8", "1.1"), encoding="utf-8")
    after = _run(*tried).stdout
    assert "变动：“黄牌”的条件由" in after
    assert "正常 → 黄牌" in after


def test_a_trial_tells_programs_and_units_the_same(home: Path) -> None:
    file = home / "local.toml"
    file.write_text(_run("policy", "preset", "songyang").stdout, encoding="utf-8")
    tried = ["policy", "check", str(file), "--as-of", "2023-10-31", "--known-at", "2023-11-29"]
    assert "单位试算：红牌 0，黄牌 1，不亮牌 11，无等级 0" in _run(*tried).stdout
    said = json.loads(_run(*tried, "--format", "json").stdout)
    assert (said["trial"]["units"]["counts"]["黄牌"], len(said["levels"])) == (1, 6)
    assert [row["unit_name"] for row in said["trial"]["moved"] if row["level_name"] == "黄牌"] == ["中型灌区改造"]
    assert ",黄牌," in _run(*tried, "--format", "csv").stdout


def test_two_files_are_compared_in_words(tmp_path: Path) -> None:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(_run("policy", "preset", "wuhan").stdout, encoding="utf-8")
    new.write_text(old.read_text(encoding="utf-8").replace('"automatic"', '"after_review"'), encoding="utf-8")
    assert "“黄牌”的发出方式由“自动发出”改为“审核后发出”" in _run("policy", "diff", str(old), str(new)).stdout
    assert "两份规则没有不同" in _run("policy", "diff", str(old), str(old)).stdout
