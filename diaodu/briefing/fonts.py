"""Which fonts print a document: the office's own first, then the embedded ones, then one that has nearly every name."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import noto_cjk_sans_otc
import typst
from fontTools.ttLib import TTCollection, TTFont

EMBEDDED = Path(__file__).parent / "fonts"
WIDE = Path(noto_cjk_sans_otc.__file__).parent
SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Folders of font files, the preferred first. No other font of the machine is used."""

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Families:
    """For each hand of an official document the families at hand, the office's licensed ones first."""

    fangsong: tuple[str, ...]
    song: tuple[str, ...]
    hei: tuple[str, ...]
    kai: tuple[str, ...]
    title: tuple[str, ...]


WANTED = Families(
    fangsong=("仿宋_GB2312", "FangSong_GB2312", "FangSong", "FZFangSong-Z02S", "FZFangSong-Z02", "Diaodu Song"),
    song=("SimSun", "宋体", "FZShuSong-Z01S", "Diaodu Song"),
    hei=("SimHei", "黑体", "FZHei-B01S", "Noto Sans CJK SC"),
    kai=("楷体_GB2312", "KaiTi_GB2312", "KaiTi", "FZKai-Z03S", "Diaodu Kai"),
    title=("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "Diaodu Song"),
)
LAST_RESORT = "Noto Sans CJK SC"

DEFAULT = Fonts((EMBEDDED, WIDE))


def of_workspace(home: Path) -> Fonts:
    """The default fonts after those an office put into `fonts/` of its workspace."""
    own = home / "fonts"
    return Fonts((own, *DEFAULT.folders)) if own.is_dir() else DEFAULT


@cache
def loaded(fonts: Fonts) -> typst.Fonts:
    """The same fonts, opened once for Typst."""
    folders = [str(folder) for folder in fonts.folders]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def families(fonts: Fonts) -> Families:
    """The wanted families that are really there, each hand ending in the font with the widest coverage."""
    there = set(loaded(fonts).families())

    def at_hand(wanted: tuple[str, ...]) -> tuple[str, ...]:
        return (*(name for name in wanted if name in there and name != LAST_RESORT), LAST_RESORT)

    return Families(*(at_hand(getattr(WANTED, hand.name)) for hand in fields(Families)))


def missing(texts: Iterable[str], fonts: Fonts = DEFAULT) -> tuple[str, ...]:
    """The characters of `texts` that no font at hand can print, in order of code point."""
    wanted = {ord(c) for text in texts for c in text if not c.isspace()}
    for path in _files(fonts):
        if not wanted:
            break
        wanted -= _covered(path)
    return tuple(chr(c) for c in sorted(wanted))


def _files(fonts: Fonts) -> list[Path]:
    return [p for folder in fonts.folders for p in sorted(folder.rglob("*")) if p.suffix.lower() in SUFFIXES]


@cache
def _covered(path: Path) -> frozenset[int]:
    """Code points of every face in the file."""
    if path.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(path, lazy=True) as collection:
            distinct = {font.reader.tables["cmap"].offset: font for font in collection.fonts}  # faces share tables
            return frozenset(c for font in distinct.values() for c in font.getBestCmap())
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())
