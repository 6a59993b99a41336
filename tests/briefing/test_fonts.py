"""The fonts at hand: an office's own first, the embedded ones always, and what none of them can print."""

import shutil
from pathlib import Path

from fontTools.ttLib import TTFont

from diaodu.briefing import as_pdf, fonts
from diaodu.briefing.fonts import DEFAULT, EMBEDDED, Fonts
from tests.briefing.samples import NOTICE

GB2312 = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]


def _family(path: Path) -> str | None:
    with TTFont(path, lazy=True) as font:
        name = font["name"].getDebugName(1)
    return None if name is None else str(name)


def test_the_embedded_fonts_hold_gb2312_and_the_signs_of_documents() -> None:
    han = "".join(pair.decode("gb2312", "ignore") for pair in GB2312)
    assert len(han) == 6763
    for path in EMBEDDED.glob("*.[ot]tf"):
        only = Fonts((path.parent,))
        assert fonts.missing([han, "㎡㎏①⑳〔〕—％●▲◆■★↑↓ABCabc0123456789"], only) == ()


def test_cut_fonts_bear_no_reserved_name_and_keep_their_licence() -> None:
    files = sorted(EMBEDDED.glob("*.[ot]tf"))
    assert [_family(f) for f in files] == ["Diaodu Kai", "Diaodu Song", "Diaodu Song"]
    for path in files:
        with TTFont(path, lazy=True) as font:
            names = {str(record) for record in font["name"].names if record.nameID in (1, 3, 4, 6)}
            assert not any(reserved in name for name in names for reserved in ("LXGW", "霞鹜", "Noto", "Source"))
            assert "SIL Open Font License" in font["name"].getDebugName(13)
    assert {f.name for f in EMBEDDED.glob("OFL-*.txt")} == {"OFL-kai.txt", "OFL-serif.txt"}


def test_each_embedded_font_stays_below_5_mb() -> None:
    assert all(path.stat().st_size < 5_000_000 for path in EMBEDDED.glob("*.[ot]tf"))


def test_a_workspace_without_fonts_prints_with_the_embedded_ones(tmp_path: Path) -> None:
    assert fonts.of_workspace(tmp_path) is DEFAULT


def test_an_offices_own_font_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "fonts"
    own.mkdir()
    with TTFont(EMBEDDED / "kai-regular.ttf") as font:
        for record in font["name"].names:
            if record.nameID in (1, 4):
                font["name"].setName("FangSong_GB2312", record.nameID, 3, 1, 0x409)
        font.save(own / "fang.ttf")
    at_hand = fonts.of_workspace(tmp_path)
    assert at_hand.folders[0] == own
    assert fonts.families(at_hand).fangsong == ("FangSong_GB2312", "Diaodu Song", "Noto Sans CJK SC")
    assert as_pdf.write(NOTICE, at_hand) != as_pdf.write(NOTICE)


def test_what_one_font_lacks_another_may_have(tmp_path: Path) -> None:
    shutil.copy(EMBEDDED / "kai-regular.ttf", tmp_path)
    assert fonts.missing(["𠮷祥 县"], Fonts((tmp_path,))) == ("𠮷",)
    assert fonts.missing(["𠮷祥 县"], DEFAULT) == ()
