"""The office's own kinds stand beside the shipped ones, take their place, and harm nobody when they are faulty."""

from pathlib import Path

import pytest

from diaodu.briefing.kind_folder import KindRefused, UnknownKind, kinds, shipped, shipped_codes
from tests.briefing.test_kind_document import SOUND


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "templates" / "briefings"
    folder.mkdir(parents=True)
    return folder


def test_without_files_of_its_own_the_office_has_those_that_come_along(tmp_path: Path) -> None:
    assert list(kinds(tmp_path)) == shipped_codes()
    assert kinds(tmp_path)["monthly"] is shipped("monthly")


def test_a_new_kind_is_a_file(own: Path, tmp_path: Path) -> None:
    (own / "mine.toml").write_text(SOUND, encoding="utf-8")
    assert kinds(tmp_path)["mine"].name == "督查通报"
    assert len(kinds(tmp_path)) == len(shipped_codes()) + 1


def test_a_file_of_the_same_name_takes_the_place_of_the_shipped_one(own: Path, tmp_path: Path) -> None:
    (own / "monthly.toml").write_text(SOUND, encoding="utf-8")
    assert kinds(tmp_path)["monthly"].name == "督查通报"


def test_a_faulty_file_stops_only_itself_and_is_named(own: Path, tmp_path: Path) -> None:
    (own / "monthly.toml").write_text(SOUND.replace("overview", "x"), encoding="utf-8")
    assert kinds(tmp_path)["weekly"] is shipped("weekly")
    with pytest.raises(KindRefused, match=r"monthly\.toml 第9行：passages 写成了"):
        kinds(tmp_path)["monthly"]


def test_a_file_that_is_no_text_is_refused(own: Path, tmp_path: Path) -> None:
    (own / "mine.toml").write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(KindRefused, match="UTF-8"):
        kinds(tmp_path)["mine"]


def test_a_theme_is_named_after_a_colon(tmp_path: Path) -> None:
    kind = kinds(tmp_path)["special:民生实事"]
    assert kind.theme is not None
    assert (kind.code, kind.theme.name, kind.series) == ("special:民生实事", "民生实事", "special")


@pytest.mark.parametrize("code", ["nosuch", "monthly:民生实事", "special:", "../../etc/passwd", "/etc/passwd", ""])
def test_what_is_no_kind_is_said_to_be_none(code: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownKind, match=r"没有.*可以写：.*monthly"):
        kinds(tmp_path)[code]
